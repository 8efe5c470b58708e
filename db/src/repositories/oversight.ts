/** The access log: only ever added to. */
import type { Store } from "../engines/database.ts";

export interface StaffRead {
  readonly id: string;
  readonly membershipId: string;
  readonly action: string;
  readonly studentId: string | null;
  readonly classId: string | null;
  readonly requestId: string;
  readonly at: Date;
}

/** Writes down that staff read a child's record, or a class's. */
export async function logStaffRead(store: Store, schoolId: string, read: StaffRead): Promise<void> {
  await store.db.insert(store.tables.accessLog).values({ schoolId, ...read });
}
