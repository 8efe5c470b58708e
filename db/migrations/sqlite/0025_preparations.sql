CREATE TABLE `summary_preparation` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`term_id` text NOT NULL,
	`state` text NOT NULL,
	`started_by` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`started_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `summary_preparation_term_idx` ON `summary_preparation` (`school_id`,`term_id`);
CREATE INDEX `summary_preparation_state_idx` ON `summary_preparation` (`state`);
CREATE TABLE `summary_preparation_class` (
	`school_id` text NOT NULL,
	`preparation_id` text NOT NULL,
	`class_id` text NOT NULL,
	`ready` integer,
	`missing` text,
	`prepared_at` integer,
	PRIMARY KEY(`school_id`, `preparation_id`, `class_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`preparation_id`) REFERENCES `summary_preparation`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
