ALTER TABLE `summary_publication` ADD `plan_id` text;
CREATE INDEX `summary_publication_plan_idx` ON `summary_publication` (`school_id`,`plan_id`);
