CREATE TABLE `audit_detail` (
	`school_id` text NOT NULL,
	`seq` integer NOT NULL,
	`salt` text NOT NULL,
	`before` text,
	`after` text,
	PRIMARY KEY(`school_id`, `seq`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`seq`) REFERENCES `audit_entry`(`school_id`,`seq`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `audit_entry` (
	`school_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`membership_id` text NOT NULL,
	`action` text NOT NULL,
	`student_id` text,
	`class_id` text,
	`subject_id` text,
	`request_id` text NOT NULL,
	`address` text,
	`detail_sha256` text,
	`hash` text NOT NULL,
	PRIMARY KEY(`school_id`, `seq`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`membership_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `audit_entry_student_idx` ON `audit_entry` (`school_id`,`student_id`,`seq`);
CREATE TRIGGER `audit_entry_refuses_update` BEFORE UPDATE ON `audit_entry` BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
CREATE TRIGGER `audit_entry_refuses_delete` BEFORE DELETE ON `audit_entry` BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
