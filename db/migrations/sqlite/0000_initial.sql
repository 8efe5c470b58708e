CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`login` text NOT NULL,
	`password_hash` text,
	`display_name` text NOT NULL,
	`locale` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer
) STRICT;
CREATE UNIQUE INDEX `account_login_key` ON `account` (`login`);
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
CREATE INDEX `session_account_idx` ON `session` (`account_id`);
CREATE TABLE `sign_in_throttle` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`window_started_at` integer NOT NULL
) STRICT;
CREATE TABLE `academic_year` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `calendar_exception` (
	`school_id` text NOT NULL,
	`day` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`school_id`, `day`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `consent` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`guardian_membership_id` text NOT NULL,
	`purpose` text NOT NULL,
	`notice_version` text NOT NULL,
	`method` text NOT NULL,
	`granted_at` integer NOT NULL,
	`withdrawn_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`guardian_membership_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `consent_student_idx` ON `consent` (`school_id`,`student_id`,`purpose`);
CREATE TABLE `enrollment` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`class_id` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `enrollment_class_idx` ON `enrollment` (`school_id`,`class_id`,`student_id`);
CREATE INDEX `enrollment_student_idx` ON `enrollment` (`school_id`,`student_id`);
CREATE TABLE `guardianship` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`membership_id` text NOT NULL,
	`student_id` text NOT NULL,
	`relation` text NOT NULL,
	`verified_at` integer,
	`ended_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`membership_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `guardianship_member_idx` ON `guardianship` (`school_id`,`membership_id`);
CREATE INDEX `guardianship_student_idx` ON `guardianship` (`school_id`,`student_id`);
CREATE TABLE `membership` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`account_id` text,
	`role` text NOT NULL,
	`display_name` text NOT NULL,
	`student_id` text,
	`ended_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `membership_account_idx` ON `membership` (`account_id`);
CREATE TABLE `school` (
	`school_id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`time_zone` text NOT NULL,
	`locale` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
CREATE UNIQUE INDEX `school_code_key` ON `school` (`code`);
CREATE TABLE `school_class` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`grade` integer NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`academic_year_id`) REFERENCES `academic_year`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `student` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_no` text NOT NULL,
	`name` text NOT NULL,
	`pinyin` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE UNIQUE INDEX `student_no_key` ON `student` (`school_id`,`student_no`);
CREATE TABLE `subject` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`code` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE UNIQUE INDEX `subject_code_key` ON `subject` (`school_id`,`code`);
CREATE TABLE `teaching_assignment` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`membership_id` text NOT NULL,
	`class_id` text NOT NULL,
	`subject_id` text,
	`is_homeroom` integer NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`membership_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`subject_id`) REFERENCES `subject`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `teaching_assignment_member_idx` ON `teaching_assignment` (`school_id`,`membership_id`,`class_id`);
CREATE INDEX `teaching_assignment_class_idx` ON `teaching_assignment` (`school_id`,`class_id`);
CREATE TABLE `term` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`scheme_id` text,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`academic_year_id`) REFERENCES `academic_year`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `favourite_point` (
	`school_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`observation_point_id` text NOT NULL,
	PRIMARY KEY(`school_id`, `membership_id`, `observation_point_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`membership_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`observation_point_id`) REFERENCES `observation_point`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `indicator` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`scheme_id` text NOT NULL,
	`dimension` text NOT NULL,
	`code` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`scheme_id`) REFERENCES `indicator_scheme`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE UNIQUE INDEX `indicator_code_key` ON `indicator` (`school_id`,`scheme_id`,`code`);
CREATE TABLE `indicator_scheme` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`version` integer NOT NULL,
	`status` text NOT NULL,
	`published_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`academic_year_id`) REFERENCES `academic_year`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE UNIQUE INDEX `indicator_scheme_version_key` ON `indicator_scheme` (`school_id`,`academic_year_id`,`version`);
CREATE TABLE `observation_point` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`scheme_id` text NOT NULL,
	`indicator_id` text NOT NULL,
	`dimension` text NOT NULL,
	`code` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`kind` text NOT NULL,
	`beans` integer NOT NULL,
	`min_beans` integer NOT NULL,
	`max_beans` integer NOT NULL,
	`weekly_cap` integer NOT NULL,
	`givers` text NOT NULL,
	`grade_from` integer NOT NULL,
	`grade_to` integer NOT NULL,
	`subject_codes` text NOT NULL,
	`evidence` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`scheme_id`) REFERENCES `indicator_scheme`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`indicator_id`) REFERENCES `indicator`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE UNIQUE INDEX `observation_point_code_key` ON `observation_point` (`school_id`,`scheme_id`,`code`);
CREATE TABLE `scheme_dimension` (
	`school_id` text NOT NULL,
	`scheme_id` text NOT NULL,
	`dimension` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`thresholds` text NOT NULL,
	PRIMARY KEY(`school_id`, `scheme_id`, `dimension`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`scheme_id`) REFERENCES `indicator_scheme`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `award` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`class_id` text NOT NULL,
	`term_id` text NOT NULL,
	`observation_point_id` text NOT NULL,
	`dimension` text NOT NULL,
	`points` integer NOT NULL,
	`beans` integer NOT NULL,
	`note` text,
	`recorder_id` text NOT NULL,
	`day` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`observation_point_id`) REFERENCES `observation_point`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`recorder_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "award_points_never_negative" CHECK("award"."points" >= 0 and "award"."beans" >= 0 and "award"."beans" <= "award"."points")
) STRICT;
CREATE INDEX `award_student_idx` ON `award` (`school_id`,`student_id`,`occurred_at`,`id`,`observation_point_id`);
CREATE UNIQUE INDEX `award_class_seq_idx` ON `award` (`school_id`,`class_id`,`seq`);
CREATE TABLE `award_void` (
	`school_id` text NOT NULL,
	`award_id` text NOT NULL,
	`class_id` text NOT NULL,
	`voided_by` text NOT NULL,
	`reason` text NOT NULL,
	`voided_at` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`school_id`, `award_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`award_id`) REFERENCES `award`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`voided_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE UNIQUE INDEX `award_void_class_seq_idx` ON `award_void` (`school_id`,`class_id`,`seq`);
CREATE TABLE `day_tally` (
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`day` text NOT NULL,
	`dimension` text NOT NULL,
	`count` integer NOT NULL,
	`beans` integer NOT NULL,
	PRIMARY KEY(`school_id`, `student_id`, `day`, `dimension`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "day_tally_never_negative" CHECK("day_tally"."count" >= 0 and "day_tally"."beans" >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE `tally` (
	`school_id` text NOT NULL,
	`term_id` text NOT NULL,
	`student_id` text NOT NULL,
	`observation_point_id` text NOT NULL,
	`recorder_id` text NOT NULL,
	`dimension` text NOT NULL,
	`count` integer NOT NULL,
	`beans` integer NOT NULL,
	PRIMARY KEY(`school_id`, `term_id`, `student_id`, `observation_point_id`, `recorder_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tally_never_negative" CHECK("tally"."count" >= 0 and "tally"."beans" >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE `summary_draft` (
	`school_id` text NOT NULL,
	`term_id` text NOT NULL,
	`student_id` text NOT NULL,
	`comment` text NOT NULL,
	`version` integer NOT NULL,
	`saved_by` text NOT NULL,
	`saved_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `term_id`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`saved_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `term_summary` (
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`term_id` text NOT NULL,
	`revision` integer NOT NULL,
	`snapshot` text NOT NULL,
	`sha256` text NOT NULL,
	`verification_code` text NOT NULL,
	`published_by` text NOT NULL,
	`published_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `student_id`, `term_id`, `revision`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`published_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `term_summary_term_idx` ON `term_summary` (`school_id`,`term_id`);
CREATE UNIQUE INDEX `term_summary_code_key` ON `term_summary` (`school_id`,`verification_code`);
CREATE TABLE `access_log` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`membership_id` text NOT NULL,
	`action` text NOT NULL,
	`student_id` text,
	`class_id` text,
	`request_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`membership_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `access_log_student_idx` ON `access_log` (`school_id`,`student_id`,`at`);
CREATE TRIGGER `award_refuses_update` BEFORE UPDATE ON `award` BEGIN SELECT RAISE(ABORT, 'award is append-only'); END;
CREATE TRIGGER `award_refuses_delete` BEFORE DELETE ON `award` BEGIN SELECT RAISE(ABORT, 'award is append-only'); END;
CREATE TRIGGER `award_void_refuses_update` BEFORE UPDATE ON `award_void` BEGIN SELECT RAISE(ABORT, 'award_void is append-only'); END;
CREATE TRIGGER `award_void_refuses_delete` BEFORE DELETE ON `award_void` BEGIN SELECT RAISE(ABORT, 'award_void is append-only'); END;
CREATE TRIGGER `term_summary_refuses_update` BEFORE UPDATE ON `term_summary` BEGIN SELECT RAISE(ABORT, 'term_summary is append-only'); END;
CREATE TRIGGER `term_summary_refuses_delete` BEFORE DELETE ON `term_summary` BEGIN SELECT RAISE(ABORT, 'term_summary is append-only'); END;
CREATE TRIGGER `access_log_refuses_update` BEFORE UPDATE ON `access_log` BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;
CREATE TRIGGER `access_log_refuses_delete` BEFORE DELETE ON `access_log` BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;
