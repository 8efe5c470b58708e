CREATE TABLE "incident" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"is_drill" boolean NOT NULL,
	"started_by" text COLLATE "C" NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "incident_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "incident_entry" (
	"school_id" text COLLATE "C" NOT NULL,
	"incident_id" text COLLATE "C" NOT NULL,
	"seq" integer NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"facts" jsonb,
	"step" text COLLATE "C",
	"outcome" text COLLATE "C",
	"done_at" timestamp (3) with time zone,
	"note" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C" NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "incident_entry_pkey" PRIMARY KEY("school_id","incident_id","seq")
);

ALTER TABLE "incident" ADD CONSTRAINT "incident_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "incident" ADD CONSTRAINT "incident_started_by_fkey" FOREIGN KEY ("school_id","started_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "incident_entry" ADD CONSTRAINT "incident_entry_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "incident_entry" ADD CONSTRAINT "incident_entry_incident_id_fkey" FOREIGN KEY ("school_id","incident_id") REFERENCES "public"."incident"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "incident_entry" ADD CONSTRAINT "incident_entry_made_by_fkey" FOREIGN KEY ("school_id","made_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE UNIQUE INDEX "incident_entry_id_key" ON "incident_entry" USING btree ("school_id","id");
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "incident_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "incident" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "incident_entry_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "incident_entry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "incident" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "incident" FORCE ROW LEVEL SECURITY;
CREATE POLICY "incident_school_only" ON "incident" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "incident_entry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "incident_entry" FORCE ROW LEVEL SECURITY;
CREATE POLICY "incident_entry_school_only" ON "incident_entry" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
