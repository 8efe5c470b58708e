CREATE TABLE `tile_set` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`membership_id` text NOT NULL,
	`name` text NOT NULL,
	`subject_code` text,
	`point_codes` text NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`membership_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `tile_set_member_idx` ON `tile_set` (`school_id`,`membership_id`);
CREATE TABLE `board_link` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`class_id` text NOT NULL,
	`token_hash` text,
	`code_hash` text,
	`code_expires_at` integer,
	`shows_numbers` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	`revoked_by` text,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`created_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`revoked_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "board_link_opens" CHECK("board_link"."token_hash" is not null or "board_link"."code_hash" is not null)
) STRICT;
CREATE INDEX `board_link_class_idx` ON `board_link` (`school_id`,`class_id`,`expires_at`);
CREATE INDEX `board_link_code_idx` ON `board_link` (`code_hash`);
CREATE TABLE `class_goal` (
	`school_id` text NOT NULL,
	`class_id` text NOT NULL,
	`week_starts_on` text NOT NULL,
	`text` text NOT NULL,
	`dimension` text,
	`target` integer NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `class_id`, `week_starts_on`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`set_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "class_goal_is_some" CHECK("class_goal"."target" > 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE `absence` (
	`school_id` text NOT NULL,
	`class_id` text NOT NULL,
	`day` text NOT NULL,
	`student_id` text NOT NULL,
	`is_absent` integer NOT NULL,
	`marked_at` integer NOT NULL,
	`marked_by` text NOT NULL,
	PRIMARY KEY(`school_id`, `class_id`, `day`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`marked_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `seating_plan` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`class_id` text NOT NULL,
	`subject_id` text,
	`name` text NOT NULL,
	`arrangement` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`subject_id`) REFERENCES `subject`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`changed_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `seating_plan_class_idx` ON `seating_plan` (`school_id`,`class_id`);
CREATE TABLE `group_set` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`class_id` text NOT NULL,
	`name` text NOT NULL,
	`groups` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`changed_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `group_set_class_idx` ON `group_set` (`school_id`,`class_id`);
CREATE TABLE `kept_apart` (
	`school_id` text NOT NULL,
	`class_id` text NOT NULL,
	`student_id` text NOT NULL,
	`other_student_id` text NOT NULL,
	`added_by` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `class_id`, `student_id`, `other_student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`other_student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`added_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "kept_apart_each_pair_once" CHECK("kept_apart"."student_id" < "kept_apart"."other_student_id")
) STRICT, WITHOUT ROWID;
CREATE TABLE `proposal` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`voice` text NOT NULL,
	`from_id` text NOT NULL,
	`student_id` text NOT NULL,
	`class_id` text NOT NULL,
	`term_id` text NOT NULL,
	`observation_point_id` text NOT NULL,
	`text` text NOT NULL,
	`day` text NOT NULL,
	`told_at` integer NOT NULL,
	`award_id` text NOT NULL,
	`state` text NOT NULL,
	`phrase` text,
	`settled_at` integer,
	`settled_by` text,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`from_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`observation_point_id`) REFERENCES `observation_point`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`settled_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "proposal_of_self_is_about_self" CHECK(("proposal"."voice" = 'self') = ("proposal"."from_id" = "proposal"."student_id"))
) STRICT;
CREATE UNIQUE INDEX `proposal_award_idx` ON `proposal` (`school_id`,`award_id`);
CREATE INDEX `proposal_waiting_idx` ON `proposal` (`school_id`,`class_id`,`state`,`told_at`);
CREATE INDEX `proposal_teller_idx` ON `proposal` (`school_id`,`from_id`,`day`);
ALTER TABLE `session` ADD `locked_at` integer;
