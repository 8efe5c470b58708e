CREATE TABLE "rating" (
	"school_id" text COLLATE "C" NOT NULL,
	"round_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"indicator_code" text COLLATE "C" NOT NULL,
	"rater_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"level" integer,
	"rated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rating_pkey" PRIMARY KEY("school_id","round_id","student_id","indicator_code","rater_id"),
	CONSTRAINT "rating_is_a_level" CHECK ("rating"."level" is null or "rating"."level" between 1 and 4)
);

CREATE TABLE "rating_round" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"opens_on" text COLLATE "C" NOT NULL,
	"closes_on" text COLLATE "C" NOT NULL,
	"rubrics" jsonb NOT NULL,
	"opened_by" text COLLATE "C" NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rating_round_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "rubric" (
	"school_id" text COLLATE "C" NOT NULL,
	"indicator_code" text COLLATE "C" NOT NULL,
	"levels" jsonb NOT NULL,
	"version" integer NOT NULL,
	"saved_by" text COLLATE "C" NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rubric_pkey" PRIMARY KEY("school_id","indicator_code")
);

ALTER TABLE "rating" ADD CONSTRAINT "rating_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rating" ADD CONSTRAINT "rating_round_id_fkey" FOREIGN KEY ("school_id","round_id") REFERENCES "public"."rating_round"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rating" ADD CONSTRAINT "rating_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rating" ADD CONSTRAINT "rating_rater_id_fkey" FOREIGN KEY ("school_id","rater_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rating" ADD CONSTRAINT "rating_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rating_round" ADD CONSTRAINT "rating_round_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rating_round" ADD CONSTRAINT "rating_round_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rating_round" ADD CONSTRAINT "rating_round_opened_by_fkey" FOREIGN KEY ("school_id","opened_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rubric" ADD CONSTRAINT "rubric_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "rubric" ADD CONSTRAINT "rubric_saved_by_fkey" FOREIGN KEY ("school_id","saved_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "rating_class_idx" ON "rating" USING btree ("school_id","round_id","class_id");
CREATE INDEX "rating_child_idx" ON "rating" USING btree ("school_id","student_id");
CREATE INDEX "rating_round_term_idx" ON "rating_round" USING btree ("school_id","term_id");
ALTER TABLE "rating" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "rating" FORCE ROW LEVEL SECURITY;
CREATE POLICY "rating_school_only" ON "rating" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "rating_round" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "rating_round" FORCE ROW LEVEL SECURITY;
CREATE POLICY "rating_round_school_only" ON "rating_round" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "rubric" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "rubric" FORCE ROW LEVEL SECURITY;
CREATE POLICY "rubric_school_only" ON "rubric" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
