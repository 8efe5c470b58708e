CREATE TABLE "recovery_code" (
	"account_id" text COLLATE "C" NOT NULL,
	"code_hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "recovery_code_pkey" PRIMARY KEY("account_id","code_hash")
);

CREATE TABLE "totp" (
	"account_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"sealed_secret" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"last_step" integer NOT NULL
);

CREATE TABLE "staff_link" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"display_name" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"login" text COLLATE "C",
	"membership_id" text COLLATE "C",
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"revoked_by" text COLLATE "C",
	CONSTRAINT "staff_link_pkey" PRIMARY KEY("school_id","id")
);

ALTER TABLE "account" ADD COLUMN "second_factor_since" timestamp (3) with time zone;
ALTER TABLE "session" ADD COLUMN "device" jsonb;
ALTER TABLE "session" ADD COLUMN "address" text COLLATE "C";
ALTER TABLE "session" ADD COLUMN "seen_at" timestamp (3) with time zone;
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "totp" ADD CONSTRAINT "totp_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "staff_link" ADD CONSTRAINT "staff_link_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff_link" ADD CONSTRAINT "staff_link_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff_link" ADD CONSTRAINT "staff_link_created_by_fkey" FOREIGN KEY ("school_id","created_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "staff_link" ADD CONSTRAINT "staff_link_revoked_by_fkey" FOREIGN KEY ("school_id","revoked_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "staff_link_created_idx" ON "staff_link" USING btree ("school_id","created_at");
ALTER TABLE "staff_link" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "staff_link" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff_link_school_only" ON "staff_link" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
