CREATE TABLE `summary_message` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`term_id` text NOT NULL,
	`guardian_id` text NOT NULL,
	`author_id` text NOT NULL,
	`is_from_guardian` integer NOT NULL,
	`text` text NOT NULL,
	`written_at` integer NOT NULL,
	`seen_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`guardian_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`author_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `summary_message_term_idx` ON `summary_message` (`school_id`,`term_id`,`student_id`,`written_at`);
CREATE TABLE `summary_reading` (
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`term_id` text NOT NULL,
	`revision` integer NOT NULL,
	`guardian_id` text NOT NULL,
	`opened_at` integer NOT NULL,
	`finished_at` integer,
	`signed_at` integer,
	`signature` text,
	`signed_name` text,
	PRIMARY KEY(`school_id`, `student_id`, `term_id`, `revision`, `guardian_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`guardian_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `summary_reading_term_idx` ON `summary_reading` (`school_id`,`term_id`,`student_id`);
CREATE INDEX `term_summary_verification_idx` ON `term_summary` (`verification_code`);
