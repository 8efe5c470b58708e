CREATE TABLE "award_evidence" (
	"school_id" text COLLATE "C" NOT NULL,
	"evidence_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"award_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "award_evidence_pkey" PRIMARY KEY("school_id","evidence_id","student_id")
);

CREATE TABLE "evidence" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"uploader_id" text COLLATE "C" NOT NULL,
	"sent_sha256" text COLLATE "C" NOT NULL,
	"large_sha256" text COLLATE "C" NOT NULL,
	"small_sha256" text COLLATE "C" NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"uploaded_at" timestamp (3) with time zone NOT NULL,
	"bound_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "evidence_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "evidence_student" (
	"school_id" text COLLATE "C" NOT NULL,
	"evidence_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "evidence_student_pkey" PRIMARY KEY("school_id","evidence_id","student_id")
);

ALTER TABLE "award_evidence" ADD CONSTRAINT "award_evidence_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "award_evidence" ADD CONSTRAINT "award_evidence_evidence_id_student_id_fkey" FOREIGN KEY ("school_id","evidence_id","student_id") REFERENCES "public"."evidence_student"("school_id","evidence_id","student_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "award_evidence" ADD CONSTRAINT "award_evidence_award_id_fkey" FOREIGN KEY ("school_id","award_id") REFERENCES "public"."award"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_uploader_id_fkey" FOREIGN KEY ("school_id","uploader_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "evidence_student" ADD CONSTRAINT "evidence_student_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "evidence_student" ADD CONSTRAINT "evidence_student_evidence_id_fkey" FOREIGN KEY ("school_id","evidence_id") REFERENCES "public"."evidence"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "evidence_student" ADD CONSTRAINT "evidence_student_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "award_evidence_award_idx" ON "award_evidence" USING btree ("school_id","award_id");
CREATE INDEX "evidence_unbound_idx" ON "evidence" USING btree ("school_id","bound_at","uploaded_at");
CREATE INDEX "evidence_large_idx" ON "evidence" USING btree ("school_id","large_sha256");
CREATE INDEX "evidence_small_idx" ON "evidence" USING btree ("school_id","small_sha256");
CREATE INDEX "evidence_student_idx" ON "evidence_student" USING btree ("school_id","student_id");
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "award_evidence_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "award_evidence" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "award_evidence" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "award_evidence" FORCE ROW LEVEL SECURITY;
CREATE POLICY "award_evidence_school_only" ON "award_evidence" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "evidence" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "evidence" FORCE ROW LEVEL SECURITY;
CREATE POLICY "evidence_school_only" ON "evidence" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "evidence_student" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "evidence_student" FORCE ROW LEVEL SECURITY;
CREATE POLICY "evidence_student_school_only" ON "evidence_student" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
