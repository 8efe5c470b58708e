CREATE TABLE `viewing` (
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`day` text NOT NULL,
	`minutes` integer NOT NULL,
	`last_minute` integer NOT NULL,
	PRIMARY KEY(`school_id`, `student_id`, `day`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
ALTER TABLE `school` ADD `view_minutes` integer DEFAULT 30;
