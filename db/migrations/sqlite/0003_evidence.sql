CREATE TABLE `award_evidence` (
	`school_id` text NOT NULL,
	`evidence_id` text NOT NULL,
	`student_id` text NOT NULL,
	`award_id` text NOT NULL,
	PRIMARY KEY(`school_id`, `evidence_id`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`evidence_id`,`student_id`) REFERENCES `evidence_student`(`school_id`,`evidence_id`,`student_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`award_id`) REFERENCES `award`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `award_evidence_award_idx` ON `award_evidence` (`school_id`,`award_id`);
CREATE TABLE `evidence` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`uploader_id` text NOT NULL,
	`sent_sha256` text NOT NULL,
	`large_sha256` text NOT NULL,
	`small_sha256` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`uploaded_at` integer NOT NULL,
	`bound_at` integer,
	`removed_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`uploader_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `evidence_unbound_idx` ON `evidence` (`school_id`,`bound_at`,`uploaded_at`);
CREATE INDEX `evidence_large_idx` ON `evidence` (`school_id`,`large_sha256`);
CREATE INDEX `evidence_small_idx` ON `evidence` (`school_id`,`small_sha256`);
CREATE TABLE `evidence_student` (
	`school_id` text NOT NULL,
	`evidence_id` text NOT NULL,
	`student_id` text NOT NULL,
	PRIMARY KEY(`school_id`, `evidence_id`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`evidence_id`) REFERENCES `evidence`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `evidence_student_idx` ON `evidence_student` (`school_id`,`student_id`);
CREATE TRIGGER `award_evidence_refuses_update` BEFORE UPDATE ON `award_evidence` BEGIN SELECT RAISE(ABORT, 'award_evidence is append-only'); END;
CREATE TRIGGER `award_evidence_refuses_delete` BEFORE DELETE ON `award_evidence` BEGIN SELECT RAISE(ABORT, 'award_evidence is append-only'); END;
