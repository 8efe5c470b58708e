CREATE TABLE "viewing" (
	"school_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"minutes" integer NOT NULL,
	"last_minute" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "viewing_pkey" PRIMARY KEY("school_id","student_id","day")
);

ALTER TABLE "school" ADD COLUMN "view_minutes" integer DEFAULT 30;
ALTER TABLE "viewing" ADD CONSTRAINT "viewing_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "viewing" ADD CONSTRAINT "viewing_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "viewing" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "viewing" FORCE ROW LEVEL SECURITY;
CREATE POLICY "viewing_school_only" ON "viewing" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
