CREATE TABLE "guardian_joining" (
	"school_id" text COLLATE "C" NOT NULL,
	"guardianship_id" text COLLATE "C" NOT NULL,
	"letter_id" text COLLATE "C" NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "guardian_joining_pkey" PRIMARY KEY("school_id","guardianship_id")
);

CREATE TABLE "guardian_letter" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"code_hash" text COLLATE "C" NOT NULL,
	"readmits" text COLLATE "C",
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "guardian_letter_pkey" PRIMARY KEY("school_id","id"),
	CONSTRAINT "guardian_letter_ends_after_its_making" CHECK ("guardian_letter"."expires_at" > "guardian_letter"."created_at")
);

CREATE TABLE "guardian_removal" (
	"school_id" text COLLATE "C" NOT NULL,
	"guardianship_id" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"note" text COLLATE "C",
	"removed_at" timestamp (3) with time zone NOT NULL,
	"removed_by" text COLLATE "C" NOT NULL,
	CONSTRAINT "guardian_removal_pkey" PRIMARY KEY("school_id","guardianship_id")
);

ALTER TABLE "guardian_joining" ADD CONSTRAINT "guardian_joining_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardian_joining" ADD CONSTRAINT "guardian_joining_guardianship_id_fkey" FOREIGN KEY ("school_id","guardianship_id") REFERENCES "public"."guardianship"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardian_joining" ADD CONSTRAINT "guardian_joining_letter_id_fkey" FOREIGN KEY ("school_id","letter_id") REFERENCES "public"."guardian_letter"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardian_letter" ADD CONSTRAINT "guardian_letter_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardian_letter" ADD CONSTRAINT "guardian_letter_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardian_letter" ADD CONSTRAINT "guardian_letter_readmits_fkey" FOREIGN KEY ("school_id","readmits") REFERENCES "public"."guardianship"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardian_letter" ADD CONSTRAINT "guardian_letter_created_by_fkey" FOREIGN KEY ("school_id","created_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardian_removal" ADD CONSTRAINT "guardian_removal_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardian_removal" ADD CONSTRAINT "guardian_removal_guardianship_id_fkey" FOREIGN KEY ("school_id","guardianship_id") REFERENCES "public"."guardianship"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "guardian_removal" ADD CONSTRAINT "guardian_removal_removed_by_fkey" FOREIGN KEY ("school_id","removed_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE UNIQUE INDEX "guardian_letter_code_key" ON "guardian_letter" USING btree ("school_id","code_hash");
CREATE INDEX "guardian_letter_code_idx" ON "guardian_letter" USING btree ("code_hash");
CREATE INDEX "guardian_letter_student_idx" ON "guardian_letter" USING btree ("school_id","student_id");
ALTER TABLE "guardian_joining" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "guardian_joining" FORCE ROW LEVEL SECURITY;
CREATE POLICY "guardian_joining_school_only" ON "guardian_joining" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "guardian_letter" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "guardian_letter" FORCE ROW LEVEL SECURITY;
CREATE POLICY "guardian_letter_school_only" ON "guardian_letter" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "guardian_removal" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "guardian_removal" FORCE ROW LEVEL SECURITY;
CREATE POLICY "guardian_removal_school_only" ON "guardian_removal" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
