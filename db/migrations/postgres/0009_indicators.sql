CREATE TABLE "replaced_scheme" (
	"school_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"scheme_id" text COLLATE "C" NOT NULL,
	"replaced_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "replaced_scheme_pkey" PRIMARY KEY("school_id","term_id","scheme_id")
);

CREATE TABLE "scheme_draft" (
	"school_id" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"started_from" text COLLATE "C",
	"scheme" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"saved_by" text COLLATE "C" NOT NULL,
	CONSTRAINT "scheme_draft_pkey" PRIMARY KEY("school_id")
);

ALTER TABLE "school" ADD COLUMN "board_shows_numbers" boolean DEFAULT true NOT NULL;
ALTER TABLE "indicator" ADD COLUMN "origin" text COLLATE "C" DEFAULT 'core' NOT NULL;
ALTER TABLE "observation_point" ADD COLUMN "origin" text COLLATE "C" DEFAULT 'core' NOT NULL;
ALTER TABLE "observation_point" ADD COLUMN "icon" text COLLATE "C";
ALTER TABLE "scheme_dimension" ADD COLUMN "weight" integer DEFAULT 20 NOT NULL;
ALTER TABLE "replaced_scheme" ADD CONSTRAINT "replaced_scheme_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "replaced_scheme" ADD CONSTRAINT "replaced_scheme_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "replaced_scheme" ADD CONSTRAINT "replaced_scheme_scheme_id_fkey" FOREIGN KEY ("school_id","scheme_id") REFERENCES "public"."indicator_scheme"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "scheme_draft" ADD CONSTRAINT "scheme_draft_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "scheme_draft" ADD CONSTRAINT "scheme_draft_started_from_fkey" FOREIGN KEY ("school_id","started_from") REFERENCES "public"."indicator_scheme"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "scheme_draft" ADD CONSTRAINT "scheme_draft_saved_by_fkey" FOREIGN KEY ("school_id","saved_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "indicator_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "indicator" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "indicator_scheme_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "indicator_scheme" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "observation_point_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "observation_point" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "scheme_dimension_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "scheme_dimension" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "replaced_scheme" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "replaced_scheme" FORCE ROW LEVEL SECURITY;
CREATE POLICY "replaced_scheme_school_only" ON "replaced_scheme" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "scheme_draft" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "scheme_draft" FORCE ROW LEVEL SECURITY;
CREATE POLICY "scheme_draft_school_only" ON "scheme_draft" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
