/**
 * Honours: the homeroom teacher enters one, a guardian proposes one and the homeroom teacher settles it. What nobody has
 * confirmed is no honour, and is shown to the family and who answers for the child only.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { forgetHighlight } from "@doudou/db/repositories/highlights.ts";
import {
  addHonour,
  countHonours,
  deleteHonour,
  honourById,
  type HonourLine,
  honoursOf,
  honoursWaiting,
  type NewHonour,
  settleHonour,
} from "@doudou/db/repositories/honours.ts";
import {
  bindPortfolioFiles,
  deletePortfolioFiles,
  type PortfolioFile,
  portfolioFileOf,
  portfolioFilesOf,
} from "@doudou/db/repositories/portfolio-files.ts";
import type { Honour, HonourInput, HonourSaved } from "@doudou/shared/contract/honours.ts";
import { MOST_HONOURS_OF_TERM } from "@doudou/shared/domain/works.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { fileRef, filedNow, removeNow } from "../works/service.ts";

interface OfHonour {
  readonly studentId: string;
  readonly honourId: string;
}

/**
 * Keeps an honour: as such where the homeroom teacher enters it, else as proposed. Sending it again changes nothing.
 * @throws Problem outside-term, honour-day-ahead, works-full, portfolio-file-not-found, honour-id-conflict
 */
export async function saveHonour(
  deps: Deps,
  grant: Grant,
  { studentId, honourId: id }: OfHonour,
  input: HonourInput,
): Promise<HonourSaved> {
  const { schoolId, membershipId: makerId } = grant;
  const { term, classId, day: today, at } = await filedNow(deps, schoolId, studentId);
  if (input.day > today) throw new Problem("honour-day-ahead");
  const isEntered = isGranted("honour.enter", grant.standings);
  const { certificateId, level, day, dimension } = input;
  const honour: NewHonour = {
    id,
    studentId,
    classId,
    termId: term.id,
    level,
    day,
    dimension,
    makerId,
    addedAt: at,
    title: input.title.trim(),
    givenBy: input.givenBy.trim(),
    state: isEntered ? "confirmed" : "proposed",
  };
  return await deps.database.write(schoolId, async (store) => {
    const kept = await honourById(store, schoolId, id);
    if (kept) return repeated(kept, honour);
    if ((await countHonours(store, schoolId, honour)) >= MOST_HONOURS_OF_TERM)
      throw new Problem("works-full");
    if (!(await addHonour(store, schoolId, honour))) throw new Problem("honour-id-conflict");
    if (certificateId !== undefined) {
      const file = await portfolioFileOf(store, schoolId, studentId, certificateId);
      const isPaper = file?.kind === "picture" || file?.kind === "pdf";
      const of = { studentId, uploaderId: makerId, fileIds: [certificateId] };
      if (!isPaper || !(await bindPortfolioFiles(store, schoolId, { honourId: id }, of)))
        throw new Problem("portfolio-file-not-found");
    }
    const after = { title: honour.title, level, state: honour.state };
    await noteChange(store, grant, { action: "honour.add", at, studentId, subjectId: id, after });
    return { id, status: "recorded", state: honour.state };
  });
}

function repeated(kept: NewHonour, sent: NewHonour): HonourSaved {
  const isSame =
    kept.studentId === sent.studentId &&
    kept.makerId === sent.makerId &&
    kept.title === sent.title &&
    kept.day === sent.day &&
    kept.level === sent.level;
  if (!isSame) throw new Problem("honour-id-conflict");
  return { id: sent.id, status: "duplicate", state: kept.state };
}

/** Confirms or declines what a guardian proposed. @throws Problem honour-not-found, honour-settled */
export async function answerHonour(
  deps: Deps,
  grant: Grant,
  { studentId, honourId: id }: OfHonour,
  answer: "confirm" | "decline",
): Promise<void> {
  const { schoolId, membershipId: by } = grant;
  const at = deps.now();
  const state = answer === "confirm" ? "confirmed" : "declined";
  await deps.database.write(schoolId, async (store) => {
    const honour = await honourOf(store, schoolId, studentId, id);
    if (honour.state === state) return;
    if (!(await settleHonour(store, schoolId, id, { state, by, at }))) throw new Problem("honour-settled");
    const told = { before: { state: honour.state }, after: { state } };
    await noteChange(store, grant, { action: "honour.answer", at, studentId, subjectId: id, ...told });
  });
}

/**
 * Takes an honour away: the homeroom teacher any, a guardian its own that is not confirmed.
 * @throws Problem honour-not-found, honour-settled
 */
export async function removeHonour(deps: Deps, grant: Grant, of: OfHonour): Promise<void> {
  const { schoolId } = grant;
  const { studentId, honourId: id } = of;
  const at = deps.now();
  const names = await deps.database.write(schoolId, async (store) => {
    const honour = await honourOf(store, schoolId, studentId, id);
    if (!mayDelete(honour, grant)) throw new Problem("honour-settled");
    const gone = await deletePortfolioFiles(store, schoolId, { honourId: id });
    await forgetHighlight(store, schoolId, { kind: "honour", subjectId: id, studentId });
    await deleteHonour(store, schoolId, id);
    const before = { title: honour.title, level: honour.level, state: honour.state };
    await noteChange(store, grant, { action: "honour.delete", at, studentId, subjectId: id, before });
    return gone;
  });
  await removeNow(deps, schoolId, names);
}

function mayDelete(honour: Pick<NewHonour, "makerId" | "state">, grant: Grant): boolean {
  if (isGranted("honour.delete-any", grant.standings)) return true;
  return honour.makerId === grant.membershipId && honour.state !== "confirmed";
}

async function honourOf(store: Store, schoolId: string, studentId: string, id: string): Promise<NewHonour> {
  const honour = await honourById(store, schoolId, id);
  if (honour?.studentId !== studentId) throw new Problem("honour-not-found");
  return honour;
}

/** A child's honours as this reader may see them, the latest first. */
export async function honoursFor(
  store: Store,
  grant: Grant,
  studentId: string,
  files: readonly PortfolioFile[],
): Promise<Honour[]> {
  const withUnsettled = isGranted("honour.read-unsettled", grant.standings);
  const lines = await honoursOf(store, grant.schoolId, studentId);
  return lines
    .filter(({ state }) => withUnsettled || state === "confirmed")
    .map((line) => honourFor(line, grant, files));
}

/** What guardians of a class proposed and waits for its homeroom teacher, oldest first. */
export async function honoursWaitingIn(store: Store, grant: Grant, classId: string): Promise<Honour[]> {
  const { schoolId } = grant;
  const lines = await honoursWaiting(store, schoolId, classId);
  const files = await portfolioFilesOf(store, schoolId, [...new Set(lines.map((line) => line.studentId))]);
  return lines.map((line) => honourFor(line, grant, files));
}

function honourFor(line: HonourLine, grant: Grant, files: readonly PortfolioFile[]): Honour {
  const { id, studentId, studentName, termId, title, level, givenBy, day, dimension, by, byRole, state } =
    line;
  const certificate = files.find(({ honourId }) => honourId === id);
  return {
    id,
    termId,
    title,
    level,
    givenBy,
    day,
    dimension,
    by,
    byRole,
    state,
    student: {
      id: studentId,
      name: studentName,
    },
    canDelete: mayDelete(line, grant),
    certificate: certificate ? fileRef(certificate) : null,
  };
}
