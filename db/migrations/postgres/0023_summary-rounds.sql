CREATE TABLE "summary_publication" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"publish_at" timestamp (3) with time zone NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"scheduled_by" text COLLATE "C" NOT NULL,
	"scheduled_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"published" integer,
	CONSTRAINT "summary_publication_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "summary_remark" (
	"school_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"author_id" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "summary_remark_pkey" PRIMARY KEY("school_id","term_id","student_id","author_id","subject_id")
);

CREATE TABLE "summary_review" (
	"school_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"remark" text COLLATE "C" NOT NULL,
	"changed_by" text COLLATE "C" NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "summary_review_pkey" PRIMARY KEY("school_id","term_id","class_id")
);

CREATE TABLE "summary_review_remark" (
	"school_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"written_by" text COLLATE "C" NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "summary_review_remark_pkey" PRIMARY KEY("school_id","term_id","student_id")
);

ALTER TABLE "school" ADD COLUMN "reviews_summaries" boolean DEFAULT false NOT NULL;
ALTER TABLE "summary_publication" ADD CONSTRAINT "summary_publication_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_publication" ADD CONSTRAINT "summary_publication_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_publication" ADD CONSTRAINT "summary_publication_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_publication" ADD CONSTRAINT "summary_publication_scheduled_by_fkey" FOREIGN KEY ("school_id","scheduled_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_remark" ADD CONSTRAINT "summary_remark_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_remark" ADD CONSTRAINT "summary_remark_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_remark" ADD CONSTRAINT "summary_remark_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_remark" ADD CONSTRAINT "summary_remark_author_id_fkey" FOREIGN KEY ("school_id","author_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_remark" ADD CONSTRAINT "summary_remark_subject_id_fkey" FOREIGN KEY ("school_id","subject_id") REFERENCES "public"."subject"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_review" ADD CONSTRAINT "summary_review_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_review" ADD CONSTRAINT "summary_review_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_review" ADD CONSTRAINT "summary_review_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_review" ADD CONSTRAINT "summary_review_changed_by_fkey" FOREIGN KEY ("school_id","changed_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_review_remark" ADD CONSTRAINT "summary_review_remark_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_review_remark" ADD CONSTRAINT "summary_review_remark_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_review_remark" ADD CONSTRAINT "summary_review_remark_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_review_remark" ADD CONSTRAINT "summary_review_remark_written_by_fkey" FOREIGN KEY ("school_id","written_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "summary_publication_class_idx" ON "summary_publication" USING btree ("school_id","class_id","term_id");
CREATE INDEX "summary_publication_due_idx" ON "summary_publication" USING btree ("state","publish_at");
CREATE INDEX "summary_remark_student_idx" ON "summary_remark" USING btree ("school_id","student_id");
ALTER TABLE "summary_publication" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "summary_publication" FORCE ROW LEVEL SECURITY;
CREATE POLICY "summary_publication_school_only" ON "summary_publication" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "summary_remark" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "summary_remark" FORCE ROW LEVEL SECURITY;
CREATE POLICY "summary_remark_school_only" ON "summary_remark" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "summary_review" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "summary_review" FORCE ROW LEVEL SECURITY;
CREATE POLICY "summary_review_school_only" ON "summary_review" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "summary_review_remark" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "summary_review_remark" FORCE ROW LEVEL SECURITY;
CREATE POLICY "summary_review_remark_school_only" ON "summary_review_remark" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
