ALTER TABLE `teaching_assignment` ADD `stands_in_for_id` text;
