CREATE TABLE "grade_leadership" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"membership_id" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"grade" integer NOT NULL,
	"starts_on" text COLLATE "C" NOT NULL,
	"ends_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "grade_leadership_pkey" PRIMARY KEY("school_id","id")
);

ALTER TABLE "grade_leadership" ADD CONSTRAINT "grade_leadership_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "grade_leadership" ADD CONSTRAINT "grade_leadership_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "grade_leadership" ADD CONSTRAINT "grade_leadership_academic_year_id_fkey" FOREIGN KEY ("school_id","academic_year_id") REFERENCES "public"."academic_year"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "grade_leadership_member_idx" ON "grade_leadership" USING btree ("school_id","membership_id");
ALTER TABLE "grade_leadership" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "grade_leadership" FORCE ROW LEVEL SECURITY;
CREATE POLICY "grade_leadership_school_only" ON "grade_leadership" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
