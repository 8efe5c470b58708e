ALTER TABLE `summary_remark` ADD `version` integer DEFAULT 1 NOT NULL;
