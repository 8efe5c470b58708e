/**
 * Which reading of a child's file by staff is an opening of its own, and belongs into the audit log. A film is asked for
 * part by part: parts that go on with an opening in the log are one reading with it. No part is let pass without one.
 */
import { type Grant, isOfStaff } from "../../access/caller.ts";
import { noteRead } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";

const GOES_ON_MS = 3_600_000;
/** Of more openings than these the oldest is forgotten, and its next part noted as an opening. */
const MOST_REMEMBERED = 1_000;
/** One part, that begins after the beginning. Of a list of parts any may hold it. */
const LATER_PART = /^bytes=0*[1-9]\d*-\d*$/;

interface FileReading {
  readonly studentId: string;
  readonly fileId: string;
  /** The header `Range`; undefined where the whole is asked for. */
  readonly range: string | undefined;
}

/** Notes that staff opened a file, before any of it is sent; of a family it notes nothing. */
export type NoteOpening = (grant: Grant, reading: FileReading) => Promise<void>;

/** What notes openings for one running server. */
export function openingsNoted({ database, now }: Pick<Deps, "database" | "now">): NoteOpening {
  const openedAt = new Map<string, number>();
  return async (grant, { studentId, fileId, range }) => {
    if (!isOfStaff(grant)) return;
    const at = now();
    const opening = `${grant.membershipId} ${fileId}`;
    const last = openedAt.get(opening) ?? -Infinity;
    const goesOn = at.getTime() - last < GOES_ON_MS;
    if (goesOn && range !== undefined && LATER_PART.test(range)) return;
    await database.write(grant.schoolId, (store) =>
      noteRead(store, grant, { action: "portfolio-file.read", at, studentId, subjectId: fileId }),
    );
    openedAt.delete(opening);
    openedAt.set(opening, at.getTime());
    const [oldest] = openedAt.keys();
    if (openedAt.size > MOST_REMEMBERED && oldest !== undefined) openedAt.delete(oldest);
  };
}
