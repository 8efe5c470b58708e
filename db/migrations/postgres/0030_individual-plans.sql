CREATE TABLE "individual_plan" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"focus" text COLLATE "C" NOT NULL,
	"supports" text COLLATE "C" NOT NULL,
	"starts_on" text COLLATE "C" NOT NULL,
	"ends_on" text COLLATE "C" NOT NULL,
	"review_on" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"made_by" text COLLATE "C" NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"ended_on" text COLLATE "C",
	"ended_by" text COLLATE "C",
	"what_helped" text COLLATE "C",
	CONSTRAINT "individual_plan_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "individual_plan_note" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"plan_id" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"author_id" text COLLATE "C" NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "individual_plan_note_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "individual_plan_point" (
	"school_id" text COLLATE "C" NOT NULL,
	"observation_point_id" text COLLATE "C" NOT NULL,
	"plan_id" text COLLATE "C" NOT NULL,
	"name_zh" text COLLATE "C" NOT NULL,
	"name_en" text COLLATE "C" NOT NULL,
	"icon" text COLLATE "C",
	"position" integer NOT NULL,
	"retired_on" text COLLATE "C",
	CONSTRAINT "individual_plan_point_pkey" PRIMARY KEY("school_id","observation_point_id")
);

ALTER TABLE "individual_plan" ADD CONSTRAINT "individual_plan_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "individual_plan" ADD CONSTRAINT "individual_plan_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "individual_plan" ADD CONSTRAINT "individual_plan_made_by_fkey" FOREIGN KEY ("school_id","made_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "individual_plan" ADD CONSTRAINT "individual_plan_ended_by_fkey" FOREIGN KEY ("school_id","ended_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "individual_plan_note" ADD CONSTRAINT "individual_plan_note_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "individual_plan_note" ADD CONSTRAINT "individual_plan_note_plan_id_fkey" FOREIGN KEY ("school_id","plan_id") REFERENCES "public"."individual_plan"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "individual_plan_note" ADD CONSTRAINT "individual_plan_note_author_id_fkey" FOREIGN KEY ("school_id","author_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "individual_plan_point" ADD CONSTRAINT "individual_plan_point_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "individual_plan_point" ADD CONSTRAINT "individual_plan_point_observation_point_id_fkey" FOREIGN KEY ("school_id","observation_point_id") REFERENCES "public"."observation_point"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "individual_plan_point" ADD CONSTRAINT "individual_plan_point_plan_id_fkey" FOREIGN KEY ("school_id","plan_id") REFERENCES "public"."individual_plan"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "individual_plan_student_idx" ON "individual_plan" USING btree ("school_id","student_id");
CREATE INDEX "individual_plan_note_plan_idx" ON "individual_plan_note" USING btree ("school_id","plan_id","written_at");
CREATE INDEX "individual_plan_point_plan_idx" ON "individual_plan_point" USING btree ("school_id","plan_id");
ALTER TABLE "individual_plan" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "individual_plan" FORCE ROW LEVEL SECURITY;
CREATE POLICY "individual_plan_school_only" ON "individual_plan" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "individual_plan_note" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "individual_plan_note" FORCE ROW LEVEL SECURITY;
CREATE POLICY "individual_plan_note_school_only" ON "individual_plan_note" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "individual_plan_point" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "individual_plan_point" FORCE ROW LEVEL SECURITY;
CREATE POLICY "individual_plan_point_school_only" ON "individual_plan_point" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
