ALTER TABLE "summary_remark" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;
