CREATE TABLE "voice" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"from_id" text COLLATE "C",
	"author_id" text COLLATE "C",
	"class_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"round_id" text COLLATE "C",
	"about" text COLLATE "C" NOT NULL,
	"level" integer,
	"observation_point_id" text COLLATE "C",
	"starter" text COLLATE "C",
	"words" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"guardian_may_see" boolean NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"kept_back_for" text COLLATE "C",
	"settled_by" text COLLATE "C",
	"settled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "voice_pkey" PRIMARY KEY("school_id","id"),
	CONSTRAINT "voice_has_no_bad_level" CHECK ("voice"."level" is null or "voice"."level" between 1 and 3),
	CONSTRAINT "voice_of_self_is_about_self" CHECK ("voice"."kind" <> 'self' or "voice"."from_id" = "voice"."student_id"),
	CONSTRAINT "voice_is_of_one" CHECK (("voice"."from_id" is null) <> ("voice"."author_id" is null)),
	CONSTRAINT "voice_of_peer_names_a_strength" CHECK ("voice"."kind" <> 'peer' or "voice"."observation_point_id" is not null)
);

CREATE TABLE "voice_earlier" (
	"school_id" text COLLATE "C" NOT NULL,
	"voice_id" text COLLATE "C" NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"words" text COLLATE "C" NOT NULL,
	CONSTRAINT "voice_earlier_pkey" PRIMARY KEY("school_id","voice_id","until")
);

CREATE TABLE "voice_round" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"opens_on" text COLLATE "C" NOT NULL,
	"closes_on" text COLLATE "C" NOT NULL,
	"groups" jsonb NOT NULL,
	"opened_by" text COLLATE "C" NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "voice_round_pkey" PRIMARY KEY("school_id","id")
);

ALTER TABLE "proposal" DROP CONSTRAINT "proposal_of_self_is_about_self";
ALTER TABLE "school" ADD COLUMN "peer_voices_show_names" boolean DEFAULT true NOT NULL;
ALTER TABLE "proposal" ADD COLUMN "guardian_id" text COLLATE "C";
ALTER TABLE "voice" ADD CONSTRAINT "voice_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice" ADD CONSTRAINT "voice_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice" ADD CONSTRAINT "voice_from_id_fkey" FOREIGN KEY ("school_id","from_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice" ADD CONSTRAINT "voice_author_id_fkey" FOREIGN KEY ("school_id","author_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice" ADD CONSTRAINT "voice_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice" ADD CONSTRAINT "voice_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice" ADD CONSTRAINT "voice_round_id_fkey" FOREIGN KEY ("school_id","round_id") REFERENCES "public"."voice_round"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice" ADD CONSTRAINT "voice_observation_point_id_fkey" FOREIGN KEY ("school_id","observation_point_id") REFERENCES "public"."observation_point"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice" ADD CONSTRAINT "voice_settled_by_fkey" FOREIGN KEY ("school_id","settled_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice_earlier" ADD CONSTRAINT "voice_earlier_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice_earlier" ADD CONSTRAINT "voice_earlier_voice_id_fkey" FOREIGN KEY ("school_id","voice_id") REFERENCES "public"."voice"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice_round" ADD CONSTRAINT "voice_round_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice_round" ADD CONSTRAINT "voice_round_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice_round" ADD CONSTRAINT "voice_round_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "voice_round" ADD CONSTRAINT "voice_round_opened_by_fkey" FOREIGN KEY ("school_id","opened_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE UNIQUE INDEX "voice_once_a_round_key" ON "voice" USING btree ("school_id","round_id","from_id","student_id","about");
CREATE INDEX "voice_child_idx" ON "voice" USING btree ("school_id","student_id","term_id");
CREATE INDEX "voice_round_class_idx" ON "voice_round" USING btree ("school_id","class_id","term_id");
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_guardian_id_fkey" FOREIGN KEY ("school_id","guardian_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_of_guardian_has_one" CHECK (("proposal"."voice" = 'guardian') = ("proposal"."guardian_id" is not null));
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_of_self_is_about_self" CHECK (("proposal"."voice" <> 'peer') = ("proposal"."from_id" = "proposal"."student_id"));
ALTER TABLE "voice" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "voice" FORCE ROW LEVEL SECURITY;
CREATE POLICY "voice_school_only" ON "voice" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "voice_earlier" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "voice_earlier" FORCE ROW LEVEL SECURITY;
CREATE POLICY "voice_earlier_school_only" ON "voice_earlier" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "voice_round" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "voice_round" FORCE ROW LEVEL SECURITY;
CREATE POLICY "voice_round_school_only" ON "voice_round" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
