CREATE TABLE "highlight" (
	"school_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"place" integer NOT NULL,
	CONSTRAINT "highlight_pkey" PRIMARY KEY("school_id","student_id","kind","subject_id")
);

CREATE TABLE "honour" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"level" text COLLATE "C" NOT NULL,
	"given_by" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C" NOT NULL,
	"maker_id" text COLLATE "C" NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"settled_by" text COLLATE "C",
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "honour_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "portfolio_file" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"uploader_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"sent_sha256" text COLLATE "C" NOT NULL,
	"file_name" text COLLATE "C" NOT NULL,
	"small_file_name" text COLLATE "C" NOT NULL,
	"width" integer,
	"height" integer,
	"bytes" integer NOT NULL,
	"uploaded_at" timestamp (3) with time zone NOT NULL,
	"work_id" text COLLATE "C",
	"honour_id" text COLLATE "C",
	"place" integer NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "portfolio_file_pkey" PRIMARY KEY("school_id","id"),
	CONSTRAINT "portfolio_file_belongs_to_one" CHECK ("portfolio_file"."work_id" is null or "portfolio_file"."honour_id" is null)
);

CREATE TABLE "work" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"dimension" text COLLATE "C" NOT NULL,
	"indicator_id" text COLLATE "C",
	"reflection" text COLLATE "C" NOT NULL,
	"maker_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"word" text COLLATE "C",
	"word_by" text COLLATE "C",
	"word_at" timestamp (3) with time zone,
	"hidden_at" timestamp (3) with time zone,
	"hidden_by" text COLLATE "C",
	"hidden_reason" text COLLATE "C",
	CONSTRAINT "work_pkey" PRIMARY KEY("school_id","id"),
	CONSTRAINT "work_is_hidden_with_a_reason" CHECK (("work"."hidden_at" is null) = ("work"."hidden_reason" is null) and ("work"."hidden_at" is null) = ("work"."hidden_by" is null))
);

ALTER TABLE "highlight" ADD CONSTRAINT "highlight_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "highlight" ADD CONSTRAINT "highlight_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "honour" ADD CONSTRAINT "honour_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "honour" ADD CONSTRAINT "honour_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "honour" ADD CONSTRAINT "honour_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "honour" ADD CONSTRAINT "honour_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "honour" ADD CONSTRAINT "honour_maker_id_fkey" FOREIGN KEY ("school_id","maker_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "honour" ADD CONSTRAINT "honour_settled_by_fkey" FOREIGN KEY ("school_id","settled_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "portfolio_file" ADD CONSTRAINT "portfolio_file_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "portfolio_file" ADD CONSTRAINT "portfolio_file_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "portfolio_file" ADD CONSTRAINT "portfolio_file_uploader_id_fkey" FOREIGN KEY ("school_id","uploader_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "portfolio_file" ADD CONSTRAINT "portfolio_file_work_id_fkey" FOREIGN KEY ("school_id","work_id") REFERENCES "public"."work"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "portfolio_file" ADD CONSTRAINT "portfolio_file_honour_id_fkey" FOREIGN KEY ("school_id","honour_id") REFERENCES "public"."honour"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "work" ADD CONSTRAINT "work_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "work" ADD CONSTRAINT "work_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "work" ADD CONSTRAINT "work_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "work" ADD CONSTRAINT "work_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "work" ADD CONSTRAINT "work_indicator_id_fkey" FOREIGN KEY ("school_id","indicator_id") REFERENCES "public"."indicator"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "work" ADD CONSTRAINT "work_maker_id_fkey" FOREIGN KEY ("school_id","maker_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "work" ADD CONSTRAINT "work_word_by_fkey" FOREIGN KEY ("school_id","word_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "work" ADD CONSTRAINT "work_hidden_by_fkey" FOREIGN KEY ("school_id","hidden_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "honour_student_idx" ON "honour" USING btree ("school_id","student_id","day","id");
CREATE INDEX "honour_waiting_idx" ON "honour" USING btree ("school_id","class_id","state","added_at");
CREATE INDEX "portfolio_file_work_idx" ON "portfolio_file" USING btree ("school_id","work_id");
CREATE INDEX "portfolio_file_honour_idx" ON "portfolio_file" USING btree ("school_id","honour_id");
CREATE INDEX "portfolio_file_student_idx" ON "portfolio_file" USING btree ("school_id","student_id","uploaded_at");
CREATE INDEX "portfolio_file_name_idx" ON "portfolio_file" USING btree ("school_id","file_name");
CREATE INDEX "portfolio_file_small_name_idx" ON "portfolio_file" USING btree ("school_id","small_file_name");
CREATE INDEX "work_student_idx" ON "work" USING btree ("school_id","student_id","added_at","id");
CREATE INDEX "work_class_idx" ON "work" USING btree ("school_id","class_id","added_at");
ALTER TABLE "highlight" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "highlight" FORCE ROW LEVEL SECURITY;
CREATE POLICY "highlight_school_only" ON "highlight" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "honour" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "honour" FORCE ROW LEVEL SECURITY;
CREATE POLICY "honour_school_only" ON "honour" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "portfolio_file" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "portfolio_file" FORCE ROW LEVEL SECURITY;
CREATE POLICY "portfolio_file_school_only" ON "portfolio_file" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "work" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "work" FORCE ROW LEVEL SECURITY;
CREATE POLICY "work_school_only" ON "work" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
