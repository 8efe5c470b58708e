CREATE TABLE "transfer" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"sent_sha256" text COLLATE "C" NOT NULL,
	"from_school" text COLLATE "C" NOT NULL,
	"key_id" text COLLATE "C" NOT NULL,
	"is_known_key" boolean NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"portfolio" jsonb,
	"brought_by" text COLLATE "C" NOT NULL,
	"brought_at" timestamp (3) with time zone NOT NULL,
	"answered_by" text COLLATE "C",
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "transfer_pkey" PRIMARY KEY("school_id","id"),
	CONSTRAINT "transfer_is_there_until_it_is_not" CHECK (("transfer"."portfolio" is not null) = ("transfer"."state" in ('waiting', 'taken')))
);

CREATE TABLE "transfer_file" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"transfer_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"file_name" text COLLATE "C" NOT NULL,
	"small_file_name" text COLLATE "C" NOT NULL,
	"width" integer,
	"height" integer,
	"bytes" integer NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "transfer_file_pkey" PRIMARY KEY("school_id","id")
);

ALTER TABLE "transfer" ADD CONSTRAINT "transfer_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_brought_by_fkey" FOREIGN KEY ("school_id","brought_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_answered_by_fkey" FOREIGN KEY ("school_id","answered_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "transfer_file" ADD CONSTRAINT "transfer_file_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "transfer_file" ADD CONSTRAINT "transfer_file_transfer_id_fkey" FOREIGN KEY ("school_id","transfer_id") REFERENCES "public"."transfer"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "transfer_file" ADD CONSTRAINT "transfer_file_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "transfer_student_idx" ON "transfer" USING btree ("school_id","student_id","brought_at");
CREATE INDEX "transfer_state_idx" ON "transfer" USING btree ("school_id","state","brought_at");
CREATE INDEX "transfer_file_transfer_idx" ON "transfer_file" USING btree ("school_id","transfer_id");
CREATE INDEX "transfer_file_student_idx" ON "transfer_file" USING btree ("school_id","student_id");
CREATE INDEX "transfer_file_name_idx" ON "transfer_file" USING btree ("school_id","file_name");
CREATE INDEX "transfer_file_small_name_idx" ON "transfer_file" USING btree ("school_id","small_file_name");
ALTER TABLE "transfer" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "transfer" FORCE ROW LEVEL SECURITY;
CREATE POLICY "transfer_school_only" ON "transfer" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "transfer_file" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "transfer_file" FORCE ROW LEVEL SECURITY;
CREATE POLICY "transfer_file_school_only" ON "transfer_file" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
