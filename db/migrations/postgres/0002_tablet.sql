CREATE TABLE "student_card" (
	"account_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"code_hash" text COLLATE "C" NOT NULL,
	"pin_kind" text COLLATE "C",
	"pin_hash" text COLLATE "C",
	"issued_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "tablet_pin" (
	"tablet_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"pin_hash" text COLLATE "C" NOT NULL,
	"tries" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "tablet_pin_pkey" PRIMARY KEY("tablet_id","account_id")
);

ALTER TABLE "session" ADD COLUMN "place" text COLLATE "C" DEFAULT 'own-device' NOT NULL;
ALTER TABLE "session" ADD COLUMN "open_until" timestamp (3) with time zone;
ALTER TABLE "student_card" ADD CONSTRAINT "student_card_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "tablet_pin" ADD CONSTRAINT "tablet_pin_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;
CREATE UNIQUE INDEX "student_card_code_key" ON "student_card" USING btree ("code_hash");
CREATE INDEX "tablet_pin_account_idx" ON "tablet_pin" USING btree ("account_id");
