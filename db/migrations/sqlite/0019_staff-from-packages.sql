CREATE TABLE `passkey` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
CREATE INDEX `passkey_account_idx` ON `passkey` (`account_id`);
CREATE TABLE `passkey_challenge` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text,
	`origin` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
CREATE INDEX `passkey_challenge_expiry_idx` ON `passkey_challenge` (`expires_at`);
CREATE TABLE `roster_import_staff` (
	`school_id` text NOT NULL,
	`import_id` text NOT NULL,
	`position` integer NOT NULL,
	`entry` text NOT NULL,
	`choice` text,
	`planned` text NOT NULL,
	`kept` text,
	PRIMARY KEY(`school_id`, `import_id`, `position`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`import_id`) REFERENCES `roster_import`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `staff_record` (
	`school_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`staff_no` text NOT NULL,
	PRIMARY KEY(`school_id`, `membership_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`membership_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE UNIQUE INDEX `staff_record_no_key` ON `staff_record` (`school_id`,`staff_no`);
