CREATE TABLE "watch_plan" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C",
	"starts_on" text COLLATE "C" NOT NULL,
	"ends_on" text COLLATE "C" NOT NULL,
	"records_before" integer NOT NULL,
	"made_by" text COLLATE "C" NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "watch_plan_pkey" PRIMARY KEY("school_id","id")
);

ALTER TABLE "watch_plan" ADD CONSTRAINT "watch_plan_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "watch_plan" ADD CONSTRAINT "watch_plan_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "watch_plan" ADD CONSTRAINT "watch_plan_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "watch_plan" ADD CONSTRAINT "watch_plan_made_by_fkey" FOREIGN KEY ("school_id","made_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "watch_plan_class_idx" ON "watch_plan" USING btree ("school_id","class_id","ends_on");
CREATE INDEX "watch_plan_student_idx" ON "watch_plan" USING btree ("school_id","student_id");
ALTER TABLE "watch_plan" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "watch_plan" FORCE ROW LEVEL SECURITY;
CREATE POLICY "watch_plan_school_only" ON "watch_plan" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
