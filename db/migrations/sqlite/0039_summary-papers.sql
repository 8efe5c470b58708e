CREATE TABLE `term_summary_paper` (
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`term_id` text NOT NULL,
	`revision` integer NOT NULL,
	`locale` text NOT NULL,
	`sha256` text NOT NULL,
	`kept_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `student_id`, `term_id`, `revision`, `locale`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`,`term_id`,`revision`) REFERENCES `term_summary`(`school_id`,`student_id`,`term_id`,`revision`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `term_summary_paper_file_idx` ON `term_summary_paper` (`school_id`,`sha256`);
CREATE TABLE `term_summary_paper_due` (
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`term_id` text NOT NULL,
	`revision` integer NOT NULL,
	PRIMARY KEY(`school_id`, `student_id`, `term_id`, `revision`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`,`term_id`,`revision`) REFERENCES `term_summary`(`school_id`,`student_id`,`term_id`,`revision`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TRIGGER `term_summary_paper_refuses_update` BEFORE UPDATE ON `term_summary_paper` BEGIN SELECT RAISE(ABORT, 'term_summary_paper is append-only'); END;
CREATE TRIGGER `term_summary_paper_refuses_delete` BEFORE DELETE ON `term_summary_paper` WHEN NOT (EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = OLD.student_id)) BEGIN SELECT RAISE(ABORT, 'term_summary_paper is append-only'); END;
-- What was published before gets its paper too.
INSERT INTO term_summary_paper_due (school_id, student_id, term_id, revision) SELECT school_id, student_id, term_id, revision FROM term_summary;
