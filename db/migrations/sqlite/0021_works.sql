CREATE TABLE `highlight` (
	`school_id` text NOT NULL,
	`student_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`place` integer NOT NULL,
	PRIMARY KEY(`school_id`, `student_id`, `kind`, `subject_id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
CREATE TABLE `honour` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`class_id` text NOT NULL,
	`term_id` text NOT NULL,
	`title` text NOT NULL,
	`level` text NOT NULL,
	`given_by` text NOT NULL,
	`day` text NOT NULL,
	`dimension` text NOT NULL,
	`maker_id` text NOT NULL,
	`added_at` integer NOT NULL,
	`state` text NOT NULL,
	`settled_by` text,
	`settled_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`maker_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`settled_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE INDEX `honour_student_idx` ON `honour` (`school_id`,`student_id`,`day`,`id`);
CREATE INDEX `honour_waiting_idx` ON `honour` (`school_id`,`class_id`,`state`,`added_at`);
CREATE TABLE `portfolio_file` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`uploader_id` text NOT NULL,
	`kind` text NOT NULL,
	`sent_sha256` text NOT NULL,
	`file_name` text NOT NULL,
	`small_file_name` text NOT NULL,
	`width` integer,
	`height` integer,
	`bytes` integer NOT NULL,
	`uploaded_at` integer NOT NULL,
	`work_id` text,
	`honour_id` text,
	`place` integer NOT NULL,
	`removed_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`uploader_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`work_id`) REFERENCES `work`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`honour_id`) REFERENCES `honour`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "portfolio_file_belongs_to_one" CHECK("portfolio_file"."work_id" is null or "portfolio_file"."honour_id" is null)
) STRICT;
CREATE INDEX `portfolio_file_work_idx` ON `portfolio_file` (`school_id`,`work_id`);
CREATE INDEX `portfolio_file_honour_idx` ON `portfolio_file` (`school_id`,`honour_id`);
CREATE INDEX `portfolio_file_student_idx` ON `portfolio_file` (`school_id`,`student_id`,`uploaded_at`);
CREATE INDEX `portfolio_file_name_idx` ON `portfolio_file` (`school_id`,`file_name`);
CREATE INDEX `portfolio_file_small_name_idx` ON `portfolio_file` (`school_id`,`small_file_name`);
CREATE TABLE `work` (
	`school_id` text NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`class_id` text NOT NULL,
	`term_id` text NOT NULL,
	`title` text NOT NULL,
	`dimension` text NOT NULL,
	`indicator_id` text,
	`reflection` text NOT NULL,
	`maker_id` text NOT NULL,
	`day` text NOT NULL,
	`added_at` integer NOT NULL,
	`word` text,
	`word_by` text,
	`word_at` integer,
	`hidden_at` integer,
	`hidden_by` text,
	`hidden_reason` text,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `school`(`school_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `student`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `school_class`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`term_id`) REFERENCES `term`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`indicator_id`) REFERENCES `indicator`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`maker_id`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`word_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`hidden_by`) REFERENCES `membership`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "work_is_hidden_with_a_reason" CHECK(("work"."hidden_at" is null) = ("work"."hidden_reason" is null) and ("work"."hidden_at" is null) = ("work"."hidden_by" is null))
) STRICT;
CREATE INDEX `work_student_idx` ON `work` (`school_id`,`student_id`,`added_at`,`id`);
CREATE INDEX `work_class_idx` ON `work` (`school_id`,`class_id`,`added_at`);
