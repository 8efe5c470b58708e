CREATE TABLE "credential" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"quest_id" text COLLATE "C",
	"key_id" text COLLATE "C" NOT NULL,
	"sha256" text COLLATE "C" NOT NULL,
	"is_named" boolean NOT NULL,
	"issued_by" text COLLATE "C" NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_by" text COLLATE "C",
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "credential_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "school_key" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"x" text COLLATE "C" NOT NULL,
	"sealed_secret" text COLLATE "C",
	"made_by" text COLLATE "C",
	"made_at" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "school_key_pkey" PRIMARY KEY("school_id","id")
);

ALTER TABLE "credential" ADD CONSTRAINT "credential_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "credential" ADD CONSTRAINT "credential_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "credential" ADD CONSTRAINT "credential_quest_id_fkey" FOREIGN KEY ("school_id","quest_id") REFERENCES "public"."badge_quest"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "credential" ADD CONSTRAINT "credential_key_id_fkey" FOREIGN KEY ("school_id","key_id") REFERENCES "public"."school_key"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "credential" ADD CONSTRAINT "credential_issued_by_fkey" FOREIGN KEY ("school_id","issued_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "credential" ADD CONSTRAINT "credential_withdrawn_by_fkey" FOREIGN KEY ("school_id","withdrawn_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "school_key" ADD CONSTRAINT "school_key_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "school_key" ADD CONSTRAINT "school_key_made_by_fkey" FOREIGN KEY ("school_id","made_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "credential_student_idx" ON "credential" USING btree ("school_id","student_id");
ALTER TABLE "credential" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "credential" FORCE ROW LEVEL SECURITY;
CREATE POLICY "credential_school_only" ON "credential" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "school_key" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "school_key" FORCE ROW LEVEL SECURITY;
CREATE POLICY "school_key_school_only" ON "school_key" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
