/**
 * Transfer files (转学档案): what a child takes along when it changes schools, and what it brings. Brought by the office,
 * let in by a guardian, and from then on shown beside what is kept here: never counted, never compared.
 */
import type { FastifyRequest } from "fastify";
import { officeFactsOf } from "@doudou/db/repositories/child-records.ts";
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import { studentById } from "@doudou/db/repositories/people.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import {
  deleteTransfer,
  emptyTransfer,
  takeTransfer,
  transferById,
  transferFilesOf,
  type TransferLine,
  type TransferRow,
  transfersOf,
  unansweredTransfers,
} from "@doudou/db/repositories/transfers.ts";
import type { PictureSize } from "@doudou/shared/contract/evidence.ts";
import type {
  EarlierSchools,
  Transfer,
  TransferredPortfolio,
  TransferredYear,
  Transfers,
} from "@doudou/shared/contract/transfers.ts";
import { addDays, localDayOf } from "@doudou/shared/domain/calendar.ts";
import { TRANSFER_WAITS_DAYS, type TransferAnswer } from "@doudou/shared/domain/transfer.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { fileRef, removeNow, sendKept, type SentFile } from "../works/service.ts";
import { makeTransfer, mayMake } from "./making.ts";
import { bringTransfer } from "./taking.ts";

export { bringTransfer, makeTransfer };

const DAY_MS = 86_400_000;
const AT_A_TIME = 200;

interface OfTransfer {
  readonly studentId: string;
  readonly transferId: string;
}

/** What was brought for a child: from where, signed by whom, and how much; of its content nothing. @throws Problem not-found */
export async function transfersOfChild(deps: Deps, grant: Grant, studentId: string): Promise<Transfers> {
  const { schoolId, standings } = grant;
  const { timeZone } = await deps.frames.of(schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const here = await childHere(store, schoolId, studentId);
    const lines = await transfersOf(store, schoolId, studentId);
    return {
      transfers: lines.map((line) => transferOf(line, here, timeZone)),
      mayMake: await mayMake(store, grant, studentId),
      mayBring: isGranted("transfer.bring", standings),
      mayAnswer: isGranted("transfer.answer", standings),
    };
  });
}

interface ChildHere {
  readonly name: string;
  readonly bornOn: string | null;
}

async function childHere(store: Store, schoolId: string, studentId: string): Promise<ChildHere> {
  const student = await studentById(store, schoolId, studentId);
  if (!student) throw new Problem("not-found");
  const office = await officeFactsOf(store, schoolId, studentId);
  return { name: student.name, bornOn: office?.bornOn ?? null };
}

function transferOf(line: TransferLine, here: ChildHere, timeZone: string): Transfer {
  const { id, state, portfolio } = line;
  return {
    id,
    state,
    school: line.fromSchool,
    madeAt: line.madeAt.toISOString(),
    signature: signatureOf(line),
    broughtBy: line.broughtByName,
    broughtAt: line.broughtAt.toISOString(),
    answeredBy: line.answeredByName,
    answeredAt: line.answeredAt?.toISOString() ?? null,
    expiresOn: addDays(localDayOf(line.broughtAt.getTime(), timeZone), TRANSFER_WAITS_DAYS),
    differing: {
      name: differing(portfolio?.child.name, here.name),
      bornOn: differing(portfolio?.child.bornOn, here.bornOn),
    },
    contents: portfolio && contentsOf(portfolio),
  };
}

function signatureOf({ isKnownKey, keyId }: TransferRow) {
  return { isKnown: isKnownKey, fingerprint: keyId };
}

/** What only one of the two says is no difference. */
function differing(there: string | null | undefined, here: string | null) {
  return there !== null && there !== undefined && here !== null && there.trim() !== here.trim()
    ? { there, here }
    : null;
}

function contentsOf({ child, years, files, leftOut }: TransferredPortfolio): Transfer["contents"] {
  type Lists = "summaries" | "badges" | "honours" | "works" | "moments" | "activities" | "voices";
  const count = (of: Lists) => years.reduce((sum, year: TransferredYear) => sum + (year[of] ?? []).length, 0);
  return {
    name: child.name,
    years: years.map(({ name, className }) => ({ name, className })),
    summaries: count("summaries"),
    badges: count("badges"),
    honours: count("honours"),
    works: count("works"),
    moments: count("moments"),
    activities: count("activities"),
    voices: count("voices"),
    files: files.length,
    leftOut,
  };
}

/**
 * A guardian lets it in, or not: then nothing of it stays but that it was so. Saying the same again changes nothing.
 * @throws Problem transfer-not-found, transfer-settled
 */
export async function answerTransfer(
  deps: Deps,
  grant: Grant,
  { studentId, transferId: id }: OfTransfer,
  answer: TransferAnswer,
): Promise<Transfers> {
  const { schoolId, membershipId: by } = grant;
  const gone = await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    const { state } = await transferOfChild(store, schoolId, studentId, id);
    const wanted = answer === "yes" ? "taken" : "declined";
    if (state === wanted) return [];
    if (state !== "waiting") throw new Problem("transfer-settled");
    if (answer === "yes") await takeTransfer(store, schoolId, id, { by, at });
    const names = answer === "no" ? await emptyTransfer(store, schoolId, id, { by, at }) : [];
    const told = { before: { state }, after: { state: wanted } };
    await noteChange(store, grant, { action: "transfer.answer", at, studentId, subjectId: id, ...told });
    return names ?? [];
  });
  await removeNow(deps, schoolId, gone);
  return await transfersOfChild(deps, grant, studentId);
}

/**
 * Takes one away with all that is in it: the office what it brought in error, a guardian what it let in before.
 * @throws Problem transfer-not-found, transfer-settled for what was declined or has expired, which is a record by itself
 */
export async function removeTransfer(
  deps: Deps,
  grant: Grant,
  { studentId, transferId: id }: OfTransfer,
): Promise<Transfers> {
  const { schoolId } = grant;
  const gone = await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    const { state } = await transferOfChild(store, schoolId, studentId, id);
    if (state !== "waiting" && state !== "taken") throw new Problem("transfer-settled");
    const names = await deleteTransfer(store, schoolId, id);
    const before = { state };
    await noteChange(store, grant, { action: "transfer.remove", at, studentId, subjectId: id, before });
    return names;
  });
  await removeNow(deps, schoolId, gone);
  return await transfersOfChild(deps, grant, studentId);
}

async function transferOfChild(
  store: Store,
  schoolId: string,
  studentId: string,
  id: string,
): Promise<TransferRow> {
  const row = await transferById(store, schoolId, id);
  if (row?.studentId !== studentId) throw new Problem("transfer-not-found");
  return row;
}

/** What a guardian has let in, for whoever may see the child. */
export async function earlierSchools(
  { database }: Deps,
  { schoolId }: Grant,
  studentId: string,
): Promise<EarlierSchools> {
  return await database.read(schoolId, async (store) => {
    const files = await transferFilesOf(store, schoolId, studentId);
    const lines = await transfersOf(store, schoolId, studentId);
    return {
      schools: lines.flatMap((line) => {
        const { id, state, portfolio, answeredAt } = line;
        if (state !== "taken" || !portfolio || !answeredAt) return [];
        return {
          id,
          school: line.fromSchool,
          madeAt: line.madeAt.toISOString(),
          takenAt: answeredAt.toISOString(),
          signature: signatureOf(line),
          years: portfolio.years,
          files: files
            .filter(({ transferId }) => transferId === id)
            .map((file) => ({ name: file.name, ...fileRef(file) })),
        };
      }),
    };
  });
}

/**
 * A file that a guardian has let in, whole or the part that was asked for by `Range`.
 * @throws Problem portfolio-file-not-found, portfolio-file-removed
 */
export async function sendTransferFile(
  deps: Deps,
  { schoolId }: Grant,
  of: { readonly studentId: string; readonly fileId: string; readonly size: PictureSize },
  request: FastifyRequest,
): Promise<SentFile> {
  const file = await deps.database.read(schoolId, async (store) => {
    const found = (await transferFilesOf(store, schoolId, of.studentId)).find(({ id }) => id === of.fileId);
    const from = found && (await transferById(store, schoolId, found.transferId));
    return from?.state === "taken" ? found : undefined;
  });
  if (!file) throw new Problem("portfolio-file-not-found");
  if (file.isRemoved) throw new Problem("portfolio-file-removed");
  return await sendKept(deps, schoolId, file, of.size, request);
}

/** Lets go of what no guardian has answered in time, in every school. @returns how many there were */
export async function expireTransfers(deps: Deps): Promise<number> {
  const { database, now } = deps;
  let expired = 0;
  for (const schoolId of await database.read(EVERY_SCHOOL, schoolIds)) {
    const since = new Date(now().getTime() - TRANSFER_WAITS_DAYS * DAY_MS);
    const names = await database.write(schoolId, async (store) => {
      const gone: string[] = [];
      for (const { id } of await unansweredTransfers(store, schoolId, since, AT_A_TIME)) {
        gone.push(...((await emptyTransfer(store, schoolId, id, null)) ?? []));
        expired += 1;
      }
      return gone;
    });
    await removeNow(deps, schoolId, names);
  }
  return expired;
}
