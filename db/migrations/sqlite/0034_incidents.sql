CREATE TABLE `incident` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`is_drill` integer NOT NULL,
	`started_by` text NOT NULL,
	`started_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`started_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `incident_entry` (
	`school_id` text NOT NULL,
	`incident_id` text NOT NULL,
	`seq` integer NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`facts` text,
	`step` text,
	`outcome` text,
	`done_at` integer,
	`note` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `incident_id`, `seq`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`incident_id`) REFERENCES `incident`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`made_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE UNIQUE INDEX `incident_entry_id_key` ON `incident_entry` (`school_id`,`id`);
CREATE TRIGGER `incident_refuses_update` BEFORE UPDATE ON `incident` BEGIN SELECT RAISE(ABORT, 'incident is append-only'); END;
CREATE TRIGGER `incident_refuses_delete` BEFORE DELETE ON `incident` BEGIN SELECT RAISE(ABORT, 'incident is append-only'); END;
CREATE TRIGGER `incident_entry_refuses_update` BEFORE UPDATE ON `incident_entry` BEGIN SELECT RAISE(ABORT, 'incident_entry is append-only'); END;
CREATE TRIGGER `incident_entry_refuses_delete` BEFORE DELETE ON `incident_entry` BEGIN SELECT RAISE(ABORT, 'incident_entry is append-only'); END;
