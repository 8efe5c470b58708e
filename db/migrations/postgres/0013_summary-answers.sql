CREATE TABLE "summary_message" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"guardian_id" text COLLATE "C" NOT NULL,
	"author_id" text COLLATE "C" NOT NULL,
	"is_from_guardian" boolean NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone,
	CONSTRAINT "summary_message_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "summary_reading" (
	"school_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"revision" integer NOT NULL,
	"guardian_id" text COLLATE "C" NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"signed_at" timestamp (3) with time zone,
	"signature" jsonb,
	"signed_name" text COLLATE "C",
	CONSTRAINT "summary_reading_pkey" PRIMARY KEY("school_id","student_id","term_id","revision","guardian_id")
);

ALTER TABLE "summary_message" ADD CONSTRAINT "summary_message_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_message" ADD CONSTRAINT "summary_message_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_message" ADD CONSTRAINT "summary_message_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_message" ADD CONSTRAINT "summary_message_guardian_id_fkey" FOREIGN KEY ("school_id","guardian_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_message" ADD CONSTRAINT "summary_message_author_id_fkey" FOREIGN KEY ("school_id","author_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_reading" ADD CONSTRAINT "summary_reading_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_reading" ADD CONSTRAINT "summary_reading_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_reading" ADD CONSTRAINT "summary_reading_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_reading" ADD CONSTRAINT "summary_reading_guardian_id_fkey" FOREIGN KEY ("school_id","guardian_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "summary_message_term_idx" ON "summary_message" USING btree ("school_id","term_id","student_id","written_at");
CREATE INDEX "summary_reading_term_idx" ON "summary_reading" USING btree ("school_id","term_id","student_id");
CREATE INDEX "term_summary_verification_idx" ON "term_summary" USING btree ("verification_code");
ALTER TABLE "summary_message" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "summary_message" FORCE ROW LEVEL SECURITY;
CREATE POLICY "summary_message_school_only" ON "summary_message" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "summary_reading" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "summary_reading" FORCE ROW LEVEL SECURITY;
CREATE POLICY "summary_reading_school_only" ON "summary_reading" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
