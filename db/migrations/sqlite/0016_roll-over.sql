CREATE TABLE `roll_over` (
	`school_id` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`draft` text NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_by` text NOT NULL,
	`applied_at` integer,
	`applied_by` text,
	`traces` text,
	PRIMARY KEY(`school_id`, `academic_year_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`academic_year_id`) REFERENCES `academic_year`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`saved_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `roll_over_choice` (
	`school_id` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`student_id` text NOT NULL,
	`next_id` text NOT NULL,
	PRIMARY KEY(`school_id`, `academic_year_id`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`academic_year_id`) REFERENCES `roll_over`(`school_id`,`academic_year_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
ALTER TABLE `enrollment` ADD `end_reason` text;
