CREATE TABLE `reward` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`class_id` text,
	`title` text NOT NULL,
	`words` text NOT NULL,
	`icon` text NOT NULL,
	`kind` text NOT NULL,
	`price` integer NOT NULL,
	`stock_count` integer,
	`stock_per` text,
	`per_child` integer,
	`grade_from` integer NOT NULL,
	`grade_to` integer NOT NULL,
	`is_open` integer NOT NULL,
	`added_by` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`added_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reward_price_positive" CHECK("reward"."price" > 0)
) STRICT;
CREATE INDEX `reward_shelf_idx` ON `reward` (`school_id`,`class_id`);
CREATE TABLE `reward_balance` (
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`reserved` integer NOT NULL,
	`spent` integer NOT NULL,
	PRIMARY KEY(`school_id`, `student_id`, `academic_year_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reward_balance_never_negative" CHECK("reward_balance"."reserved" >= 0 and "reward_balance"."spent" >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE `reward_entry` (
	`school_id` text NOT NULL,
	`request_id` text NOT NULL,
	`state` text NOT NULL,
	`student_id` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`reserved` integer NOT NULL,
	`spent` integer NOT NULL,
	`moved_by` text,
	`moved_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `request_id`, `state`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`request_id`) REFERENCES `reward_request`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`moved_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `reward_request` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`reward_id` text NOT NULL,
	`student_id` text NOT NULL,
	`term_id` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`title` text NOT NULL,
	`price` integer NOT NULL,
	`day` text NOT NULL,
	`asked_at` integer NOT NULL,
	`state` text NOT NULL,
	`state_at` integer NOT NULL,
	`words` text,
	`objected_by` text,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`reward_id`) REFERENCES `reward`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`academic_year_id`) REFERENCES `academic_year`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`objected_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `reward_request_student_idx` ON `reward_request` (`school_id`,`student_id`,`asked_at`);
CREATE INDEX `reward_request_stock_idx` ON `reward_request` (`school_id`,`reward_id`,`day`);
CREATE INDEX `reward_request_state_idx` ON `reward_request` (`school_id`,`state`,`state_at`);
CREATE TABLE `reward_saving` (
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`reward_id` text NOT NULL,
	PRIMARY KEY(`school_id`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`reward_id`) REFERENCES `reward`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `reward_shop` (
	`school_id` text PRIMARY KEY NOT NULL,
	`is_on` integer NOT NULL,
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `reward_shopkeeper` (
	`school_id` text NOT NULL,
	`class_id` text NOT NULL,
	`week_starts_on` text NOT NULL,
	`student_id` text NOT NULL,
	PRIMARY KEY(`school_id`, `class_id`, `week_starts_on`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TRIGGER `reward_entry_refuses_update` BEFORE UPDATE ON `reward_entry` BEGIN SELECT RAISE(ABORT, 'reward_entry is append-only'); END;
CREATE TRIGGER `reward_entry_refuses_delete` BEFORE DELETE ON `reward_entry` BEGIN SELECT RAISE(ABORT, 'reward_entry is append-only'); END;
