CREATE TABLE "word_report" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"words_id" text COLLATE "C" NOT NULL,
	"reported_by" text COLLATE "C" NOT NULL,
	"reader" text COLLATE "C" NOT NULL,
	"said" text COLLATE "C" NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"answer" text COLLATE "C",
	"answered_by" text COLLATE "C",
	"answered_at" timestamp (3) with time zone,
	"answer_seen_at" timestamp (3) with time zone,
	CONSTRAINT "word_report_pkey" PRIMARY KEY("school_id","id")
);

ALTER TABLE "word_report" ADD CONSTRAINT "word_report_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "word_report" ADD CONSTRAINT "word_report_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "word_report" ADD CONSTRAINT "word_report_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "word_report" ADD CONSTRAINT "word_report_reported_by_fkey" FOREIGN KEY ("school_id","reported_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "word_report" ADD CONSTRAINT "word_report_answered_by_fkey" FOREIGN KEY ("school_id","answered_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE UNIQUE INDEX "word_report_once_key" ON "word_report" USING btree ("school_id","student_id","kind","words_id","reported_by");
CREATE INDEX "word_report_desk_idx" ON "word_report" USING btree ("school_id","reader","state","reported_at");
ALTER TABLE "word_report" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "word_report" FORCE ROW LEVEL SECURITY;
CREATE POLICY "word_report_school_only" ON "word_report" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
