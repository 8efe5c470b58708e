CREATE TABLE "roll_over" (
	"school_id" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"draft" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"saved_by" text COLLATE "C" NOT NULL,
	"applied_at" timestamp (3) with time zone,
	"applied_by" text COLLATE "C",
	"traces" jsonb,
	CONSTRAINT "roll_over_pkey" PRIMARY KEY("school_id","academic_year_id")
);

CREATE TABLE "roll_over_choice" (
	"school_id" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"next_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "roll_over_choice_pkey" PRIMARY KEY("school_id","academic_year_id","student_id")
);

ALTER TABLE "enrollment" ADD COLUMN "end_reason" text COLLATE "C";
ALTER TABLE "roll_over" ADD CONSTRAINT "roll_over_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roll_over" ADD CONSTRAINT "roll_over_academic_year_id_fkey" FOREIGN KEY ("school_id","academic_year_id") REFERENCES "public"."academic_year"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roll_over" ADD CONSTRAINT "roll_over_saved_by_fkey" FOREIGN KEY ("school_id","saved_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roll_over_choice" ADD CONSTRAINT "roll_over_choice_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roll_over_choice" ADD CONSTRAINT "roll_over_choice_academic_year_id_fkey" FOREIGN KEY ("school_id","academic_year_id") REFERENCES "public"."roll_over"("school_id","academic_year_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roll_over_choice" ADD CONSTRAINT "roll_over_choice_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roll_over" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "roll_over" FORCE ROW LEVEL SECURITY;
CREATE POLICY "roll_over_school_only" ON "roll_over" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "roll_over_choice" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "roll_over_choice" FORCE ROW LEVEL SECURITY;
CREATE POLICY "roll_over_choice_school_only" ON "roll_over_choice" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
