CREATE TABLE `activity` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`class_id` text NOT NULL,
	`term_id` text NOT NULL,
	`told_of_id` text,
	`title` text NOT NULL,
	`sort` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`place` text NOT NULL,
	`minutes` integer,
	`dimensions` text NOT NULL,
	`about` text NOT NULL,
	`state` text NOT NULL,
	`maker_id` text NOT NULL,
	`added_at` integer NOT NULL,
	`settled_by` text,
	`settled_at` integer,
	`removed_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`told_of_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`maker_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`settled_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `activity_class_idx` ON `activity` (`school_id`,`class_id`,`starts_on`,`id`);
CREATE INDEX `activity_waiting_idx` ON `activity` (`school_id`,`class_id`,`state`,`added_at`);
CREATE INDEX `activity_told_idx` ON `activity` (`school_id`,`told_of_id`,`term_id`);
CREATE TABLE `activity_student` (
	`school_id` text NOT NULL,
	`activity_id` text NOT NULL,
	`student_id` text NOT NULL,
	`part` text NOT NULL,
	`reflection` text,
	PRIMARY KEY(`school_id`, `activity_id`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`activity_id`) REFERENCES `activity`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `activity_student_idx` ON `activity_student` (`school_id`,`student_id`);
