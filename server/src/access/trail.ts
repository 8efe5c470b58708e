/**
 * What people leave behind in the audit log: who read a child's record, and who changed what. A change is noted in the
 * transaction that makes it: neither is ever there without the other.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { addAuditEntry } from "@doudou/db/repositories/oversight.ts";
import type { Grant } from "./caller.ts";
import type { Action } from "./permissions.ts";

interface Read {
  readonly action: Action;
  readonly at: Date;
  readonly studentId?: string | undefined;
  readonly classId?: string | undefined;
  /** The id of what was read or changed, where that is neither child nor class. */
  readonly subjectId?: string | undefined;
}

export interface Change extends Read {
  /** What stood before and what stands now; never a secret, and nothing that is to be forgotten sooner than the log. */
  readonly before?: object | null | undefined;
  readonly after?: object | null | undefined;
}

/** Writes down that staff read a child's record, or a class's; and by what leave, where they do not teach it. */
export async function noteRead(store: Store, by: Grant, read: Read): Promise<void> {
  const { access } = by;
  const under = access && {
    subjectId: access.id,
    detail: { before: null, after: { purpose: access.purpose, kind: access.kind } },
  };
  await addAuditEntry(store, by.schoolId, { kind: "read", ...facts(by, read), ...under });
}

/** Writes down a change. To be called last in the write that makes it: see `addAuditEntry`. */
export async function noteChange(
  store: Store,
  by: Grant,
  { before = null, after = null, ...change }: Change,
): Promise<void> {
  const detail = { before, after };
  await addAuditEntry(store, by.schoolId, { kind: "change", ...facts(by, change), detail });
}

function facts(
  { membershipId, origin }: Grant,
  { action, at, studentId, classId, subjectId }: Omit<Change, "before" | "after">,
) {
  const about = { studentId: studentId ?? null, classId: classId ?? null, subjectId: subjectId ?? null };
  return { at, membershipId, action, ...about, ...origin };
}
