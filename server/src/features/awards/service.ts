/**
 * Recording, voiding and looking back at awards. One bad row never sinks the others: each gets its own answer.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import {
  type AcceptedAward,
  awardsByIds,
  type LedgerAward,
  ledgerLock,
  recordAwards as recordInLedger,
  recordedAlready,
  type RecordOutcome,
  voidAwards as voidInLedger,
} from "@doudou/db/repositories/awards.ts";
import { evidenceOfAwards, type Picture } from "@doudou/db/repositories/evidence.ts";
import { thankersOf } from "@doudou/db/repositories/proposals.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import {
  latestOfClass,
  type LedgerLine,
  linesOf,
  timelineOf,
  voidersOf,
} from "@doudou/db/repositories/ledger.ts";
import {
  assignmentsOf,
  type Enrolled,
  enrollmentsOf,
  namesOfMembers,
} from "@doudou/db/repositories/people.ts";
import {
  AwardInput,
  type AwardResult,
  type LedgerEntry,
  type TimelineQuery,
  type LedgerPage,
  type VoidAwards,
  type VoidResult,
} from "@doudou/shared/contract/awards.ts";
import { addDays, localDayOf, startOfDay } from "@doudou/shared/domain/calendar.ts";
import type { ProposalVoice } from "@doudou/shared/domain/proposals.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import { type Caller, covers, type Grant, grantsInSchools, teaching } from "../../access/caller.ts";
import { isGranted, isWithinReach, type Standing } from "../../access/permissions.ts";
import type { Deps } from "../../deps.ts";
import type { ProblemCode } from "../../http/problem-codes.ts";
import { type FieldError, Problem, problemBody } from "../../http/problem.ts";
import { shapeOf } from "../../http/schemas.ts";
import { termById } from "../schools/service.ts";
import { moveQuests } from "../badges/service.ts";
import { acceptAward, sentAward } from "./rules.ts";

const VOID_WINDOW_MS = 7 * 86_400_000;
/** On a tablet that anybody may have picked up: as long as a PIN would have opened it. */
export const CONFINED_VOID_WINDOW_MS = 10 * 60_000;
const PAGE_SIZE = 30;
const awardShape = shapeOf(AwardInput);

/**
 * Records awards sent by one teacher.
 * @param rows 1–500 rows as they came in; a row that is not even an award is answered `rejected`
 * @returns one result per row, in order
 */
export async function recordAwards(
  deps: Deps,
  caller: Caller,
  rows: readonly unknown[],
  locale: Locale,
): Promise<AwardResult[]> {
  const results = new Array<AwardResult>(rows.length);
  const shaped: { readonly index: number; readonly input: AwardInput }[] = [];
  rows.forEach((row, index) => {
    if (awardShape.matches(row)) shaped.push({ index, input: row });
    else results[index] = rejected(idOf(row), "award-malformed", locale, shapeErrors(row, index));
  });

  let left = shaped;
  for (const grant of grantsInSchools(caller).filter((g) => isGranted("award.record", g.standings))) {
    if (left.length === 0) break;
    left = await recordInSchool(deps, grant, left, locale, results);
  }
  for (const { index, input } of left) results[index] = rejected(input.id, "student-not-found", locale);
  return results;
}

interface ShapedRow {
  readonly index: number;
  readonly input: AwardInput;
}

/**
 * Fills in the results of the rows whose student this school has. What a rule refuses may have been recorded before, when
 * it was not refused yet, and the answer lost: then it is a repeat. Only the awarder hears so.
 * @returns the other rows
 */
async function recordInSchool(
  deps: Deps,
  grant: Grant,
  rows: readonly ShapedRow[],
  locale: Locale,
  results: AwardResult[],
): Promise<ShapedRow[]> {
  const { schoolId, membershipId } = grant;
  const now = deps.now();
  const frame = await deps.frames.of(schoolId);
  const studentIds = [...new Set(rows.map((row) => row.input.studentId))];
  const assignments = await deps.database.recall(schoolId, `assignments ${membershipId}`, (store) =>
    assignmentsOf(store, schoolId, membershipId),
  );
  const enrollments = await deps.database.recall(
    schoolId,
    `enrollments ${studentIds.join(" ")}`,
    async (store) =>
      Map.groupBy(await enrollmentsOf(store, schoolId, studentIds), (e: Enrolled) => e.studentId),
  );

  const elsewhere: ShapedRow[] = [];
  const accepted: { readonly index: number; readonly award: AcceptedAward }[] = [];
  const refused: { readonly row: ShapedRow; readonly code: ProblemCode }[] = [];
  for (const row of rows) {
    const ofStudent = enrollments.get(row.input.studentId);
    if (!ofStudent) {
      elsewhere.push(row);
      continue;
    }
    const award = acceptAward(row.input, {
      frame,
      recorderId: membershipId,
      assignments,
      enrollments: ofStudent,
      now,
    });
    if (typeof award === "string") refused.push({ row, code: award });
    else accepted.push({ index: row.index, award });
  }
  if (accepted.length > 0) {
    const awards = accepted.map(({ award }) => award);
    const outcomes = await deps.database.write(schoolId, (store) => land(store, frame, awards, now));
    accepted.forEach(({ index, award }, i) => {
      const outcome = outcomes[i];
      if (outcome) results[index] = resultOf(award.id, outcome, locale);
    });
  }
  if (refused.length > 0) {
    const sent = refused.map(({ row }) => sentAward(row.input, { frame, recorderId: membershipId }));
    const repeats = await deps.database.write(schoolId, async (store) => {
      // One that is landing in another request is waited for.
      await store.lock(new Set(sent.map(({ studentId }) => ledgerLock(schoolId, studentId))));
      return await recordedAlready(store, schoolId, sent);
    });
    refused.forEach(({ row, code }, i) => {
      const { id } = row.input;
      const repeat = repeats[i];
      results[row.index] = repeat ? resultOf(id, repeat, locale) : rejected(id, code, locale);
    });
  }
  return elsewhere;
}

/** Records awards, and moves what children strive for, in one. */
async function land(
  store: Store,
  frame: SchoolFrame,
  awards: readonly AcceptedAward[],
  at: Date,
): Promise<RecordOutcome[]> {
  const outcomes = await recordInLedger(store, frame.schoolId, awards, at);
  const recorded = awards.filter((_, i) => outcomes[i]?.status === "recorded");
  await moveQuests(store, frame, { awards: recorded, by: 1, at });
  return outcomes;
}

/** Voids awards, and moves back what children strive for, in one. */
export async function takeOut(
  store: Store,
  frame: SchoolFrame,
  awards: readonly LedgerAward[],
  by: Parameters<typeof voidInLedger>[3],
): Promise<("voided" | "duplicate")[]> {
  const outcomes = await voidInLedger(store, frame.schoolId, awards, by);
  const voided = awards.filter((_, i) => outcomes[i] === "voided");
  await moveQuests(store, frame, { awards: voided, by: -1, at: by.at });
  return outcomes;
}

/** What a child told and its teacher says yes to, under the award id fixed when it was told. */
export interface ProposedAward {
  readonly id: string;
  readonly voice: ProposalVoice;
  readonly studentId: string;
  readonly observationPointId: string;
  readonly note: string;
  readonly toldAt: Date;
}

/**
 * Records what children told as awards of the teacher who says yes, inside the caller's write. They happened when they
 * were told. Every rule of an award holds, with the child as the giver.
 * @returns by award id, what it gave or why it cannot be
 */
export async function recordProposed(
  store: Store,
  { schoolId, membershipId }: Grant,
  proposed: readonly ProposedAward[],
  { frame, now }: { readonly frame: SchoolFrame; readonly now: Date },
): Promise<Map<string, { readonly beans: number; readonly isCapped: boolean } | ProblemCode>> {
  const results = new Map<string, { readonly beans: number; readonly isCapped: boolean } | ProblemCode>();
  if (proposed.length === 0) return results;
  const assignments = await assignmentsOf(store, schoolId, membershipId);
  const studentIds = [...new Set(proposed.map(({ studentId }) => studentId))];
  const enrollments = await enrollmentsOf(store, schoolId, studentIds);
  const accepted: AcceptedAward[] = [];
  for (const { voice, toldAt, ...told } of proposed) {
    const { id, studentId, observationPointId, note } = told;
    const award = acceptAward(
      { id, studentId, observationPointId, note, occurredAt: toldAt.toISOString() },
      {
        frame,
        recorderId: membershipId,
        assignments,
        enrollments: enrollments.filter((enrolled) => enrolled.studentId === studentId),
        now,
        toldAs: voice,
      },
    );
    if (typeof award === "string") results.set(id, award);
    else accepted.push(award);
  }
  const outcomes = accepted.length > 0 ? await land(store, frame, accepted, now) : [];
  accepted.forEach(({ id }, i) => {
    const outcome = outcomes[i];
    if (outcome === undefined || outcome.status === "conflict") results.set(id, "award-id-conflict");
    else if (outcome.status === "refused") results.set(id, outcome.obstacle);
    else results.set(id, { beans: outcome.beans, isCapped: outcome.isCapped });
  });
  return results;
}

function resultOf(id: string, outcome: RecordOutcome, locale: Locale): AwardResult {
  if (outcome.status === "conflict") return rejected(id, "award-id-conflict", locale);
  if (outcome.status === "refused") return rejected(id, outcome.obstacle, locale);
  return { id, status: outcome.status, beans: outcome.beans, isCapped: outcome.isCapped };
}

function rejected(
  id: string,
  code: ProblemCode,
  locale: Locale,
  errors: readonly FieldError[] = [],
): AwardResult {
  return { id, status: "rejected", problem: problemBody(new Problem(code, { errors }), locale) };
}

function idOf(row: unknown): string {
  return typeof row === "object" && row !== null && "id" in row && typeof row.id === "string" ? row.id : "";
}

function shapeErrors(row: unknown, index: number): FieldError[] {
  return awardShape
    .faultsOf(row)
    .slice(0, 5)
    .map(({ instancePath, message = "" }) => ({ path: `/awards/${index}${instancePath}`, message }));
}

/**
 * Voids awards for one reason.
 * The awarder may within 7 days of recording; the homeroom teacher and school administrators at any time. On a confined
 * tablet, the awarder within minutes.
 * @returns one result per id, in order; voiding twice answers `duplicate`, to who gave or voided it also when it is too
 * late to void
 */
export async function voidAwards(
  deps: Deps,
  caller: Caller,
  { ids, reason }: VoidAwards,
  locale: Locale,
): Promise<VoidResult[]> {
  const results = new Map<string, VoidResult>();
  const now = deps.now();
  for (const grant of grantsInSchools(caller).filter((g) => isGranted("award.void", g.standings))) {
    const { schoolId, membershipId } = grant;
    const { found, assignments, enrollments } = await deps.database.read(schoolId, async (store) => {
      const awards = await awardsByIds(store, schoolId, ids);
      return {
        found: awards,
        assignments: await assignmentsOf(store, schoolId, membershipId),
        enrollments: await enrollmentsOf(store, schoolId, [
          ...new Set(awards.map((award) => award.studentId)),
        ]),
      };
    });
    const frame = await deps.frames.of(schoolId);
    const today = localDayOf(now.getTime(), frame.timeZone);
    const allowed: LedgerAward[] = [];
    const refused: { readonly award: LedgerAward; readonly refusal: ProblemCode }[] = [];
    for (const award of found) {
      const known = results.get(award.id);
      if (known && known.status !== "rejected") continue;
      const currentClass = enrollments.find((e) => e.studentId === award.studentId && covers(e, today))?.class
        .id;
      const standings = new Set<Standing>(grant.standings);
      for (const classId of new Set([award.classId, currentClass])) {
        if (classId !== undefined)
          for (const standing of teaching(assignments, classId, today)) standings.add(standing);
      }
      if (award.recorderId === membershipId) standings.add("teacher:awarder");
      const refusal = refusalToVoid(award, { standings, isConfined: caller.isConfined }, now);
      if (refusal) refused.push({ award, refusal });
      else allowed.push(award);
    }
    if (allowed.length > 0) {
      const outcomes = await deps.database.write(schoolId, (store) =>
        takeOut(store, frame, allowed, { membershipId, reason, at: now }),
      );
      allowed.forEach(({ id }, i) => results.set(id, { id, status: outcomes[i] ?? "duplicate" }));
    }
    if (refused.length > 0) {
      const refusedIds = refused.map(({ award }) => award.id);
      const voidedBy = await deps.database.read(schoolId, (store) => voidersOf(store, schoolId, refusedIds));
      for (const { award, refusal } of refused) {
        const { id } = award;
        // Sent again after a lost answer. Who neither gave nor voided it is told nothing of it.
        const isAgain = voidedBy.has(id) && [award.recorderId, voidedBy.get(id)].includes(membershipId);
        results.set(
          id,
          isAgain
            ? { id, status: "duplicate" }
            : { id, status: "rejected", problem: problemBody(new Problem(refusal), locale) },
        );
      }
    }
  }
  return ids.map((id, index) => {
    const result = results.get(id);
    if (!result)
      return { id, status: "rejected", problem: problemBody(new Problem("award-not-found"), locale) };
    const isAgain = result.status === "voided" && ids.indexOf(id) < index;
    return isAgain ? { id, status: "duplicate" } : result;
  });
}

function refusalToVoid(
  award: Pick<LedgerAward, "recordedAt">,
  { standings, isConfined }: Pick<Grant, "standings" | "isConfined">,
  now: Date,
): ProblemCode | undefined {
  const age = now.getTime() - award.recordedAt.getTime();
  const isOwn = isGranted("award.void-own", standings);
  const mayVoidOwn = isOwn && age <= VOID_WINDOW_MS;
  const mayVoidAny = isGranted("award.void-any", standings);
  if (mayVoidAny && isWithinReach("award.void-any", isConfined)) return undefined;
  if (mayVoidOwn && (!isConfined || age <= CONFINED_VOID_WINDOW_MS)) return undefined;
  if (mayVoidAny || mayVoidOwn) return "session-confined";
  return isOwn ? "void-window-over" : "void-not-allowed";
}

/**
 * A page of a student's ledger, newest first, or of the part of it that is asked for. Staff also see what was voided, by
 * whom and why.
 * @throws Problem term-not-found, invalid-input
 */
export async function timeline(
  deps: Deps,
  grant: Grant,
  studentId: string,
  { cursor, termId, ...asked }: TimelineQuery,
): Promise<LedgerPage> {
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const span = termId === undefined ? undefined : await spanOfTerm(deps, grant.schoolId, termId);
  return await deps.database.read(grant.schoolId, async (store) => {
    const lines = await timelineOf(store, grant.schoolId, studentId, {
      limit: PAGE_SIZE + 1,
      after,
      withVoided: isGranted("timeline.read-voided", grant.standings),
      filter: { ...asked, span },
    });
    const shown = lines.slice(0, PAGE_SIZE);
    const names = await namesOfMembers(store, grant.schoolId, voiders(shown));
    const pictures = await evidenceOfAwards(store, grant.schoolId, idsOf(shown));
    const thankers = await thankersOf(store, grant.schoolId, idsOf(shown));
    const last = shown.at(-1);
    return {
      entries: shown.map((line) => ({
        ...ledgerEntry(line, pictures.get(line.id), grant, names, deps.now()),
        thanksFrom: thankers.get(line.id) ?? null,
      })),
      nextCursor: lines.length > PAGE_SIZE && last ? `${last.occurredAt.getTime()}_${last.id}` : null,
    };
  });
}

async function spanOfTerm(deps: Deps, schoolId: string, termId: string): Promise<{ from: Date; to: Date }> {
  const frame = await deps.frames.of(schoolId);
  const { startsOn, endsOn } = termById(frame, termId);
  const startOf = (day: string) => new Date(startOfDay(day, frame.timeZone));
  return { from: startOf(startsOn), to: startOf(addDays(endsOn, 1)) };
}

/** The latest awards of a class, as they arrived; on a tablet that anybody may have picked up, the caller's own. */
export async function latestAwards(
  deps: Deps,
  grant: Grant,
  classId: string,
  limit: number,
): Promise<LedgerPage> {
  return await deps.database.read(grant.schoolId, async (store) => {
    const latest = await latestOfClass(store, grant.schoolId, classId, limit);
    const lines = grant.isConfined
      ? latest.filter(({ recorderId }) => recorderId === grant.membershipId)
      : latest;
    const names = await namesOfMembers(store, grant.schoolId, voiders(lines));
    const pictures = await evidenceOfAwards(store, grant.schoolId, idsOf(lines));
    const thankers = await thankersOf(store, grant.schoolId, idsOf(lines));
    return {
      entries: lines.map((line) => ({
        ...ledgerEntry(line, pictures.get(line.id), grant, names, deps.now()),
        thanksFrom: thankers.get(line.id) ?? null,
      })),
      nextCursor: null,
    };
  });
}

/** These awards as this reader may see them, latest first; whose they are the caller has looked at. */
export async function ledgerEntriesOf(
  store: Store,
  grant: Grant,
  ids: readonly string[],
  now: Date,
): Promise<LedgerEntry[]> {
  const lines = await linesOf(store, grant.schoolId, ids);
  const names = await namesOfMembers(store, grant.schoolId, voiders(lines));
  const pictures = await evidenceOfAwards(store, grant.schoolId, idsOf(lines));
  return lines.map((line) => ledgerEntry(line, pictures.get(line.id), grant, names, now));
}

function idsOf(lines: readonly LedgerLine[]): string[] {
  return lines.map(({ id }) => id);
}

function voiders(lines: readonly LedgerLine[]): string[] {
  return [...new Set(lines.flatMap((line) => line.voided?.byId ?? []))];
}

/** A line of the ledger for who reads it by this grant; without note and pictures on a tablet that anybody may hold. @param names of who voided, by membership */
export function ledgerEntry(
  line: LedgerLine,
  pictures: readonly Picture[] | undefined,
  grant: Grant,
  names: ReadonlyMap<string, string>,
  now: Date,
): LedgerEntry {
  const isMine = line.recorderId === grant.membershipId;
  const standings = isMine ? new Set<Standing>([...grant.standings, "teacher:awarder"]) : grant.standings;
  const { id, dimension, kind, point, beans, note, by, day, voided } = line;
  return {
    id,
    student: { id: line.studentId, name: line.studentName },
    dimension,
    kind,
    point,
    beans,
    note: grant.isConfined ? null : note,
    evidence: grant.isConfined ? [] : [...(pictures ?? [])],
    by,
    thanksFrom: null,
    isMine,
    // What waits for the PIN alone is offered: the tablet asks for it.
    canVoid: voided === null && refusalToVoid(line, { standings, isConfined: false }, now) === undefined,
    occurredAt: line.occurredAt.toISOString(),
    day,
    voided: voided && {
      at: voided.at.toISOString(),
      by: names.get(voided.byId) ?? "",
      reason: voided.reason,
    },
  };
}

function parseCursor(cursor: string): { at: Date; id: string } {
  const [, at, id] = /^(\d{1,13})_([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined)
    throw new Problem("invalid-input", {
      errors: [{ path: "/cursor", message: "not a cursor of this list" }],
    });
  return { at: new Date(Number(at)), id };
}
