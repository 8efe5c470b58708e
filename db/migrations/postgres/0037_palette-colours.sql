ALTER TABLE "scheme_dimension" ADD COLUMN "colour" text COLLATE "C";
