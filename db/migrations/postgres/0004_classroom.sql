CREATE TABLE "tile_set" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"membership_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"subject_code" text COLLATE "C",
	"point_codes" jsonb NOT NULL,
	CONSTRAINT "tile_set_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "board_link" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C",
	"code_hash" text COLLATE "C",
	"code_expires_at" timestamp (3) with time zone,
	"shows_numbers" boolean NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revoked_by" text COLLATE "C",
	CONSTRAINT "board_link_pkey" PRIMARY KEY("school_id","id"),
	CONSTRAINT "board_link_opens" CHECK ("board_link"."token_hash" is not null or "board_link"."code_hash" is not null)
);

CREATE TABLE "class_goal" (
	"school_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"week_starts_on" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C",
	"target" integer NOT NULL,
	"set_by" text COLLATE "C" NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "class_goal_pkey" PRIMARY KEY("school_id","class_id","week_starts_on"),
	CONSTRAINT "class_goal_is_some" CHECK ("class_goal"."target" > 0)
);

CREATE TABLE "absence" (
	"school_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"is_absent" boolean NOT NULL,
	"marked_at" timestamp (3) with time zone NOT NULL,
	"marked_by" text COLLATE "C" NOT NULL,
	CONSTRAINT "absence_pkey" PRIMARY KEY("school_id","class_id","day","student_id")
);

CREATE TABLE "seating_plan" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C",
	"name" text COLLATE "C" NOT NULL,
	"arrangement" jsonb NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text COLLATE "C" NOT NULL,
	CONSTRAINT "seating_plan_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "group_set" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"groups" jsonb NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text COLLATE "C" NOT NULL,
	CONSTRAINT "group_set_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "kept_apart" (
	"school_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"other_student_id" text COLLATE "C" NOT NULL,
	"added_by" text COLLATE "C" NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "kept_apart_pkey" PRIMARY KEY("school_id","class_id","student_id","other_student_id"),
	CONSTRAINT "kept_apart_each_pair_once" CHECK ("kept_apart"."student_id" < "kept_apart"."other_student_id")
);

CREATE TABLE "proposal" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"voice" text COLLATE "C" NOT NULL,
	"from_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"observation_point_id" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL,
	"award_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"phrase" text COLLATE "C",
	"settled_at" timestamp (3) with time zone,
	"settled_by" text COLLATE "C",
	CONSTRAINT "proposal_pkey" PRIMARY KEY("school_id","id"),
	CONSTRAINT "proposal_of_self_is_about_self" CHECK (("proposal"."voice" = 'self') = ("proposal"."from_id" = "proposal"."student_id"))
);

ALTER TABLE "session" ADD COLUMN "locked_at" timestamp (3) with time zone;
ALTER TABLE "tile_set" ADD CONSTRAINT "tile_set_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "tile_set" ADD CONSTRAINT "tile_set_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "board_link" ADD CONSTRAINT "board_link_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "board_link" ADD CONSTRAINT "board_link_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "board_link" ADD CONSTRAINT "board_link_created_by_fkey" FOREIGN KEY ("school_id","created_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "board_link" ADD CONSTRAINT "board_link_revoked_by_fkey" FOREIGN KEY ("school_id","revoked_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "class_goal" ADD CONSTRAINT "class_goal_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "class_goal" ADD CONSTRAINT "class_goal_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "class_goal" ADD CONSTRAINT "class_goal_set_by_fkey" FOREIGN KEY ("school_id","set_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "absence" ADD CONSTRAINT "absence_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "absence" ADD CONSTRAINT "absence_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "absence" ADD CONSTRAINT "absence_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "absence" ADD CONSTRAINT "absence_marked_by_fkey" FOREIGN KEY ("school_id","marked_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "seating_plan" ADD CONSTRAINT "seating_plan_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "seating_plan" ADD CONSTRAINT "seating_plan_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "seating_plan" ADD CONSTRAINT "seating_plan_subject_id_fkey" FOREIGN KEY ("school_id","subject_id") REFERENCES "public"."subject"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "seating_plan" ADD CONSTRAINT "seating_plan_changed_by_fkey" FOREIGN KEY ("school_id","changed_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "group_set" ADD CONSTRAINT "group_set_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "group_set" ADD CONSTRAINT "group_set_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "group_set" ADD CONSTRAINT "group_set_changed_by_fkey" FOREIGN KEY ("school_id","changed_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "kept_apart" ADD CONSTRAINT "kept_apart_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "kept_apart" ADD CONSTRAINT "kept_apart_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "kept_apart" ADD CONSTRAINT "kept_apart_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "kept_apart" ADD CONSTRAINT "kept_apart_other_student_id_fkey" FOREIGN KEY ("school_id","other_student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "kept_apart" ADD CONSTRAINT "kept_apart_added_by_fkey" FOREIGN KEY ("school_id","added_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_from_id_fkey" FOREIGN KEY ("school_id","from_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_observation_point_id_fkey" FOREIGN KEY ("school_id","observation_point_id") REFERENCES "public"."observation_point"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_settled_by_fkey" FOREIGN KEY ("school_id","settled_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "tile_set_member_idx" ON "tile_set" USING btree ("school_id","membership_id");
CREATE INDEX "board_link_class_idx" ON "board_link" USING btree ("school_id","class_id","expires_at");
CREATE INDEX "board_link_code_idx" ON "board_link" USING btree ("code_hash");
CREATE INDEX "seating_plan_class_idx" ON "seating_plan" USING btree ("school_id","class_id");
CREATE INDEX "group_set_class_idx" ON "group_set" USING btree ("school_id","class_id");
CREATE UNIQUE INDEX "proposal_award_idx" ON "proposal" USING btree ("school_id","award_id");
CREATE INDEX "proposal_waiting_idx" ON "proposal" USING btree ("school_id","class_id","state","told_at");
CREATE INDEX "proposal_teller_idx" ON "proposal" USING btree ("school_id","from_id","day");
ALTER TABLE "tile_set" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tile_set" FORCE ROW LEVEL SECURITY;
CREATE POLICY "tile_set_school_only" ON "tile_set" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "board_link" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "board_link" FORCE ROW LEVEL SECURITY;
CREATE POLICY "board_link_school_only" ON "board_link" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "class_goal" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "class_goal" FORCE ROW LEVEL SECURITY;
CREATE POLICY "class_goal_school_only" ON "class_goal" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "absence" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "absence" FORCE ROW LEVEL SECURITY;
CREATE POLICY "absence_school_only" ON "absence" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "seating_plan" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "seating_plan" FORCE ROW LEVEL SECURITY;
CREATE POLICY "seating_plan_school_only" ON "seating_plan" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "group_set" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "group_set" FORCE ROW LEVEL SECURITY;
CREATE POLICY "group_set_school_only" ON "group_set" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "kept_apart" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "kept_apart" FORCE ROW LEVEL SECURITY;
CREATE POLICY "kept_apart_school_only" ON "kept_apart" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "proposal" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "proposal" FORCE ROW LEVEL SECURITY;
CREATE POLICY "proposal_school_only" ON "proposal" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
