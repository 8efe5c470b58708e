DROP TRIGGER IF EXISTS `award_refuses_update`;
DROP TRIGGER IF EXISTS `award_void_refuses_update`;
DROP TRIGGER IF EXISTS `term_summary_refuses_delete`;
CREATE TABLE `erasure` (
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`ground` text NOT NULL,
	`erased_by` text NOT NULL,
	`erased_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`erased_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `privacy_officer` (
	`school_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`contact` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`set_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE TABLE `privacy_request` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`asked_by` text,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`asked_at` integer NOT NULL,
	`due_on` text NOT NULL,
	`state` text NOT NULL,
	`answer` text,
	`answered_by` text,
	`answered_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`asked_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`answered_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `privacy_request_state_idx` ON `privacy_request` (`school_id`,`state`,`due_on`);
CREATE INDEX `privacy_request_student_idx` ON `privacy_request` (`school_id`,`student_id`);
ALTER TABLE `consent` ADD `recorded_by` text;
ALTER TABLE `consent` ADD `withdrawn_by` text;
CREATE TRIGGER `award_refuses_update` BEFORE UPDATE ON `award` WHEN NOT (NEW.note IS NULL AND NEW.school_id IS OLD.school_id AND NEW.id IS OLD.id AND NEW.student_id IS OLD.student_id AND NEW.class_id IS OLD.class_id AND NEW.term_id IS OLD.term_id AND NEW.observation_point_id IS OLD.observation_point_id AND NEW.dimension IS OLD.dimension AND NEW.points IS OLD.points AND NEW.beans IS OLD.beans AND NEW.recorder_id IS OLD.recorder_id AND NEW.day IS OLD.day AND NEW.occurred_at IS OLD.occurred_at AND NEW.recorded_at IS OLD.recorded_at AND NEW.seq IS OLD.seq AND EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = OLD.student_id)) BEGIN SELECT RAISE(ABORT, 'award is append-only'); END;
CREATE TRIGGER `award_void_refuses_update` BEFORE UPDATE ON `award_void` WHEN NOT (NEW.reason IS '' AND NEW.school_id IS OLD.school_id AND NEW.award_id IS OLD.award_id AND NEW.class_id IS OLD.class_id AND NEW.voided_by IS OLD.voided_by AND NEW.voided_at IS OLD.voided_at AND NEW.seq IS OLD.seq AND EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = (SELECT student_id FROM award WHERE school_id = OLD.school_id AND id = OLD.award_id))) BEGIN SELECT RAISE(ABORT, 'award_void is append-only'); END;
CREATE TRIGGER `term_summary_refuses_delete` BEFORE DELETE ON `term_summary` WHEN NOT (EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = OLD.student_id)) BEGIN SELECT RAISE(ABORT, 'term_summary is append-only'); END;
CREATE TRIGGER `erasure_refuses_update` BEFORE UPDATE ON `erasure` BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;
CREATE TRIGGER `erasure_refuses_delete` BEFORE DELETE ON `erasure` BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END;
