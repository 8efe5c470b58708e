ALTER TABLE `scheme_dimension` ADD `colour` text;
