CREATE TABLE "term_summary_paper" (
	"school_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"revision" integer NOT NULL,
	"locale" text COLLATE "C" NOT NULL,
	"sha256" text COLLATE "C" NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "term_summary_paper_pkey" PRIMARY KEY("school_id","student_id","term_id","revision","locale")
);

CREATE TABLE "term_summary_paper_due" (
	"school_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "term_summary_paper_due_pkey" PRIMARY KEY("school_id","student_id","term_id","revision")
);

ALTER TABLE "term_summary_paper" ADD CONSTRAINT "term_summary_paper_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "term_summary_paper" ADD CONSTRAINT "term_summary_paper_student_id_term_id_revision_fkey" FOREIGN KEY ("school_id","student_id","term_id","revision") REFERENCES "public"."term_summary"("school_id","student_id","term_id","revision") ON DELETE no action ON UPDATE no action;
ALTER TABLE "term_summary_paper_due" ADD CONSTRAINT "term_summary_paper_due_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "term_summary_paper_due" ADD CONSTRAINT "term_summary_paper_due_student_id_term_id_revision_fkey" FOREIGN KEY ("school_id","student_id","term_id","revision") REFERENCES "public"."term_summary"("school_id","student_id","term_id","revision") ON DELETE no action ON UPDATE no action;
CREATE INDEX "term_summary_paper_file_idx" ON "term_summary_paper" USING btree ("school_id","sha256");
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE FUNCTION term_summary_paper_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = OLD.student_id) THEN RETURN OLD; END IF; RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "term_summary_paper_append_only" BEFORE UPDATE OR DELETE ON "term_summary_paper" FOR EACH ROW EXECUTE FUNCTION term_summary_paper_append_only();
CREATE TRIGGER "term_summary_paper_append_only_whole" BEFORE TRUNCATE ON "term_summary_paper" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "term_summary_paper" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "term_summary_paper" FORCE ROW LEVEL SECURITY;
CREATE POLICY "term_summary_paper_school_only" ON "term_summary_paper" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "term_summary_paper_due" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "term_summary_paper_due" FORCE ROW LEVEL SECURITY;
CREATE POLICY "term_summary_paper_due_school_only" ON "term_summary_paper_due" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
-- What was published before gets its paper too.
INSERT INTO term_summary_paper_due (school_id, student_id, term_id, revision) SELECT school_id, student_id, term_id, revision FROM term_summary;
