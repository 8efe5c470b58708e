CREATE TABLE "reward" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C",
	"title" text COLLATE "C" NOT NULL,
	"words" text COLLATE "C" NOT NULL,
	"icon" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"price" integer NOT NULL,
	"stock_count" integer,
	"stock_per" text COLLATE "C",
	"per_child" integer,
	"grade_from" integer NOT NULL,
	"grade_to" integer NOT NULL,
	"is_open" boolean NOT NULL,
	"added_by" text COLLATE "C" NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reward_pkey" PRIMARY KEY("school_id","id"),
	CONSTRAINT "reward_price_positive" CHECK ("reward"."price" > 0)
);

CREATE TABLE "reward_balance" (
	"school_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"reserved" integer NOT NULL,
	"spent" integer NOT NULL,
	CONSTRAINT "reward_balance_pkey" PRIMARY KEY("school_id","student_id","academic_year_id"),
	CONSTRAINT "reward_balance_never_negative" CHECK ("reward_balance"."reserved" >= 0 and "reward_balance"."spent" >= 0)
);

CREATE TABLE "reward_entry" (
	"school_id" text COLLATE "C" NOT NULL,
	"request_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"reserved" integer NOT NULL,
	"spent" integer NOT NULL,
	"moved_by" text COLLATE "C",
	"moved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reward_entry_pkey" PRIMARY KEY("school_id","request_id","state")
);

CREATE TABLE "reward_request" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"reward_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"term_id" text COLLATE "C" NOT NULL,
	"academic_year_id" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"price" integer NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"state_at" timestamp (3) with time zone NOT NULL,
	"words" text COLLATE "C",
	"objected_by" text COLLATE "C",
	CONSTRAINT "reward_request_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "reward_saving" (
	"school_id" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	"reward_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "reward_saving_pkey" PRIMARY KEY("school_id","student_id")
);

CREATE TABLE "reward_shop" (
	"school_id" text COLLATE "C" NOT NULL,
	"is_on" boolean NOT NULL,
	CONSTRAINT "reward_shop_pkey" PRIMARY KEY("school_id")
);

CREATE TABLE "reward_shopkeeper" (
	"school_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"week_starts_on" text COLLATE "C" NOT NULL,
	"student_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "reward_shopkeeper_pkey" PRIMARY KEY("school_id","class_id","week_starts_on","student_id")
);

ALTER TABLE "reward" ADD CONSTRAINT "reward_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward" ADD CONSTRAINT "reward_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward" ADD CONSTRAINT "reward_added_by_fkey" FOREIGN KEY ("school_id","added_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_balance" ADD CONSTRAINT "reward_balance_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_balance" ADD CONSTRAINT "reward_balance_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_entry" ADD CONSTRAINT "reward_entry_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_entry" ADD CONSTRAINT "reward_entry_request_id_fkey" FOREIGN KEY ("school_id","request_id") REFERENCES "public"."reward_request"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_entry" ADD CONSTRAINT "reward_entry_moved_by_fkey" FOREIGN KEY ("school_id","moved_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_request" ADD CONSTRAINT "reward_request_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_request" ADD CONSTRAINT "reward_request_reward_id_fkey" FOREIGN KEY ("school_id","reward_id") REFERENCES "public"."reward"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_request" ADD CONSTRAINT "reward_request_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_request" ADD CONSTRAINT "reward_request_term_id_fkey" FOREIGN KEY ("school_id","term_id") REFERENCES "public"."term"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_request" ADD CONSTRAINT "reward_request_academic_year_id_fkey" FOREIGN KEY ("school_id","academic_year_id") REFERENCES "public"."academic_year"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_request" ADD CONSTRAINT "reward_request_objected_by_fkey" FOREIGN KEY ("school_id","objected_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_saving" ADD CONSTRAINT "reward_saving_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_saving" ADD CONSTRAINT "reward_saving_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_saving" ADD CONSTRAINT "reward_saving_reward_id_fkey" FOREIGN KEY ("school_id","reward_id") REFERENCES "public"."reward"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_shop" ADD CONSTRAINT "reward_shop_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_shopkeeper" ADD CONSTRAINT "reward_shopkeeper_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_shopkeeper" ADD CONSTRAINT "reward_shopkeeper_class_id_fkey" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."school_class"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "reward_shopkeeper" ADD CONSTRAINT "reward_shopkeeper_student_id_fkey" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."student"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "reward_shelf_idx" ON "reward" USING btree ("school_id","class_id");
CREATE INDEX "reward_request_student_idx" ON "reward_request" USING btree ("school_id","student_id","asked_at");
CREATE INDEX "reward_request_stock_idx" ON "reward_request" USING btree ("school_id","reward_id","day");
CREATE INDEX "reward_request_state_idx" ON "reward_request" USING btree ("school_id","state","state_at");
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER "reward_entry_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "reward_entry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "reward" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "reward" FORCE ROW LEVEL SECURITY;
CREATE POLICY "reward_school_only" ON "reward" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "reward_balance" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "reward_balance" FORCE ROW LEVEL SECURITY;
CREATE POLICY "reward_balance_school_only" ON "reward_balance" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "reward_entry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "reward_entry" FORCE ROW LEVEL SECURITY;
CREATE POLICY "reward_entry_school_only" ON "reward_entry" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "reward_request" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "reward_request" FORCE ROW LEVEL SECURITY;
CREATE POLICY "reward_request_school_only" ON "reward_request" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "reward_saving" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "reward_saving" FORCE ROW LEVEL SECURITY;
CREATE POLICY "reward_saving_school_only" ON "reward_saving" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "reward_shop" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "reward_shop" FORCE ROW LEVEL SECURITY;
CREATE POLICY "reward_shop_school_only" ON "reward_shop" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "reward_shopkeeper" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "reward_shopkeeper" FORCE ROW LEVEL SECURITY;
CREATE POLICY "reward_shopkeeper_school_only" ON "reward_shopkeeper" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
