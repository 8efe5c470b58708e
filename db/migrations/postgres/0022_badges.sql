CREATE TABLE "badge" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"name_zh" text COLLATE "C" NOT NULL,
	"name_en" text COLLATE "C" NOT NULL,
	"words_zh" text COLLATE "C" NOT NULL,
	"words_en" text COLLATE "C" NOT NULL,
	"shape" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C",
	"rule" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"giver" text COLLATE "C" NOT NULL,
	"saved_by" text COLLATE "C" NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"published_at" timestamp (3) with time zone,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "badge_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "badge_award" (
	"school_id" text COLLATE "C" NOT NULL,
	"quest_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"badge_id" text COLLATE "C" NOT NULL,
	"badge_code" text COLLATE "C" NOT NULL,
	"level" integer NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"awarded_at" timestamp (3) with time zone NOT NULL,
	"awarded_by" text COLLATE "C",
	"words" text COLLATE "C",
	"award_ids" jsonb NOT NULL,
	"shown_at" timestamp (3) with time zone,
	CONSTRAINT "badge_award_pkey" PRIMARY KEY("school_id","quest_id")
);

CREATE TABLE "badge_quest" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"badge_id" text COLLATE "C" NOT NULL,
	"level" integer NOT NULL,
	"set_by" text COLLATE "C" NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	"counts_from" text COLLATE "C" NOT NULL,
	"starts_on" text COLLATE "C" NOT NULL,
	"ends_on" text COLLATE "C" NOT NULL,
	"tally" jsonb NOT NULL,
	"is_live" boolean NOT NULL,
	"met_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "badge_quest_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "personal_goal" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"point_code" text COLLATE "C",
	"steps" integer NOT NULL,
	"ticked" integer NOT NULL,
	"review_on" text COLLATE "C" NOT NULL,
	"set_by" text COLLATE "C" NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	"celebrated_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "personal_goal_pkey" PRIMARY KEY("school_id","id")
);

ALTER TABLE "badge" ADD CONSTRAINT "badge_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "badge" ADD CONSTRAINT "badge_saved_by_fkey" FOREIGN KEY ("school_id","saved_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "badge_award" ADD CONSTRAINT "badge_award_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "badge_award" ADD CONSTRAINT "badge_award_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "badge_award" ADD CONSTRAINT "badge_award_badge_id_fkey" FOREIGN KEY ("school_id","badge_id") REFERENCES "public"."badge"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "badge_award" ADD CONSTRAINT "badge_award_quest_id_fkey" FOREIGN KEY ("school_id","quest_id") REFERENCES "public"."badge_quest"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "badge_award" ADD CONSTRAINT "badge_award_awarded_by_fkey" FOREIGN KEY ("school_id","awarded_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "badge_quest" ADD CONSTRAINT "badge_quest_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "badge_quest" ADD CONSTRAINT "badge_quest_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "badge_quest" ADD CONSTRAINT "badge_quest_badge_id_fkey" FOREIGN KEY ("school_id","badge_id") REFERENCES "public"."badge"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "badge_quest" ADD CONSTRAINT "badge_quest_set_by_fkey" FOREIGN KEY ("school_id","set_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "personal_goal" ADD CONSTRAINT "personal_goal_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "personal_goal" ADD CONSTRAINT "personal_goal_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "personal_goal" ADD CONSTRAINT "personal_goal_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "personal_goal" ADD CONSTRAINT "personal_goal_set_by_fkey" FOREIGN KEY ("school_id","set_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE UNIQUE INDEX "badge_version_idx" ON "badge" USING btree ("school_id","code","version");
CREATE UNIQUE INDEX "badge_award_level_idx" ON "badge_award" USING btree ("school_id","student_id","badge_code","level");
CREATE INDEX "badge_quest_student_idx" ON "badge_quest" USING btree ("school_id","student_id","is_live");
CREATE INDEX "personal_goal_student_idx" ON "personal_goal" USING btree ("school_id","student_id","set_at");
ALTER TABLE "badge" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "badge" FORCE ROW LEVEL SECURITY;
CREATE POLICY "badge_school_only" ON "badge" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "badge_award" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "badge_award" FORCE ROW LEVEL SECURITY;
CREATE POLICY "badge_award_school_only" ON "badge_award" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "badge_quest" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "badge_quest" FORCE ROW LEVEL SECURITY;
CREATE POLICY "badge_quest_school_only" ON "badge_quest" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "personal_goal" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "personal_goal" FORCE ROW LEVEL SECURITY;
CREATE POLICY "personal_goal_school_only" ON "personal_goal" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
