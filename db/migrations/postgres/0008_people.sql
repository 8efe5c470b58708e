ALTER TABLE "teaching_assignment" ADD COLUMN "stands_in_for_id" text COLLATE "C";
