CREATE TABLE `fitness_exemption` (
	`school_id` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`student_id` text NOT NULL,
	`reason` text NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `academic_year_id`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`academic_year_id`) REFERENCES `fitness_test`(`school_id`,`academic_year_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`decided_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `fitness_exemption_child_idx` ON `fitness_exemption` (`school_id`,`student_id`);
CREATE TABLE `fitness_test` (
	`school_id` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`opened_on` text NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `academic_year_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`academic_year_id`) REFERENCES `academic_year`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`opened_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `fitness_value` (
	`school_id` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`student_id` text NOT NULL,
	`item` text NOT NULL,
	`attempt` integer NOT NULL,
	`tenths` integer NOT NULL,
	`class_id` text NOT NULL,
	`grade` integer NOT NULL,
	`tested_on` text NOT NULL,
	`entered_by` text NOT NULL,
	`entered_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `academic_year_id`, `student_id`, `item`, `attempt`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`academic_year_id`) REFERENCES `fitness_test`(`school_id`,`academic_year_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`entered_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "fitness_value_attempt" CHECK("fitness_value"."attempt" in (1, 2))
) STRICT;
CREATE INDEX `fitness_value_child_idx` ON `fitness_value` (`school_id`,`student_id`);
