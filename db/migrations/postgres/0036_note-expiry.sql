DROP TRIGGER IF EXISTS "award_append_only" ON "award";
DROP TRIGGER IF EXISTS "award_append_only_whole" ON "award";
DROP TRIGGER IF EXISTS "award_void_append_only" ON "award_void";
DROP TRIGGER IF EXISTS "award_void_append_only_whole" ON "award_void";
CREATE TABLE "note_expiry" (
	"school_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"before_day" text COLLATE "C" NOT NULL,
	"done_before_day" text COLLATE "C"
);

ALTER TABLE "school" ADD COLUMN "note_months" integer DEFAULT 24;
ALTER TABLE "note_expiry" ADD CONSTRAINT "note_expiry_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE FUNCTION award_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'UPDATE' AND (EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = OLD.student_id) OR EXISTS (SELECT 1 FROM note_expiry WHERE school_id = OLD.school_id AND before_day > OLD.day)) AND NEW.note IS NOT DISTINCT FROM NULL AND to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note' THEN RETURN NEW; END IF; RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "award_append_only" BEFORE UPDATE OR DELETE ON "award" FOR EACH ROW EXECUTE FUNCTION award_append_only();
CREATE TRIGGER "award_append_only_whole" BEFORE TRUNCATE ON "award" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE FUNCTION award_void_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'UPDATE' AND (EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = (SELECT student_id FROM award WHERE school_id = OLD.school_id AND id = OLD.award_id)) OR EXISTS (SELECT 1 FROM note_expiry WHERE school_id = OLD.school_id AND before_day > (SELECT day FROM award WHERE school_id = OLD.school_id AND id = OLD.award_id))) AND NEW.reason IS NOT DISTINCT FROM '' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN RETURN NEW; END IF; RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "award_void_append_only" BEFORE UPDATE OR DELETE ON "award_void" FOR EACH ROW EXECUTE FUNCTION award_void_append_only();
CREATE TRIGGER "award_void_append_only_whole" BEFORE TRUNCATE ON "award_void" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "note_expiry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "note_expiry" FORCE ROW LEVEL SECURITY;
CREATE POLICY "note_expiry_school_only" ON "note_expiry" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
