CREATE TABLE "lesson_times" (
	"school_id" text COLLATE "C" NOT NULL,
	"plans" jsonb NOT NULL,
	CONSTRAINT "lesson_times_pkey" PRIMARY KEY("school_id")
);

CREATE TABLE "school_logo" (
	"school_id" text COLLATE "C" NOT NULL,
	"uploader_id" text COLLATE "C" NOT NULL,
	"large_sha256" text COLLATE "C" NOT NULL,
	"small_sha256" text COLLATE "C" NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"uploaded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "school_logo_pkey" PRIMARY KEY("school_id")
);

CREATE TABLE "class_point" (
	"school_id" text COLLATE "C" NOT NULL,
	"observation_point_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"added_by" text COLLATE "C" NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"retired_by" text COLLATE "C",
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "class_point_pkey" PRIMARY KEY("school_id","observation_point_id")
);

ALTER TABLE "teaching_assignment" ADD COLUMN "publishes_summaries" boolean DEFAULT false NOT NULL;
ALTER TABLE "lesson_times" ADD CONSTRAINT "lesson_times_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "school_logo" ADD CONSTRAINT "school_logo_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "school_logo" ADD CONSTRAINT "school_logo_uploader_id_fkey" FOREIGN KEY ("school_id","uploader_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "class_point" ADD CONSTRAINT "class_point_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "class_point" ADD CONSTRAINT "class_point_observation_point_id_fkey" FOREIGN KEY ("school_id","observation_point_id") REFERENCES "public"."observation_point"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "class_point" ADD CONSTRAINT "class_point_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "class_point" ADD CONSTRAINT "class_point_added_by_fkey" FOREIGN KEY ("school_id","added_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "class_point" ADD CONSTRAINT "class_point_retired_by_fkey" FOREIGN KEY ("school_id","retired_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "class_point_class_idx" ON "class_point" USING btree ("school_id","class_id");
ALTER TABLE "lesson_times" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "lesson_times" FORCE ROW LEVEL SECURITY;
CREATE POLICY "lesson_times_school_only" ON "lesson_times" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "school_logo" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "school_logo" FORCE ROW LEVEL SECURITY;
CREATE POLICY "school_logo_school_only" ON "school_logo" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "class_point" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "class_point" FORCE ROW LEVEL SECURITY;
CREATE POLICY "class_point_school_only" ON "class_point" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
