CREATE TABLE `transfer` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`state` text NOT NULL,
	`sent_sha256` text NOT NULL,
	`from_school` text NOT NULL,
	`key_id` text NOT NULL,
	`is_known_key` integer NOT NULL,
	`made_at` integer NOT NULL,
	`portfolio` text,
	`brought_by` text NOT NULL,
	`brought_at` integer NOT NULL,
	`answered_by` text,
	`answered_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`brought_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`answered_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "transfer_is_there_until_it_is_not" CHECK(("transfer"."portfolio" is not null) = ("transfer"."state" in ('waiting', 'taken')))
) STRICT;
CREATE INDEX `transfer_student_idx` ON `transfer` (`school_id`,`student_id`,`brought_at`);
CREATE INDEX `transfer_state_idx` ON `transfer` (`school_id`,`state`,`brought_at`);
CREATE TABLE `transfer_file` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`transfer_id` text NOT NULL,
	`student_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`file_name` text NOT NULL,
	`small_file_name` text NOT NULL,
	`width` integer,
	`height` integer,
	`bytes` integer NOT NULL,
	`kept_at` integer NOT NULL,
	`removed_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`transfer_id`) REFERENCES `transfer`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `transfer_file_transfer_idx` ON `transfer_file` (`school_id`,`transfer_id`);
CREATE INDEX `transfer_file_student_idx` ON `transfer_file` (`school_id`,`student_id`);
CREATE INDEX `transfer_file_name_idx` ON `transfer_file` (`school_id`,`file_name`);
CREATE INDEX `transfer_file_small_name_idx` ON `transfer_file` (`school_id`,`small_file_name`);
