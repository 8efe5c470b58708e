CREATE TABLE "fitness_exemption" (
	"school_id" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"decided_by" text COLLATE "C" NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "fitness_exemption_pkey" PRIMARY KEY("school_id","academic_year_id","student_id")
);

CREATE TABLE "fitness_test" (
	"school_id" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"opened_on" text COLLATE "C" NOT NULL,
	"opened_by" text COLLATE "C" NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "fitness_test_pkey" PRIMARY KEY("school_id","academic_year_id")
);

CREATE TABLE "fitness_value" (
	"school_id" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"item" text COLLATE "C" NOT NULL,
	"attempt" integer NOT NULL,
	"tenths" integer NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"grade" integer NOT NULL,
	"tested_on" text COLLATE "C" NOT NULL,
	"entered_by" text COLLATE "C" NOT NULL,
	"entered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "fitness_value_pkey" PRIMARY KEY("school_id","academic_year_id","student_id","item","attempt"),
	CONSTRAINT "fitness_value_attempt" CHECK ("fitness_value"."attempt" in (1, 2))
);

ALTER TABLE "fitness_exemption" ADD CONSTRAINT "fitness_exemption_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "fitness_exemption" ADD CONSTRAINT "fitness_exemption_academic_year_id_fkey" FOREIGN KEY ("school_id","academic_year_id") REFERENCES "public"."fitness_test"("school_id","academic_year_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "fitness_exemption" ADD CONSTRAINT "fitness_exemption_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "fitness_exemption" ADD CONSTRAINT "fitness_exemption_decided_by_fkey" FOREIGN KEY ("school_id","decided_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "fitness_test" ADD CONSTRAINT "fitness_test_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "fitness_test" ADD CONSTRAINT "fitness_test_academic_year_id_fkey" FOREIGN KEY ("school_id","academic_year_id") REFERENCES "public"."academic_year"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "fitness_test" ADD CONSTRAINT "fitness_test_opened_by_fkey" FOREIGN KEY ("school_id","opened_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "fitness_value" ADD CONSTRAINT "fitness_value_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "fitness_value" ADD CONSTRAINT "fitness_value_academic_year_id_fkey" FOREIGN KEY ("school_id","academic_year_id") REFERENCES "public"."fitness_test"("school_id","academic_year_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "fitness_value" ADD CONSTRAINT "fitness_value_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "fitness_value" ADD CONSTRAINT "fitness_value_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "fitness_value" ADD CONSTRAINT "fitness_value_entered_by_fkey" FOREIGN KEY ("school_id","entered_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "fitness_exemption_child_idx" ON "fitness_exemption" USING btree ("school_id","student_id");
CREATE INDEX "fitness_value_child_idx" ON "fitness_value" USING btree ("school_id","student_id");
ALTER TABLE "fitness_exemption" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "fitness_exemption" FORCE ROW LEVEL SECURITY;
CREATE POLICY "fitness_exemption_school_only" ON "fitness_exemption" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "fitness_test" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "fitness_test" FORCE ROW LEVEL SECURITY;
CREATE POLICY "fitness_test_school_only" ON "fitness_test" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "fitness_value" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "fitness_value" FORCE ROW LEVEL SECURITY;
CREATE POLICY "fitness_value_school_only" ON "fitness_value" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
