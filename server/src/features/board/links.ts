/** Board links: made and ended by the teachers of a class, opened on a projector by token or by a short code. */
import { randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import {
  addBoardLink,
  boardLinkByCode,
  boardLinksOf,
  deleteBoardLinks,
  revokeBoardLink,
  takeBoardLink,
} from "@doudou/db/repositories/boards.ts";
import { namesOfMembers } from "@doudou/db/repositories/people.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import type {
  BoardLink,
  BoardLinks,
  NewBoardLink,
  OpenBoard,
  OpenedBoardLink,
} from "@doudou/shared/contract/board.ts";
import { BOARD_CODE_BYTES, boardCodeOf, readBoardCode } from "@doudou/shared/domain/board.ts";
import { addDays, localDayOf, startOfDay } from "@doudou/shared/domain/calendar.ts";
import { type BoardGrant, boardOf } from "../../access/board-links.ts";
import type { Grant } from "../../access/caller.ts";
import { newLinkToken } from "../../access/link-tokens.ts";
import { hashOfToken } from "../../access/sessions.ts";
import { noteOutcome, refuseIfThrottled } from "../../access/throttle.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

const LONGEST_MS = 12 * 3_600_000;
const CODE_MS = 10 * 60_000;
/** So long it can be asked who had opened a board. */
const KEPT_MS = 30 * 86_400_000;
/** One write of the clean-up; the next one lets others go first. */
const DELETED_AT_ONCE = 500;

/** Makes a link to a class's board. It ends with the school's day, and after half a day at the latest. */
export async function openBoardLink(
  deps: Deps,
  grant: Grant,
  classId: string,
  { way, showsNumbers }: NewBoardLink,
): Promise<OpenedBoardLink> {
  const { schoolId, membershipId } = grant;
  const now = deps.now();
  const { timeZone } = await deps.frames.of(schoolId);
  const midnight = startOfDay(addDays(localDayOf(now.getTime(), timeZone), 1), timeZone);
  const expiresAt = new Date(Math.min(now.getTime() + LONGEST_MS, midnight));
  const id = uuidv7();
  const token = way === "here" ? newLinkToken({ schoolId, linkId: id }) : null;
  const code = way === "code" ? boardCodeOf(randomBytes(BOARD_CODE_BYTES)) : null;
  const codeExpiresAt =
    code === null ? null : new Date(Math.min(now.getTime() + CODE_MS, expiresAt.getTime()));
  const link = { id, showsNumbers, createdAt: now, expiresAt };
  const by = await deps.database.write(schoolId, async (store) => {
    await addBoardLink(store, schoolId, {
      ...link,
      classId,
      tokenHash: token && hashOfToken(token),
      codeHash: code && hashOfToken(code),
      codeExpiresAt,
      createdBy: membershipId,
    });
    const change = { action: "board.open", at: now, classId, subjectId: id } as const;
    await noteChange(store, grant, {
      ...change,
      after: { way, showsNumbers, expiresAt: expiresAt.toISOString() },
    });
    return (await namesOfMembers(store, schoolId, [membershipId])).get(membershipId) ?? "";
  });
  return {
    link: shown({ ...link, by, isTaken: token !== null }),
    token,
    code: code && `${code.slice(0, 4)}-${code.slice(4)}`,
    codeExpiresAt: codeExpiresAt?.toISOString() ?? null,
  };
}

/** The links that open a class's board now, and those whose code waits to be typed. */
export async function openBoardLinks(deps: Deps, { schoolId }: Grant, classId: string): Promise<BoardLinks> {
  const now = deps.now();
  const rows = await deps.database.read(schoolId, (store) => boardLinksOf(store, schoolId, classId, now));
  return {
    links: rows
      .map(({ tokenHash, ...link }) => ({ ...link, isTaken: tokenHash !== null }))
      .filter(({ isTaken, codeExpiresAt }) => isTaken || (codeExpiresAt !== null && codeExpiresAt > now))
      .map(shown),
  };
}

/** Ends a link: every screen that shows its board goes dark at once. @throws Problem not-found */
export async function endBoardLink(
  deps: Deps,
  grant: Grant,
  of: { readonly classId: string; readonly id: string },
): Promise<void> {
  const { schoolId, membershipId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    if (!(await revokeBoardLink(store, schoolId, of, { membershipId, at }))) throw new Problem("not-found");
    await noteChange(store, grant, { action: "board.end", at, classId: of.classId, subjectId: of.id });
  });
}

/**
 * A projector opens a board.
 * @returns the token for its cookie, and what it opens
 * @throws Problem board-link-over, board-code-wrong, too-many-attempts
 */
export async function takeBoard(
  deps: Deps,
  opening: OpenBoard,
  address: string,
): Promise<{ readonly token: string; readonly board: BoardGrant }> {
  const token = "token" in opening ? opening.token : await tokenForCode(deps, opening.code, address);
  return { token, board: await boardOf(deps, token) };
}

/** Deletes, in every school, links that have been over for a month. @returns how many */
export async function deleteOldBoardLinks(deps: Deps): Promise<number> {
  const before = new Date(deps.now().getTime() - KEPT_MS);
  let deleted = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds)) {
    let some: number;
    do {
      some = await deps.database.write(schoolId, (store) =>
        deleteBoardLinks(store, schoolId, before, DELETED_AT_ONCE),
      );
      deleted += some;
    } while (some === DELETED_AT_ONCE);
  }
  return deleted;
}

async function tokenForCode(deps: Deps, typed: string, address: string): Promise<string> {
  const now = deps.now();
  const attempt = { of: "board", name: "code", address, now } as const;
  await refuseIfThrottled(deps.database, attempt);
  const code = readBoardCode(typed);
  const link =
    code === undefined
      ? undefined
      : await deps.database.read(EVERY_SCHOOL, (store) => boardLinkByCode(store, hashOfToken(code)));
  const isGood = link !== undefined && (link.codeExpiresAt ?? now) > now && link.expiresAt > now;
  await noteOutcome(deps.database, attempt, isGood);
  if (!link || !isGood) throw new Problem("board-code-wrong");
  const token = newLinkToken({ schoolId: link.schoolId, linkId: link.id });
  const isFirst = await deps.database.write(link.schoolId, (store) =>
    takeBoardLink(store, link.schoolId, link.id, hashOfToken(token)),
  );
  if (!isFirst) throw new Problem("board-code-wrong");
  return token;
}

function shown({
  id,
  showsNumbers,
  isTaken,
  by,
  createdAt,
  expiresAt,
}: Omit<BoardLink, "createdAt" | "expiresAt"> & { createdAt: Date; expiresAt: Date }): BoardLink {
  return {
    id,
    showsNumbers,
    isTaken,
    by,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
