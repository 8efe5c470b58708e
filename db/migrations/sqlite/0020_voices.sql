CREATE TABLE `voice` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`student_id` text NOT NULL,
	`from_id` text,
	`author_id` text,
	`class_id` text NOT NULL,
	`term_id` text NOT NULL,
	`round_id` text,
	`about` text NOT NULL,
	`level` integer,
	`observation_point_id` text,
	`starter` text,
	`words` text NOT NULL,
	`day` text NOT NULL,
	`guardian_may_see` integer NOT NULL,
	`state` text NOT NULL,
	`kept_back_for` text,
	`settled_by` text,
	`settled_at` integer,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`from_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`author_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`round_id`) REFERENCES `voice_round`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`observation_point_id`) REFERENCES `observation_point`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`settled_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "voice_has_no_bad_level" CHECK("voice"."level" is null or "voice"."level" between 1 and 3),
	CONSTRAINT "voice_of_self_is_about_self" CHECK("voice"."kind" <> 'self' or "voice"."from_id" = "voice"."student_id"),
	CONSTRAINT "voice_is_of_one" CHECK(("voice"."from_id" is null) <> ("voice"."author_id" is null)),
	CONSTRAINT "voice_of_peer_names_a_strength" CHECK("voice"."kind" <> 'peer' or "voice"."observation_point_id" is not null)
) STRICT;
CREATE UNIQUE INDEX `voice_once_a_round_key` ON `voice` (`school_id`,`round_id`,`from_id`,`student_id`,`about`);
CREATE INDEX `voice_child_idx` ON `voice` (`school_id`,`student_id`,`term_id`);
CREATE TABLE `voice_earlier` (
	`school_id` text NOT NULL,
	`voice_id` text NOT NULL,
	`until` integer NOT NULL,
	`words` text NOT NULL,
	PRIMARY KEY(`school_id`, `voice_id`, `until`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`voice_id`) REFERENCES `voice`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `voice_round` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`class_id` text NOT NULL,
	`term_id` text NOT NULL,
	`kind` text NOT NULL,
	`opens_on` text NOT NULL,
	`closes_on` text NOT NULL,
	`groups` text NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`opened_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `voice_round_class_idx` ON `voice_round` (`school_id`,`class_id`,`term_id`);
PRAGMA foreign_keys=OFF;
CREATE TABLE `__new_proposal` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`voice` text NOT NULL,
	`from_id` text NOT NULL,
	`guardian_id` text,
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
	FOREIGN KEY (`school_id`,`guardian_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`settled_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "proposal_of_self_is_about_self" CHECK(("__new_proposal"."voice" <> 'peer') = ("__new_proposal"."from_id" = "__new_proposal"."student_id")),
	CONSTRAINT "proposal_of_guardian_has_one" CHECK(("__new_proposal"."voice" = 'guardian') = ("__new_proposal"."guardian_id" is not null))
) STRICT;
INSERT INTO `__new_proposal`("school_id", "id", "voice", "from_id", "student_id", "class_id", "term_id", "observation_point_id", "text", "day", "told_at", "award_id", "state", "phrase", "settled_at", "settled_by") SELECT "school_id", "id", "voice", "from_id", "student_id", "class_id", "term_id", "observation_point_id", "text", "day", "told_at", "award_id", "state", "phrase", "settled_at", "settled_by" FROM `proposal`;
DROP TABLE `proposal`;
ALTER TABLE `__new_proposal` RENAME TO `proposal`;
PRAGMA foreign_keys=ON;
CREATE UNIQUE INDEX `proposal_award_idx` ON `proposal` (`school_id`,`award_id`);
CREATE INDEX `proposal_waiting_idx` ON `proposal` (`school_id`,`class_id`,`state`,`told_at`);
CREATE INDEX `proposal_teller_idx` ON `proposal` (`school_id`,`from_id`,`day`);
ALTER TABLE `school` ADD `peer_voices_show_names` integer DEFAULT true NOT NULL;
