CREATE TABLE "sign_in_attempt" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"provider_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"nonce" text COLLATE "C" NOT NULL,
	"code_verifier" text COLLATE "C" NOT NULL,
	"school_code" text COLLATE "C",
	"place" text COLLATE "C" NOT NULL,
	"goes_to" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C",
	"issuer" text COLLATE "C",
	"subject" text COLLATE "C",
	"expires_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "sign_in_link" (
	"school_id" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"provider_id" text COLLATE "C" NOT NULL,
	"issuer" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"shown_as" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"membership_id" text COLLATE "C",
	"asked_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "sign_in_link_pkey" PRIMARY KEY("school_id","id")
);

CREATE TABLE "sign_in_rule" (
	"school_id" text COLLATE "C" NOT NULL,
	"provider_id" text COLLATE "C" NOT NULL,
	"way" text COLLATE "C" NOT NULL,
	"claim" text COLLATE "C",
	"is_second_factor" boolean NOT NULL,
	"decided_by" text COLLATE "C" NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sign_in_rule_pkey" PRIMARY KEY("school_id","provider_id")
);

ALTER TABLE "sign_in_attempt" ADD CONSTRAINT "sign_in_attempt_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "sign_in_link" ADD CONSTRAINT "sign_in_link_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "sign_in_link" ADD CONSTRAINT "sign_in_link_membership_id_fkey" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "sign_in_rule" ADD CONSTRAINT "sign_in_rule_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "public"."school"("school_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "sign_in_rule" ADD CONSTRAINT "sign_in_rule_decided_by_fkey" FOREIGN KEY ("school_id","decided_by") REFERENCES "public"."membership"("school_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "sign_in_attempt_expiry_idx" ON "sign_in_attempt" USING btree ("expires_at");
CREATE UNIQUE INDEX "sign_in_link_identity_key" ON "sign_in_link" USING btree ("school_id","issuer","subject");
CREATE INDEX "sign_in_link_subject_idx" ON "sign_in_link" USING btree ("subject");
ALTER TABLE "sign_in_link" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "sign_in_link" FORCE ROW LEVEL SECURITY;
CREATE POLICY "sign_in_link_school_only" ON "sign_in_link" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
ALTER TABLE "sign_in_rule" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "sign_in_rule" FORCE ROW LEVEL SECURITY;
CREATE POLICY "sign_in_rule_school_only" ON "sign_in_rule" USING (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*') WITH CHECK (school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*');
