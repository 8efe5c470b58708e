/**
 * For how long of a day a child looks at its own pages (Minor law 74, reg. 43).
 * Counts minutes in which its session read its record, and says no when its school's limit is reached. Keeps neither
 * what was read nor when, and never limits anybody but the child itself.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import { countViewedMinute, deleteViewingsBefore } from "@doudou/db/repositories/viewings.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Deps } from "../deps.ts";
import { Problem } from "../http/problem.ts";

const MINUTE_MS = 60_000;

/**
 * Counts the running minute for a child that looks at its own pages.
 * @throws Problem viewing-enough-today
 */
export type CountViewing = (schoolId: string, studentId: string) => Promise<void>;

/**
 * What counts viewings for one running server. A child's word of the running minute is remembered, so that a minute
 * costs one write however much is read in it; a changed limit holds from the next minute on.
 */
export function viewingsCounted(deps: Pick<Deps, "database" | "frames" | "now">): CountViewing {
  let minute = 0;
  const ofMinute = new Map<string, Promise<boolean>>();
  return async (schoolId, studentId) => {
    const running = Math.floor(deps.now().getTime() / MINUTE_MS) * MINUTE_MS;
    if (running !== minute) ofMinute.clear();
    minute = running;
    const child = `${schoolId} ${studentId}`;
    const isWithin = ofMinute.get(child) ?? isCounted(deps, schoolId, studentId, running);
    ofMinute.set(child, isWithin);
    try {
      if (await isWithin) return;
    } catch (failure) {
      // It was not counted: the next asking tries again.
      ofMinute.delete(child);
      throw failure;
    }
    throw new Problem("viewing-enough-today");
  };
}

/** Deletes, in every school, what was counted for days that are over. @returns how many days of children */
export async function forgetViewings(deps: Pick<Deps, "database" | "frames" | "now">): Promise<number> {
  let forgotten = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds)) {
    const { timeZone } = await deps.frames.of(schoolId);
    const today = localDayOf(deps.now().getTime(), timeZone);
    forgotten += await deps.database.write(schoolId, (store) => deleteViewingsBefore(store, schoolId, today));
  }
  return forgotten;
}

async function isCounted(
  { database, frames }: Pick<Deps, "database" | "frames">,
  schoolId: string,
  studentId: string,
  minute: number,
): Promise<boolean> {
  const { timeZone, viewMinutes: limit } = await frames.of(schoolId);
  if (limit === null) return true;
  const day = localDayOf(minute, timeZone);
  const viewed = { studentId, day, minute: new Date(minute), limit };
  return await database.write(schoolId, (store) => countViewedMinute(store, schoolId, viewed));
}
