CREATE TABLE `watch_plan` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`class_id` text NOT NULL,
	`student_id` text NOT NULL,
	`reason` text NOT NULL,
	`dimension` text,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`records_before` integer NOT NULL,
	`made_by` text NOT NULL,
	`made_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`made_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `watch_plan_class_idx` ON `watch_plan` (`school_id`,`class_id`,`ends_on`);
CREATE INDEX `watch_plan_student_idx` ON `watch_plan` (`school_id`,`student_id`);
