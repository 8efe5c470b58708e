CREATE TABLE "guardian_contact" (
	"school_id" text COLLATE "C" NOT NULL,
	"membership_id" text COLLATE "C" NOT NULL,
	"phone" text COLLATE "C" NOT NULL,
	CONSTRAINT "guardian_contact_pkey" PRIMARY KEY("school_id","membership_id")
);

CREATE TABLE "roster_import" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"file_name" text COLLATE "C" NOT NULL,
	"sent_sha256" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"has_rows" boolean NOT NULL,
	"shape" jsonb NOT NULL,
	"counts" jsonb NOT NULL,
	"new_classes" jsonb NOT NULL,
	"roster_sha256" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"applied_at" timestamp (3) with time zone,
	"applied_by" text COLLATE "C",
	"applies_from" text COLLATE "C",
	"undone_at" timestamp (3) with time zone,
	"undone_by" text COLLATE "C",
	CONSTRAINT "roster_import_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "roster_import_cells" (
	"school_id" text COLLATE "C" NOT NULL,
	"import_id" text COLLATE "C" NOT NULL,
	"row" integer NOT NULL,
	"cells" jsonb NOT NULL,
	CONSTRAINT "roster_import_cells_pkey" PRIMARY KEY("school_id","import_id","row")
);

CREATE TABLE "roster_import_row" (
	"school_id" text COLLATE "C" NOT NULL,
	"import_id" text COLLATE "C" NOT NULL,
	"position" integer NOT NULL,
	"outcome" text COLLATE "C" NOT NULL,
	"planned" jsonb NOT NULL,
	"kept" text COLLATE "C",
	CONSTRAINT "roster_import_row_pkey" PRIMARY KEY("school_id","import_id","position")
);

CREATE TABLE "student_record" (
	"school_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"national_no" text COLLATE "C",
	"sex" text COLLATE "C",
	"born_on" text COLLATE "C",
	CONSTRAINT "student_record_pkey" PRIMARY KEY("school_id","student_id")
);

ALTER TABLE "guardian_contact" ADD CONSTRAINT "guardian_contact_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardian_contact" ADD CONSTRAINT "guardian_contact_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roster_import" ADD CONSTRAINT "roster_import_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roster_import" ADD CONSTRAINT "roster_import_academic_year_id_fkey" FOREIGN KEY ("school_id","academic_year_id") REFERENCES "public"."academic_year"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roster_import" ADD CONSTRAINT "roster_import_created_by_fkey" FOREIGN KEY ("school_id","created_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roster_import_cells" ADD CONSTRAINT "roster_import_cells_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roster_import_cells" ADD CONSTRAINT "roster_import_cells_import_id_fkey" FOREIGN KEY ("school_id","import_id") REFERENCES "public"."roster_import"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roster_import_row" ADD CONSTRAINT "roster_import_row_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roster_import_row" ADD CONSTRAINT "roster_import_row_import_id_fkey" FOREIGN KEY ("school_id","import_id") REFERENCES "public"."roster_import"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "student_record" ADD CONSTRAINT "student_record_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "student_record" ADD CONSTRAINT "student_record_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "roster_import_created_idx" ON "roster_import" USING btree ("school_id","created_at");
CREATE INDEX "roster_import_row_outcome_idx" ON "roster_import_row" USING btree ("school_id","import_id","outcome","position");
CREATE UNIQUE INDEX "student_record_national_no_key" ON "student_record" USING btree ("school_id","national_no");
ALTER TABLE "guardian_contact" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "guardian_contact" FORCE ROW LEVEL SECURITY;
CREATE POLICY "guardian_contact_school_only" ON "guardian_contact" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "roster_import" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "roster_import" FORCE ROW LEVEL SECURITY;
CREATE POLICY "roster_import_school_only" ON "roster_import" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "roster_import_cells" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "roster_import_cells" FORCE ROW LEVEL SECURITY;
CREATE POLICY "roster_import_cells_school_only" ON "roster_import_cells" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "roster_import_row" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "roster_import_row" FORCE ROW LEVEL SECURITY;
CREATE POLICY "roster_import_row_school_only" ON "roster_import_row" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "student_record" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "student_record" FORCE ROW LEVEL SECURITY;
CREATE POLICY "student_record_school_only" ON "student_record" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
