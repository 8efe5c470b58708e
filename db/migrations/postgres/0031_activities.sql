CREATE TABLE "activity" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"told_of_id" text COLLATE "C",
	"title" text COLLATE "C" NOT NULL,
	"sort" text COLLATE "C" NOT NULL,
	"starts_on" text COLLATE "C" NOT NULL,
	"ends_on" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"minutes" integer,
	"dimensions" jsonb NOT NULL,
	"about" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"maker_id" text COLLATE "C" NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"settled_by" text COLLATE "C",
	"settled_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "activity_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "activity_student" (
	"school_id" text COLLATE "C" NOT NULL,
	"activity_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"part" text COLLATE "C" NOT NULL,
	"reflection" text COLLATE "C",
	CONSTRAINT "activity_student_pkey" PRIMARY KEY("school_id","activity_id","student_id")
);

ALTER TABLE "activity" ADD CONSTRAINT "activity_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "activity" ADD CONSTRAINT "activity_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "activity" ADD CONSTRAINT "activity_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "activity" ADD CONSTRAINT "activity_told_of_id_fkey" FOREIGN KEY ("school_id","told_of_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "activity" ADD CONSTRAINT "activity_maker_id_fkey" FOREIGN KEY ("school_id","maker_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "activity" ADD CONSTRAINT "activity_settled_by_fkey" FOREIGN KEY ("school_id","settled_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "activity_student" ADD CONSTRAINT "activity_student_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "activity_student" ADD CONSTRAINT "activity_student_activity_id_fkey" FOREIGN KEY ("school_id","activity_id") REFERENCES "public"."activity"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "activity_student" ADD CONSTRAINT "activity_student_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "activity_class_idx" ON "activity" USING btree ("school_id","class_id","starts_on","id");
CREATE INDEX "activity_waiting_idx" ON "activity" USING btree ("school_id","class_id","state","added_at");
CREATE INDEX "activity_told_idx" ON "activity" USING btree ("school_id","told_of_id","term_id");
CREATE INDEX "activity_student_idx" ON "activity_student" USING btree ("school_id","student_id");
ALTER TABLE "activity" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "activity" FORCE ROW LEVEL SECURITY;
CREATE POLICY "activity_school_only" ON "activity" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "activity_student" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "activity_student" FORCE ROW LEVEL SECURITY;
CREATE POLICY "activity_student_school_only" ON "activity_student" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
