CREATE TABLE "account" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"login" text COLLATE "C" NOT NULL,
	"password_hash" text COLLATE "C",
	"display_name" text COLLATE "C" NOT NULL,
	"locale" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone
);

CREATE TABLE "session" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "sign_in_throttle" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"window_started_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "academic_year" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"starts_on" text COLLATE "C" NOT NULL,
	"ends_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "academic_year_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "calendar_exception" (
	"school_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	CONSTRAINT "calendar_exception_pkey" PRIMARY KEY("school_id","day")
);

CREATE TABLE "consent" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"guardian_membership_id" text COLLATE "C" NOT NULL,
	"purpose" text COLLATE "C" NOT NULL,
	"notice_version" text COLLATE "C" NOT NULL,
	"method" text COLLATE "C" NOT NULL,
	"granted_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "consent_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "enrollment" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"starts_on" text COLLATE "C" NOT NULL,
	"ends_on" text COLLATE "C",
	CONSTRAINT "enrollment_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "guardianship" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"membership_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"relation" text COLLATE "C" NOT NULL,
	"verified_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "guardianship_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "membership" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C",
	"role" text COLLATE "C" NOT NULL,
	"display_name" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C",
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "membership_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "school" (
	"school_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"time_zone" text COLLATE "C" NOT NULL,
	"locale" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "school_class" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"grade" integer NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "school_class_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "student" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_no" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"pinyin" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "student_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "subject" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"name_zh" text COLLATE "C" NOT NULL,
	"name_en" text COLLATE "C" NOT NULL,
	CONSTRAINT "subject_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "teaching_assignment" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"membership_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C",
	"is_homeroom" boolean NOT NULL,
	"starts_on" text COLLATE "C" NOT NULL,
	"ends_on" text COLLATE "C",
	CONSTRAINT "teaching_assignment_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "term" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"scheme_id" text COLLATE "C",
	"name_zh" text COLLATE "C" NOT NULL,
	"name_en" text COLLATE "C" NOT NULL,
	"starts_on" text COLLATE "C" NOT NULL,
	"ends_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "term_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "favourite_point" (
	"school_id" text COLLATE "C" NOT NULL,
	"membership_id" text COLLATE "C" NOT NULL,
	"observation_point_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "favourite_point_pkey" PRIMARY KEY("school_id","membership_id","observation_point_id")
);

CREATE TABLE "indicator" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"scheme_id" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"name_zh" text COLLATE "C" NOT NULL,
	"name_en" text COLLATE "C" NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "indicator_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "indicator_scheme" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "indicator_scheme_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "observation_point" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"scheme_id" text COLLATE "C" NOT NULL,
	"indicator_id" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"name_zh" text COLLATE "C" NOT NULL,
	"name_en" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"beans" integer NOT NULL,
	"min_beans" integer NOT NULL,
	"max_beans" integer NOT NULL,
	"weekly_cap" integer NOT NULL,
	"givers" jsonb NOT NULL,
	"grade_from" integer NOT NULL,
	"grade_to" integer NOT NULL,
	"subject_codes" jsonb NOT NULL,
	"evidence" text COLLATE "C" NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "observation_point_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "scheme_dimension" (
	"school_id" text COLLATE "C" NOT NULL,
	"scheme_id" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C" NOT NULL,
	"name_zh" text COLLATE "C" NOT NULL,
	"name_en" text COLLATE "C" NOT NULL,
	"thresholds" jsonb NOT NULL,
	CONSTRAINT "scheme_dimension_pkey" PRIMARY KEY("school_id","scheme_id","dimension")
);

CREATE TABLE "award" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"observation_point_id" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C" NOT NULL,
	"points" integer NOT NULL,
	"beans" integer NOT NULL,
	"note" text COLLATE "C",
	"recorder_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "award_pkey" PRIMARY KEY("school_id","id"),
	CONSTRAINT "award_points_never_negative" CHECK ("award"."points" >= 0 and "award"."beans" >= 0 and "award"."beans" <= "award"."points")
);

CREATE TABLE "award_void" (
	"school_id" text COLLATE "C" NOT NULL,
	"award_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"voided_by" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"voided_at" timestamp (3) with time zone NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "award_void_pkey" PRIMARY KEY("school_id","award_id")
);

CREATE TABLE "day_tally" (
	"school_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C" NOT NULL,
	"count" integer NOT NULL,
	"beans" integer NOT NULL,
	CONSTRAINT "day_tally_pkey" PRIMARY KEY("school_id","student_id","day","dimension"),
	CONSTRAINT "day_tally_never_negative" CHECK ("day_tally"."count" >= 0 and "day_tally"."beans" >= 0)
);

CREATE TABLE "tally" (
	"school_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"observation_point_id" text COLLATE "C" NOT NULL,
	"recorder_id" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C" NOT NULL,
	"count" integer NOT NULL,
	"beans" integer NOT NULL,
	CONSTRAINT "tally_pkey" PRIMARY KEY("school_id","term_id","student_id","observation_point_id","recorder_id"),
	CONSTRAINT "tally_never_negative" CHECK ("tally"."count" >= 0 and "tally"."beans" >= 0)
);

CREATE TABLE "summary_draft" (
	"school_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"comment" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"saved_by" text COLLATE "C" NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "summary_draft_pkey" PRIMARY KEY("school_id","term_id","student_id")
);

CREATE TABLE "term_summary" (
	"school_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"revision" integer NOT NULL,
	"snapshot" jsonb NOT NULL,
	"sha256" text COLLATE "C" NOT NULL,
	"verification_code" text COLLATE "C" NOT NULL,
	"published_by" text COLLATE "C" NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "term_summary_pkey" PRIMARY KEY("school_id","student_id","term_id","revision")
);

CREATE TABLE "access_log" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"membership_id" text COLLATE "C" NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C",
	"class_id" text COLLATE "C",
	"request_id" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "access_log_pkey" PRIMARY KEY("school_id","id")
);

ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "academic_year" ADD CONSTRAINT "academic_year_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "calendar_exception" ADD CONSTRAINT "calendar_exception_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "consent" ADD CONSTRAINT "consent_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "consent" ADD CONSTRAINT "consent_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "consent" ADD CONSTRAINT "consent_guardian_membership_id_fkey" FOREIGN KEY ("school_id","guardian_membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "enrollment" ADD CONSTRAINT "enrollment_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "enrollment" ADD CONSTRAINT "enrollment_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "enrollment" ADD CONSTRAINT "enrollment_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardianship" ADD CONSTRAINT "guardianship_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardianship" ADD CONSTRAINT "guardianship_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardianship" ADD CONSTRAINT "guardianship_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "membership" ADD CONSTRAINT "membership_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "membership" ADD CONSTRAINT "membership_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "membership" ADD CONSTRAINT "membership_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "school_class" ADD CONSTRAINT "school_class_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "school_class" ADD CONSTRAINT "school_class_academic_year_id_fkey" FOREIGN KEY ("school_id","academic_year_id") REFERENCES "public"."academic_year"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "student" ADD CONSTRAINT "student_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "subject" ADD CONSTRAINT "subject_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "teaching_assignment" ADD CONSTRAINT "teaching_assignment_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "teaching_assignment" ADD CONSTRAINT "teaching_assignment_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "teaching_assignment" ADD CONSTRAINT "teaching_assignment_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "teaching_assignment" ADD CONSTRAINT "teaching_assignment_subject_id_fkey" FOREIGN KEY ("school_id","subject_id") REFERENCES "public"."subject"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "term" ADD CONSTRAINT "term_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "term" ADD CONSTRAINT "term_academic_year_id_fkey" FOREIGN KEY ("school_id","academic_year_id") REFERENCES "public"."academic_year"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "favourite_point" ADD CONSTRAINT "favourite_point_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "favourite_point" ADD CONSTRAINT "favourite_point_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "favourite_point" ADD CONSTRAINT "favourite_point_observation_point_id_fkey" FOREIGN KEY ("school_id","observation_point_id") REFERENCES "public"."observation_point"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "indicator" ADD CONSTRAINT "indicator_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "indicator" ADD CONSTRAINT "indicator_scheme_id_fkey" FOREIGN KEY ("school_id","scheme_id") REFERENCES "public"."indicator_scheme"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "indicator_scheme" ADD CONSTRAINT "indicator_scheme_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "indicator_scheme" ADD CONSTRAINT "indicator_scheme_academic_year_id_fkey" FOREIGN KEY ("school_id","academic_year_id") REFERENCES "public"."academic_year"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "observation_point" ADD CONSTRAINT "observation_point_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "observation_point" ADD CONSTRAINT "observation_point_scheme_id_fkey" FOREIGN KEY ("school_id","scheme_id") REFERENCES "public"."indicator_scheme"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "observation_point" ADD CONSTRAINT "observation_point_indicator_id_fkey" FOREIGN KEY ("school_id","indicator_id") REFERENCES "public"."indicator"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "scheme_dimension" ADD CONSTRAINT "scheme_dimension_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "scheme_dimension" ADD CONSTRAINT "scheme_dimension_scheme_id_fkey" FOREIGN KEY ("school_id","scheme_id") REFERENCES "public"."indicator_scheme"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "award" ADD CONSTRAINT "award_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "award" ADD CONSTRAINT "award_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "award" ADD CONSTRAINT "award_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "award" ADD CONSTRAINT "award_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "award" ADD CONSTRAINT "award_observation_point_id_fkey" FOREIGN KEY ("school_id","observation_point_id") REFERENCES "public"."observation_point"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "award" ADD CONSTRAINT "award_recorder_id_fkey" FOREIGN KEY ("school_id","recorder_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "award_void" ADD CONSTRAINT "award_void_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "award_void" ADD CONSTRAINT "award_void_award_id_fkey" FOREIGN KEY ("school_id","award_id") REFERENCES "public"."award"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "award_void" ADD CONSTRAINT "award_void_voided_by_fkey" FOREIGN KEY ("school_id","voided_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "day_tally" ADD CONSTRAINT "day_tally_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "tally" ADD CONSTRAINT "tally_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_draft" ADD CONSTRAINT "summary_draft_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_draft" ADD CONSTRAINT "summary_draft_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_draft" ADD CONSTRAINT "summary_draft_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_draft" ADD CONSTRAINT "summary_draft_saved_by_fkey" FOREIGN KEY ("school_id","saved_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "term_summary" ADD CONSTRAINT "term_summary_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "term_summary" ADD CONSTRAINT "term_summary_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "term_summary" ADD CONSTRAINT "term_summary_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "term_summary" ADD CONSTRAINT "term_summary_published_by_fkey" FOREIGN KEY ("school_id","published_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "access_log" ADD CONSTRAINT "access_log_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "access_log" ADD CONSTRAINT "access_log_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE UNIQUE INDEX "account_login_key" ON "account" USING btree ("login");
CREATE INDEX "session_account_idx" ON "session" USING btree ("account_id");
CREATE INDEX "consent_student_idx" ON "consent" USING btree ("school_id","student_id","purpose");
CREATE INDEX "enrollment_class_idx" ON "enrollment" USING btree ("school_id","class_id","student_id");
CREATE INDEX "enrollment_student_idx" ON "enrollment" USING btree ("school_id","student_id");
CREATE INDEX "guardianship_member_idx" ON "guardianship" USING btree ("school_id","membership_id");
CREATE INDEX "guardianship_student_idx" ON "guardianship" USING btree ("school_id","student_id");
CREATE INDEX "membership_account_idx" ON "membership" USING btree ("account_id");
CREATE UNIQUE INDEX "school_code_key" ON "school" USING btree ("code");
CREATE UNIQUE INDEX "student_no_key" ON "student" USING btree ("school_id","student_no");
CREATE UNIQUE INDEX "subject_code_key" ON "subject" USING btree ("school_id","code");
CREATE INDEX "teaching_assignment_member_idx" ON "teaching_assignment" USING btree ("school_id","membership_id","class_id");
CREATE INDEX "teaching_assignment_class_idx" ON "teaching_assignment" USING btree ("school_id","class_id");
CREATE UNIQUE INDEX "indicator_code_key" ON "indicator" USING btree ("school_id","scheme_id","code");
CREATE UNIQUE INDEX "indicator_scheme_version_key" ON "indicator_scheme" USING btree ("school_id","academic_year_id","version");
CREATE UNIQUE INDEX "observation_point_code_key" ON "observation_point" USING btree ("school_id","scheme_id","code");
CREATE INDEX "award_student_idx" ON "award" USING btree ("school_id","student_id","occurred_at","id","observation_point_id");
CREATE UNIQUE INDEX "award_class_seq_idx" ON "award" USING btree ("school_id","class_id","seq");
CREATE UNIQUE INDEX "award_void_class_seq_idx" ON "award_void" USING btree ("school_id","class_id","seq");
CREATE INDEX "term_summary_term_idx" ON "term_summary" USING btree ("school_id","term_id");
CREATE UNIQUE INDEX "term_summary_code_key" ON "term_summary" USING btree ("school_id","verification_code");
CREATE INDEX "access_log_student_idx" ON "access_log" USING btree ("school_id","student_id","at");
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "award_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "award" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "award_void_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "award_void" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "term_summary_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "term_summary" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "access_log_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "access_log" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "academic_year" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "academic_year" FORCE ROW LEVEL SECURITY;
CREATE POLICY "academic_year_school_only" ON "academic_year" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "calendar_exception" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "calendar_exception" FORCE ROW LEVEL SECURITY;
CREATE POLICY "calendar_exception_school_only" ON "calendar_exception" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "consent" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "consent" FORCE ROW LEVEL SECURITY;
CREATE POLICY "consent_school_only" ON "consent" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "enrollment" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "enrollment" FORCE ROW LEVEL SECURITY;
CREATE POLICY "enrollment_school_only" ON "enrollment" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "guardianship" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "guardianship" FORCE ROW LEVEL SECURITY;
CREATE POLICY "guardianship_school_only" ON "guardianship" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "membership" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "membership" FORCE ROW LEVEL SECURITY;
CREATE POLICY "membership_school_only" ON "membership" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "school" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "school" FORCE ROW LEVEL SECURITY;
CREATE POLICY "school_school_only" ON "school" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "school_class" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "school_class" FORCE ROW LEVEL SECURITY;
CREATE POLICY "school_class_school_only" ON "school_class" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "student" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "student" FORCE ROW LEVEL SECURITY;
CREATE POLICY "student_school_only" ON "student" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "subject" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "subject" FORCE ROW LEVEL SECURITY;
CREATE POLICY "subject_school_only" ON "subject" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "teaching_assignment" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "teaching_assignment" FORCE ROW LEVEL SECURITY;
CREATE POLICY "teaching_assignment_school_only" ON "teaching_assignment" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "term" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "term" FORCE ROW LEVEL SECURITY;
CREATE POLICY "term_school_only" ON "term" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "favourite_point" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "favourite_point" FORCE ROW LEVEL SECURITY;
CREATE POLICY "favourite_point_school_only" ON "favourite_point" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "indicator" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "indicator" FORCE ROW LEVEL SECURITY;
CREATE POLICY "indicator_school_only" ON "indicator" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "indicator_scheme" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "indicator_scheme" FORCE ROW LEVEL SECURITY;
CREATE POLICY "indicator_scheme_school_only" ON "indicator_scheme" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "observation_point" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "observation_point" FORCE ROW LEVEL SECURITY;
CREATE POLICY "observation_point_school_only" ON "observation_point" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "scheme_dimension" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "scheme_dimension" FORCE ROW LEVEL SECURITY;
CREATE POLICY "scheme_dimension_school_only" ON "scheme_dimension" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "award" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "award" FORCE ROW LEVEL SECURITY;
CREATE POLICY "award_school_only" ON "award" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "award_void" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "award_void" FORCE ROW LEVEL SECURITY;
CREATE POLICY "award_void_school_only" ON "award_void" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "day_tally" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "day_tally" FORCE ROW LEVEL SECURITY;
CREATE POLICY "day_tally_school_only" ON "day_tally" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "tally" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tally" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tally_school_only" ON "tally" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "summary_draft" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "summary_draft" FORCE ROW LEVEL SECURITY;
CREATE POLICY "summary_draft_school_only" ON "summary_draft" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "term_summary" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "term_summary" FORCE ROW LEVEL SECURITY;
CREATE POLICY "term_summary_school_only" ON "term_summary" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "access_log" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "access_log" FORCE ROW LEVEL SECURITY;
CREATE POLICY "access_log_school_only" ON "access_log" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
