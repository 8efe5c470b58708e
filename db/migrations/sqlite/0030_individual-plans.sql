CREATE TABLE `individual_plan` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`focus` text NOT NULL,
	`supports` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`review_on` text NOT NULL,
	`version` integer NOT NULL,
	`made_by` text NOT NULL,
	`made_at` integer NOT NULL,
	`ended_on` text,
	`ended_by` text,
	`what_helped` text,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`made_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`ended_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `individual_plan_student_idx` ON `individual_plan` (`school_id`,`student_id`);
CREATE TABLE `individual_plan_note` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`plan_id` text NOT NULL,
	`text` text NOT NULL,
	`day` text NOT NULL,
	`author_id` text NOT NULL,
	`written_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`plan_id`) REFERENCES `individual_plan`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`author_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `individual_plan_note_plan_idx` ON `individual_plan_note` (`school_id`,`plan_id`,`written_at`);
CREATE TABLE `individual_plan_point` (
	`school_id` text NOT NULL,
	`observation_point_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`icon` text,
	`position` integer NOT NULL,
	`retired_on` text,
	PRIMARY KEY(`school_id`, `observation_point_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`observation_point_id`) REFERENCES `observation_point`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`plan_id`) REFERENCES `individual_plan`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `individual_plan_point_plan_idx` ON `individual_plan_point` (`school_id`,`plan_id`);
