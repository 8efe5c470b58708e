CREATE TABLE `lesson_times` (
	`school_id` text PRIMARY KEY NOT NULL,
	`plans` text NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `school_logo` (
	`school_id` text PRIMARY KEY NOT NULL,
	`uploader_id` text NOT NULL,
	`large_sha256` text NOT NULL,
	`small_sha256` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`uploaded_at` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`uploader_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `class_point` (
	`school_id` text NOT NULL,
	`observation_point_id` text NOT NULL,
	`class_id` text NOT NULL,
	`added_by` text NOT NULL,
	`added_at` integer NOT NULL,
	`retired_by` text,
	`retired_at` integer,
	PRIMARY KEY(`school_id`, `observation_point_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`observation_point_id`) REFERENCES `observation_point`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`added_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`retired_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `class_point_class_idx` ON `class_point` (`school_id`,`class_id`);
ALTER TABLE `teaching_assignment` ADD `publishes_summaries` integer DEFAULT false NOT NULL;
