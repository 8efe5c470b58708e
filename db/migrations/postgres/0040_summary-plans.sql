ALTER TABLE "summary_publication" ADD COLUMN "plan_id" text COLLATE "C";
CREATE INDEX "summary_publication_plan_idx" ON "summary_publication" USING btree ("school_id","plan_id");
