CREATE TABLE `delivery` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`channel` text NOT NULL,
	`kind` text NOT NULL,
	`recipient_id` text,
	`happened_at` integer NOT NULL,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`recipient_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `delivery_recipient_idx` ON `delivery` (`school_id`,`recipient_id`);
CREATE INDEX `delivery_due_idx` ON `delivery` (`state`,`due_at`);
CREATE TABLE `inbox_notice` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`recipient_id` text NOT NULL,
	`event` text NOT NULL,
	`kind` text NOT NULL,
	`student_id` text,
	`class_id` text,
	`term_id` text NOT NULL,
	`happened_at` integer NOT NULL,
	`opened_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`recipient_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE UNIQUE INDEX `inbox_notice_event_key` ON `inbox_notice` (`school_id`,`recipient_id`,`event`);
CREATE INDEX `inbox_notice_latest_idx` ON `inbox_notice` (`school_id`,`recipient_id`,`happened_at`);
CREATE INDEX `inbox_notice_student_idx` ON `inbox_notice` (`school_id`,`student_id`);
CREATE TABLE `mail_address` (
	`school_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`address` text NOT NULL,
	`confirmed_at` integer,
	`is_on` integer NOT NULL,
	`code` text,
	`code_made_at` integer,
	`wrong_codes` integer NOT NULL,
	`codes` integer NOT NULL,
	`codes_since` integer NOT NULL,
	`stop_token` text NOT NULL,
	PRIMARY KEY(`school_id`, `membership_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`membership_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `summary_nudge` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`term_id` text NOT NULL,
	`student_id` text NOT NULL,
	`nudged_by` text NOT NULL,
	`nudged_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`nudged_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `summary_nudge_student_idx` ON `summary_nudge` (`school_id`,`student_id`,`term_id`);
