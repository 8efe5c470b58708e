INSERT INTO "audit_entry" (school_id, seq, kind, at, membership_id, action, student_id, class_id, request_id, hash) SELECT school_id, row_number() OVER (PARTITION BY school_id ORDER BY at, id), 'read', at, membership_id, action, student_id, class_id, request_id, '' FROM "access_log";
DROP TRIGGER IF EXISTS "access_log_append_only" ON "access_log";
DROP POLICY IF EXISTS "access_log_school_only" ON "access_log";
DROP TABLE "access_log" CASCADE;
