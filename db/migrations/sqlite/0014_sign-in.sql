CREATE TABLE `sign_in_attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`provider_id` text NOT NULL,
	`state` text NOT NULL,
	`nonce` text NOT NULL,
	`code_verifier` text NOT NULL,
	`school_code` text,
	`place` text NOT NULL,
	`goes_to` text NOT NULL,
	`account_id` text,
	`issuer` text,
	`subject` text,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
CREATE INDEX `sign_in_attempt_expiry_idx` ON `sign_in_attempt` (`expires_at`);
CREATE TABLE `sign_in_link` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`provider_id` text NOT NULL,
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`shown_as` text NOT NULL,
	`state` text NOT NULL,
	`membership_id` text,
	`asked_at` integer NOT NULL,
	`decided_at` integer,
	`used_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`membership_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE UNIQUE INDEX `sign_in_link_identity_key` ON `sign_in_link` (`school_id`,`issuer`,`subject`);
CREATE INDEX `sign_in_link_subject_idx` ON `sign_in_link` (`subject`);
CREATE TABLE `sign_in_rule` (
	`school_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`way` text NOT NULL,
	`claim` text,
	`is_second_factor` integer NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `provider_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`decided_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
