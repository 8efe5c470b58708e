CREATE TABLE "audit_detail" (
	"school_id" text COLLATE "C" NOT NULL,
	"seq" integer NOT NULL,
	"salt" text COLLATE "C" NOT NULL,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "audit_detail_pkey" PRIMARY KEY("school_id","seq")
);

CREATE TABLE "audit_entry" (
	"school_id" text COLLATE "C" NOT NULL,
	"seq" integer NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"membership_id" text COLLATE "C" NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C",
	"class_id" text COLLATE "C",
	"subject_id" text COLLATE "C",
	"request_id" text COLLATE "C" NOT NULL,
	"address" text COLLATE "C",
	"detail_sha256" text COLLATE "C",
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "audit_entry_pkey" PRIMARY KEY("school_id","seq")
);

ALTER TABLE "audit_detail" ADD CONSTRAINT "audit_detail_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "audit_detail" ADD CONSTRAINT "audit_detail_seq_fkey" FOREIGN KEY ("school_id","seq") REFERENCES "public"."audit_entry"("school_id","seq") ON DELETE no action ON UPDATE no action;
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "audit_entry_student_idx" ON "audit_entry" USING btree ("school_id","student_id","seq");
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "audit_detail" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_detail" FORCE ROW LEVEL SECURITY;
CREATE POLICY "audit_detail_school_only" ON "audit_detail" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "audit_entry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_entry" FORCE ROW LEVEL SECURITY;
CREATE POLICY "audit_entry_school_only" ON "audit_entry" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
