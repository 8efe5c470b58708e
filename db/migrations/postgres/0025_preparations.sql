CREATE TABLE "summary_preparation" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"started_by" text COLLATE "C" NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "summary_preparation_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "summary_preparation_class" (
	"school_id" text COLLATE "C" NOT NULL,
	"preparation_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"ready" integer,
	"missing" jsonb,
	"prepared_at" timestamp (3) with time zone,
	CONSTRAINT "summary_preparation_class_pkey" PRIMARY KEY("school_id","preparation_id","class_id")
);

ALTER TABLE "summary_preparation" ADD CONSTRAINT "summary_preparation_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_preparation" ADD CONSTRAINT "summary_preparation_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_preparation" ADD CONSTRAINT "summary_preparation_started_by_fkey" FOREIGN KEY ("school_id","started_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_preparation_class" ADD CONSTRAINT "summary_preparation_class_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_preparation_class" ADD CONSTRAINT "summary_preparation_class_preparation_id_fkey" FOREIGN KEY ("school_id","preparation_id") REFERENCES "public"."summary_preparation"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_preparation_class" ADD CONSTRAINT "summary_preparation_class_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "summary_preparation_term_idx" ON "summary_preparation" USING btree ("school_id","term_id");
CREATE INDEX "summary_preparation_state_idx" ON "summary_preparation" USING btree ("state");
ALTER TABLE "summary_preparation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "summary_preparation" FORCE ROW LEVEL SECURITY;
CREATE POLICY "summary_preparation_school_only" ON "summary_preparation" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "summary_preparation_class" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "summary_preparation_class" FORCE ROW LEVEL SECURITY;
CREATE POLICY "summary_preparation_class_school_only" ON "summary_preparation_class" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
