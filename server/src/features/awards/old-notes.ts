/** Lets the notes of old awards go, in every school by its own months. Never touches what was given. */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import {
  beginNoteExpiry,
  childrenAfter,
  endNoteExpiry,
  expireNotes,
} from "@doudou/db/repositories/note-expiry.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { notesGoBefore } from "@doudou/shared/domain/note-keeping.ts";
import type { Deps } from "../../deps.ts";

/** Children whose awards are gone through in one write: some thousands of rows, so that nobody's tap waits for long. */
const CHILDREN_AT_ONCE = 10;

/**
 * Takes out the notes whose time is over. What was begun and not ended, as when the server stopped, is begun again.
 * @returns of how many awards and voids
 */
export async function expireOldNotes(deps: Pick<Deps, "database" | "frames" | "now">): Promise<number> {
  let expired = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds)) {
    const { timeZone, noteMonths } = await deps.frames.of(schoolId);
    if (noteMonths === null) continue;
    const beforeDay = notesGoBefore(localDayOf(deps.now().getTime(), timeZone), noteMonths);
    expired += await expireIn(deps.database, schoolId, beforeDay);
  }
  return expired;
}

async function expireIn(database: Deps["database"], schoolId: string, beforeDay: string): Promise<number> {
  if (!(await database.write(schoolId, (store) => beginNoteExpiry(store, schoolId, beforeDay)))) return 0;
  const childrenFrom = (last: string) =>
    database.read(schoolId, (store) => childrenAfter(store, schoolId, last, CHILDREN_AT_ONCE));
  let expired = 0;
  let studentIds = await childrenFrom("");
  while (studentIds.length > 0) {
    const some = { studentIds, beforeDay };
    expired += await database.write(schoolId, (store) => expireNotes(store, schoolId, some));
    studentIds = await childrenFrom(studentIds.at(-1) ?? "");
  }
  await database.write(schoolId, (store) => endNoteExpiry(store, schoolId, beforeDay));
  return expired;
}
