CREATE TABLE `replaced_scheme` (
	`school_id` text NOT NULL,
	`term_id` text NOT NULL,
	`scheme_id` text NOT NULL,
	`replaced_on` text NOT NULL,
	PRIMARY KEY(`school_id`, `term_id`, `scheme_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`scheme_id`) REFERENCES `indicator_scheme`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `scheme_draft` (
	`school_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`started_from` text,
	`scheme` text NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_by` text NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`started_from`) REFERENCES `indicator_scheme`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`saved_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
ALTER TABLE `school` ADD `board_shows_numbers` integer DEFAULT true NOT NULL;
ALTER TABLE `indicator` ADD `origin` text DEFAULT 'core' NOT NULL;
ALTER TABLE `observation_point` ADD `origin` text DEFAULT 'core' NOT NULL;
ALTER TABLE `observation_point` ADD `icon` text;
ALTER TABLE `scheme_dimension` ADD `weight` integer DEFAULT 20 NOT NULL;
CREATE TRIGGER `indicator_refuses_update` BEFORE UPDATE ON `indicator` BEGIN SELECT RAISE(ABORT, 'indicator is append-only'); END;
CREATE TRIGGER `indicator_refuses_delete` BEFORE DELETE ON `indicator` BEGIN SELECT RAISE(ABORT, 'indicator is append-only'); END;
CREATE TRIGGER `indicator_scheme_refuses_update` BEFORE UPDATE ON `indicator_scheme` BEGIN SELECT RAISE(ABORT, 'indicator_scheme is append-only'); END;
CREATE TRIGGER `indicator_scheme_refuses_delete` BEFORE DELETE ON `indicator_scheme` BEGIN SELECT RAISE(ABORT, 'indicator_scheme is append-only'); END;
CREATE TRIGGER `observation_point_refuses_update` BEFORE UPDATE ON `observation_point` BEGIN SELECT RAISE(ABORT, 'observation_point is append-only'); END;
CREATE TRIGGER `observation_point_refuses_delete` BEFORE DELETE ON `observation_point` BEGIN SELECT RAISE(ABORT, 'observation_point is append-only'); END;
CREATE TRIGGER `scheme_dimension_refuses_update` BEFORE UPDATE ON `scheme_dimension` BEGIN SELECT RAISE(ABORT, 'scheme_dimension is append-only'); END;
CREATE TRIGGER `scheme_dimension_refuses_delete` BEFORE DELETE ON `scheme_dimension` BEGIN SELECT RAISE(ABORT, 'scheme_dimension is append-only'); END;
