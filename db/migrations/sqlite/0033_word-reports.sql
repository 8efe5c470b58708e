CREATE TABLE `word_report` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`class_id` text NOT NULL,
	`kind` text NOT NULL,
	`words_id` text NOT NULL,
	`reported_by` text NOT NULL,
	`reader` text NOT NULL,
	`said` text NOT NULL,
	`reported_at` integer NOT NULL,
	`state` text NOT NULL,
	`answer` text,
	`answered_by` text,
	`answered_at` integer,
	`answer_seen_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`reported_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`answered_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE UNIQUE INDEX `word_report_once_key` ON `word_report` (`school_id`,`student_id`,`kind`,`words_id`,`reported_by`);
CREATE INDEX `word_report_desk_idx` ON `word_report` (`school_id`,`reader`,`state`,`reported_at`);
