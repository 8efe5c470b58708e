CREATE INDEX "membership_student_idx" ON "membership" USING btree ("school_id","student_id");
CREATE INDEX "term_summary_paper_due_latest_idx" ON "term_summary_paper_due" USING btree ("term_id");
