DROP TRIGGER IF EXISTS `award_refuses_update`;
DROP TRIGGER IF EXISTS `award_void_refuses_update`;
CREATE TABLE `note_expiry` (
	`school_id` text PRIMARY KEY NOT NULL,
	`before_day` text NOT NULL,
	`done_before_day` text,
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action
) STRICT;
ALTER TABLE `school` ADD `note_months` integer DEFAULT 24;
CREATE TRIGGER `award_refuses_update` BEFORE UPDATE ON `award` WHEN NOT (NEW.note IS NULL AND NEW.school_id IS OLD.school_id AND NEW.id IS OLD.id AND NEW.student_id IS OLD.student_id AND NEW.class_id IS OLD.class_id AND NEW.term_id IS OLD.term_id AND NEW.observation_point_id IS OLD.observation_point_id AND NEW.dimension IS OLD.dimension AND NEW.points IS OLD.points AND NEW.beans IS OLD.beans AND NEW.recorder_id IS OLD.recorder_id AND NEW.day IS OLD.day AND NEW.occurred_at IS OLD.occurred_at AND NEW.recorded_at IS OLD.recorded_at AND NEW.seq IS OLD.seq AND (EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = OLD.student_id) OR EXISTS (SELECT 1 FROM note_expiry WHERE school_id = OLD.school_id AND before_day > OLD.day))) BEGIN SELECT RAISE(ABORT, 'award is append-only'); END;
CREATE TRIGGER `award_void_refuses_update` BEFORE UPDATE ON `award_void` WHEN NOT (NEW.reason IS '' AND NEW.school_id IS OLD.school_id AND NEW.award_id IS OLD.award_id AND NEW.class_id IS OLD.class_id AND NEW.voided_by IS OLD.voided_by AND NEW.voided_at IS OLD.voided_at AND NEW.seq IS OLD.seq AND (EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = (SELECT student_id FROM award WHERE school_id = OLD.school_id AND id = OLD.award_id)) OR EXISTS (SELECT 1 FROM note_expiry WHERE school_id = OLD.school_id AND before_day > (SELECT day FROM award WHERE school_id = OLD.school_id AND id = OLD.award_id)))) BEGIN SELECT RAISE(ABORT, 'award_void is append-only'); END;
