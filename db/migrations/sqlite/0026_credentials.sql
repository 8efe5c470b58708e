CREATE TABLE `credential` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`kind` text NOT NULL,
	`quest_id` text,
	`key_id` text NOT NULL,
	`sha256` text NOT NULL,
	`is_named` integer NOT NULL,
	`issued_by` text NOT NULL,
	`issued_at` integer NOT NULL,
	`withdrawn_by` text,
	`withdrawn_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`quest_id`) REFERENCES `badge_quest`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`key_id`) REFERENCES `school_key`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`issued_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`withdrawn_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `credential_student_idx` ON `credential` (`school_id`,`student_id`);
CREATE TABLE `school_key` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`x` text NOT NULL,
	`sealed_secret` text,
	`made_by` text,
	`made_at` integer NOT NULL,
	`retired_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`made_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
