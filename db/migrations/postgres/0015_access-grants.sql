CREATE TABLE "access_grant" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"membership_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"child_typed" text COLLATE "C",
	"student_id" text COLLATE "C",
	"purpose" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"days" integer NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"answer" text COLLATE "C",
	"answered_by" text COLLATE "C",
	"answered_at" timestamp (3) with time zone,
	"starts_at" timestamp (3) with time zone,
	"ends_at" timestamp (3) with time zone,
	"ended_by" text COLLATE "C",
	"ended_at" timestamp (3) with time zone,
	"verdict" text COLLATE "C",
	"review_words" text COLLATE "C",
	"reviewed_by" text COLLATE "C",
	"reviewed_at" timestamp (3) with time zone,
	CONSTRAINT "access_grant_pkey" PRIMARY KEY("school_id","id")
);

ALTER TABLE "access_grant" ADD CONSTRAINT "access_grant_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "access_grant" ADD CONSTRAINT "access_grant_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "access_grant" ADD CONSTRAINT "access_grant_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "access_grant" ADD CONSTRAINT "access_grant_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "access_grant" ADD CONSTRAINT "access_grant_answered_by_fkey" FOREIGN KEY ("school_id","answered_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "access_grant" ADD CONSTRAINT "access_grant_ended_by_fkey" FOREIGN KEY ("school_id","ended_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "access_grant" ADD CONSTRAINT "access_grant_reviewed_by_fkey" FOREIGN KEY ("school_id","reviewed_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "access_grant_member_idx" ON "access_grant" USING btree ("school_id","membership_id","asked_at");
CREATE INDEX "access_grant_state_idx" ON "access_grant" USING btree ("school_id","state","asked_at");
CREATE INDEX "access_grant_student_idx" ON "access_grant" USING btree ("school_id","student_id");
ALTER TABLE "access_grant" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "access_grant" FORCE ROW LEVEL SECURITY;
CREATE POLICY "access_grant_school_only" ON "access_grant" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
