CREATE TABLE `student_card` (
	`account_id` text PRIMARY KEY NOT NULL,
	`code_hash` text NOT NULL,
	`pin_kind` text,
	`pin_hash` text,
	`issued_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
CREATE UNIQUE INDEX `student_card_code_key` ON `student_card` (`code_hash`);
CREATE TABLE `tablet_pin` (
	`tablet_id` text NOT NULL,
	`account_id` text NOT NULL,
	`pin_hash` text NOT NULL,
	`tries` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tablet_id`, `account_id`),
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
CREATE INDEX `tablet_pin_account_idx` ON `tablet_pin` (`account_id`);
ALTER TABLE `session` ADD `place` text DEFAULT 'own-device' NOT NULL;
ALTER TABLE `session` ADD `open_until` integer;
