CREATE TABLE "passkey" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"public_key" text COLLATE "C" NOT NULL,
	"counter" integer NOT NULL,
	"transports" jsonb NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);

CREATE TABLE "passkey_challenge" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C",
	"origin" text COLLATE "C" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "roster_import_staff" (
	"school_id" text COLLATE "C" NOT NULL,
	"import_id" text COLLATE "C" NOT NULL,
	"position" integer NOT NULL,
	"entry" jsonb NOT NULL,
	"choice" jsonb,
	"planned" jsonb NOT NULL,
	"kept" text COLLATE "C",
	CONSTRAINT "roster_import_staff_pkey" PRIMARY KEY("school_id","import_id","position")
);

CREATE TABLE "staff_record" (
	"school_id" text COLLATE "C" NOT NULL,
	"membership_id" text COLLATE "C" NOT NULL,
	"staff_no" text COLLATE "C" NOT NULL,
	CONSTRAINT "staff_record_pkey" PRIMARY KEY("school_id","membership_id")
);

ALTER TABLE "passkey" ADD CONSTRAINT "passkey_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "passkey_challenge" ADD CONSTRAINT "passkey_challenge_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "roster_import_staff" ADD CONSTRAINT "roster_import_staff_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "roster_import_staff" ADD CONSTRAINT "roster_import_staff_import_id_fkey" FOREIGN KEY ("school_id","import_id") REFERENCES "public"."roster_import"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff_record" ADD CONSTRAINT "staff_record_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff_record" ADD CONSTRAINT "staff_record_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "passkey_account_idx" ON "passkey" USING btree ("account_id");
CREATE INDEX "passkey_challenge_expiry_idx" ON "passkey_challenge" USING btree ("expires_at");
CREATE UNIQUE INDEX "staff_record_no_key" ON "staff_record" USING btree ("school_id","staff_no");
ALTER TABLE "roster_import_staff" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "roster_import_staff" FORCE ROW LEVEL SECURITY;
CREATE POLICY "roster_import_staff_school_only" ON "roster_import_staff" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "staff_record" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "staff_record" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff_record_school_only" ON "staff_record" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
