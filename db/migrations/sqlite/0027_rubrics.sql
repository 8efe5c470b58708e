CREATE TABLE `rating` (
	`school_id` text NOT NULL,
	`round_id` text NOT NULL,
	`student_id` text NOT NULL,
	`indicator_code` text NOT NULL,
	`rater_id` text NOT NULL,
	`class_id` text NOT NULL,
	`level` integer,
	`rated_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `round_id`, `student_id`, `indicator_code`, `rater_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`round_id`) REFERENCES `rating_round`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`rater_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "rating_is_a_level" CHECK("rating"."level" is null or "rating"."level" between 1 and 4)
) STRICT;
CREATE INDEX `rating_class_idx` ON `rating` (`school_id`,`round_id`,`class_id`);
CREATE INDEX `rating_child_idx` ON `rating` (`school_id`,`student_id`);
CREATE TABLE `rating_round` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`term_id` text NOT NULL,
	`opens_on` text NOT NULL,
	`closes_on` text NOT NULL,
	`rubrics` text NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`opened_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `rating_round_term_idx` ON `rating_round` (`school_id`,`term_id`);
CREATE TABLE `rubric` (
	`school_id` text NOT NULL,
	`indicator_code` text NOT NULL,
	`levels` text NOT NULL,
	`version` integer NOT NULL,
	`saved_by` text NOT NULL,
	`saved_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `indicator_code`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`saved_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
