/** What guardians have agreed to. Reads only; a yes is written down in office.ts. */
import { and, eq, inArray } from "drizzle-orm";
import { isAgreedTo } from "@doudou/shared/domain/consent.ts";
import type { Store } from "../engines/database.ts";
import type { Tables } from "../schema/tables.ts";

/** The children, of those asked for, whose guardians agree to a purpose: their latest word counts. */
export async function agreedTo(
  store: Store,
  schoolId: string,
  purpose: Tables["consent"]["$inferSelect"]["purpose"],
  studentIds: readonly string[],
): Promise<Set<string>> {
  if (studentIds.length === 0) return new Set();
  const { consent: c } = store.tables;
  const rows = await store.db
    .select({ studentId: c.studentId, grantedAt: c.grantedAt, withdrawnAt: c.withdrawnAt })
    .from(c)
    .where(and(eq(c.schoolId, schoolId), inArray(c.studentId, [...studentIds]), eq(c.purpose, purpose)));
  const byStudent = Map.groupBy(rows, ({ studentId }) => studentId);
  return new Set([...byStudent].flatMap(([studentId, consents]) => (isAgreedTo(consents) ? studentId : [])));
}
