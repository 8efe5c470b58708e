CREATE TABLE "reminder" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"recorder_id" text COLLATE "C" NOT NULL,
	"phrase" text COLLATE "C",
	"text" text COLLATE "C",
	"guardian_may_see" boolean NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawn_by" text COLLATE "C",
	CONSTRAINT "reminder_pkey" PRIMARY KEY("school_id","id"),
	CONSTRAINT "reminder_says_something" CHECK ("reminder"."phrase" is not null or "reminder"."text" is not null)
);

ALTER TABLE "reminder" ADD CONSTRAINT "reminder_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_recorder_id_fkey" FOREIGN KEY ("school_id","recorder_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_withdrawn_by_fkey" FOREIGN KEY ("school_id","withdrawn_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "reminder_term_idx" ON "reminder" USING btree ("school_id","term_id","student_id","recorded_at");
ALTER TABLE "reminder" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "reminder" FORCE ROW LEVEL SECURITY;
CREATE POLICY "reminder_school_only" ON "reminder" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
