CREATE TABLE `guardian_joining` (
	`school_id` text NOT NULL,
	`guardianship_id` text NOT NULL,
	`letter_id` text NOT NULL,
	`joined_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `guardianship_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`guardianship_id`) REFERENCES `guardianship`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`letter_id`) REFERENCES `guardian_letter`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `guardian_letter` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`readmits` text,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`readmits`) REFERENCES `guardianship`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`created_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "guardian_letter_ends_after_its_making" CHECK("guardian_letter"."expires_at" > "guardian_letter"."created_at")
) STRICT;
CREATE UNIQUE INDEX `guardian_letter_code_key` ON `guardian_letter` (`school_id`,`code_hash`);
CREATE INDEX `guardian_letter_code_idx` ON `guardian_letter` (`code_hash`);
CREATE INDEX `guardian_letter_student_idx` ON `guardian_letter` (`school_id`,`student_id`);
CREATE TABLE `guardian_removal` (
	`school_id` text NOT NULL,
	`guardianship_id` text NOT NULL,
	`reason` text NOT NULL,
	`note` text,
	`removed_at` integer NOT NULL,
	`removed_by` text NOT NULL,
	PRIMARY KEY(`school_id`, `guardianship_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`guardianship_id`) REFERENCES `guardianship`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`removed_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
