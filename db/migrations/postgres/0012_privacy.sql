DROP TRIGGER IF EXISTS "award_append_only" ON "award";
DROP TRIGGER IF EXISTS "award_void_append_only" ON "award_void";
DROP TRIGGER IF EXISTS "term_summary_append_only" ON "term_summary";
CREATE TABLE "erasure" (
	"school_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"ground" text COLLATE "C" NOT NULL,
	"erased_by" text COLLATE "C" NOT NULL,
	"erased_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "erasure_pkey" PRIMARY KEY("school_id","student_id")
);

CREATE TABLE "privacy_officer" (
	"school_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"contact" text COLLATE "C" NOT NULL,
	"set_by" text COLLATE "C" NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "privacy_request" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"asked_by" text COLLATE "C",
	"kind" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"due_on" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"answer" text COLLATE "C",
	"answered_by" text COLLATE "C",
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "privacy_request_pkey" PRIMARY KEY("school_id","id")
);

ALTER TABLE "consent" ADD COLUMN "recorded_by" text COLLATE "C";
ALTER TABLE "consent" ADD COLUMN "withdrawn_by" text COLLATE "C";
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_erased_by_fkey" FOREIGN KEY ("school_id","erased_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "privacy_officer" ADD CONSTRAINT "privacy_officer_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "privacy_officer" ADD CONSTRAINT "privacy_officer_set_by_fkey" FOREIGN KEY ("school_id","set_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "privacy_request" ADD CONSTRAINT "privacy_request_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "privacy_request" ADD CONSTRAINT "privacy_request_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "privacy_request" ADD CONSTRAINT "privacy_request_asked_by_fkey" FOREIGN KEY ("school_id","asked_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "privacy_request" ADD CONSTRAINT "privacy_request_answered_by_fkey" FOREIGN KEY ("school_id","answered_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "privacy_request_state_idx" ON "privacy_request" USING btree ("school_id","state","due_on");
CREATE INDEX "privacy_request_student_idx" ON "privacy_request" USING btree ("school_id","student_id");
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE FUNCTION award_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'UPDATE' AND EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = OLD.student_id) AND NEW.note IS NOT DISTINCT FROM NULL AND to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note' THEN RETURN NEW; END IF; RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "award_append_only" BEFORE UPDATE OR DELETE ON "award" FOR EACH ROW EXECUTE FUNCTION award_append_only();
CREATE TRIGGER "award_append_only_whole" BEFORE TRUNCATE ON "award" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE FUNCTION award_void_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'UPDATE' AND EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = (SELECT student_id FROM award WHERE school_id = OLD.school_id AND id = OLD.award_id)) AND NEW.reason IS NOT DISTINCT FROM '' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN RETURN NEW; END IF; RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "award_void_append_only" BEFORE UPDATE OR DELETE ON "award_void" FOR EACH ROW EXECUTE FUNCTION award_void_append_only();
CREATE TRIGGER "award_void_append_only_whole" BEFORE TRUNCATE ON "award_void" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE FUNCTION term_summary_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = OLD.student_id) THEN RETURN OLD; END IF; RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "term_summary_append_only" BEFORE UPDATE OR DELETE ON "term_summary" FOR EACH ROW EXECUTE FUNCTION term_summary_append_only();
CREATE TRIGGER "term_summary_append_only_whole" BEFORE TRUNCATE ON "term_summary" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "erasure_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "erasure" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "erasure" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "erasure" FORCE ROW LEVEL SECURITY;
CREATE POLICY "erasure_school_only" ON "erasure" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "privacy_officer" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "privacy_officer" FORCE ROW LEVEL SECURITY;
CREATE POLICY "privacy_officer_school_only" ON "privacy_officer" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "privacy_request" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "privacy_request" FORCE ROW LEVEL SECURITY;
CREATE POLICY "privacy_request_school_only" ON "privacy_request" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
