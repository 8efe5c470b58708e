CREATE TABLE "delivery" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"channel" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"recipient_id" text COLLATE "C",
	"happened_at" timestamp (3) with time zone NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "delivery_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "inbox_notice" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"recipient_id" text COLLATE "C" NOT NULL,
	"event" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C",
	"class_id" text COLLATE "C",
	"term_id" text COLLATE "C" NOT NULL,
	"happened_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone,
	CONSTRAINT "inbox_notice_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "mail_address" (
	"school_id" text COLLATE "C" NOT NULL,
	"membership_id" text COLLATE "C" NOT NULL,
	"address" text COLLATE "C" NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"is_on" boolean NOT NULL,
	"code" text COLLATE "C",
	"code_made_at" timestamp (3) with time zone,
	"wrong_codes" integer NOT NULL,
	"codes" integer NOT NULL,
	"codes_since" timestamp (3) with time zone NOT NULL,
	"stop_token" text COLLATE "C" NOT NULL,
	CONSTRAINT "mail_address_pkey" PRIMARY KEY("school_id","membership_id")
);

CREATE TABLE "summary_nudge" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"nudged_by" text COLLATE "C" NOT NULL,
	"nudged_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "summary_nudge_pkey" PRIMARY KEY("school_id","id")
);

ALTER TABLE "delivery" ADD CONSTRAINT "delivery_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_recipient_id_fkey" FOREIGN KEY ("school_id","recipient_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "inbox_notice" ADD CONSTRAINT "inbox_notice_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "inbox_notice" ADD CONSTRAINT "inbox_notice_recipient_id_fkey" FOREIGN KEY ("school_id","recipient_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "inbox_notice" ADD CONSTRAINT "inbox_notice_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "inbox_notice" ADD CONSTRAINT "inbox_notice_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "inbox_notice" ADD CONSTRAINT "inbox_notice_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "mail_address" ADD CONSTRAINT "mail_address_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "mail_address" ADD CONSTRAINT "mail_address_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_nudge" ADD CONSTRAINT "summary_nudge_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_nudge" ADD CONSTRAINT "summary_nudge_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_nudge" ADD CONSTRAINT "summary_nudge_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "summary_nudge" ADD CONSTRAINT "summary_nudge_nudged_by_fkey" FOREIGN KEY ("school_id","nudged_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "delivery_recipient_idx" ON "delivery" USING btree ("school_id","recipient_id");
CREATE INDEX "delivery_due_idx" ON "delivery" USING btree ("state","due_at");
CREATE UNIQUE INDEX "inbox_notice_event_key" ON "inbox_notice" USING btree ("school_id","recipient_id","event");
CREATE INDEX "inbox_notice_latest_idx" ON "inbox_notice" USING btree ("school_id","recipient_id","happened_at");
CREATE INDEX "inbox_notice_student_idx" ON "inbox_notice" USING btree ("school_id","student_id");
CREATE INDEX "summary_nudge_student_idx" ON "summary_nudge" USING btree ("school_id","student_id","term_id");
ALTER TABLE "delivery" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "delivery" FORCE ROW LEVEL SECURITY;
CREATE POLICY "delivery_school_only" ON "delivery" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "inbox_notice" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "inbox_notice" FORCE ROW LEVEL SECURITY;
CREATE POLICY "inbox_notice_school_only" ON "inbox_notice" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "mail_address" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "mail_address" FORCE ROW LEVEL SECURITY;
CREATE POLICY "mail_address_school_only" ON "mail_address" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "summary_nudge" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "summary_nudge" FORCE ROW LEVEL SECURITY;
CREATE POLICY "summary_nudge_school_only" ON "summary_nudge" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
