CREATE TABLE `guardian_contact` (
	`school_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`phone` text NOT NULL,
	PRIMARY KEY(`school_id`, `membership_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`membership_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `roster_import` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`file_name` text NOT NULL,
	`sent_sha256` text NOT NULL,
	`academic_year_id` text NOT NULL,
	`state` text NOT NULL,
	`has_rows` integer NOT NULL,
	`shape` text NOT NULL,
	`counts` text NOT NULL,
	`new_classes` text NOT NULL,
	`roster_sha256` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`applied_at` integer,
	`applied_by` text,
	`applies_from` text,
	`undone_at` integer,
	`undone_by` text,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`academic_year_id`) REFERENCES `academic_year`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`created_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `roster_import_created_idx` ON `roster_import` (`school_id`,`created_at`);
CREATE TABLE `roster_import_cells` (
	`school_id` text NOT NULL,
	`import_id` text NOT NULL,
	`row` integer NOT NULL,
	`cells` text NOT NULL,
	PRIMARY KEY(`school_id`, `import_id`, `row`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`import_id`) REFERENCES `roster_import`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `roster_import_row` (
	`school_id` text NOT NULL,
	`import_id` text NOT NULL,
	`position` integer NOT NULL,
	`outcome` text NOT NULL,
	`planned` text NOT NULL,
	`kept` text,
	PRIMARY KEY(`school_id`, `import_id`, `position`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`import_id`) REFERENCES `roster_import`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `roster_import_row_outcome_idx` ON `roster_import_row` (`school_id`,`import_id`,`outcome`,`position`);
CREATE TABLE `student_record` (
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`national_no` text,
	`sex` text,
	`born_on` text,
	PRIMARY KEY(`school_id`, `student_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE UNIQUE INDEX `student_record_national_no_key` ON `student_record` (`school_id`,`national_no`);
