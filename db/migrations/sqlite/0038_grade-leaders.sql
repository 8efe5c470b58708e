CREATE TABLE `grade_leadership` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`membership_id` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`grade` integer NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`membership_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`academic_year_id`) REFERENCES `academic_year`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `grade_leadership_member_idx` ON `grade_leadership` (`school_id`,`membership_id`);
