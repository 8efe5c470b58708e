/**
 * What guardians answer to a term summary: readings, signatures, words to the homeroom teacher. A guardian sees its own
 * answer and no other guardian's: parents may live apart, and what one writes is not the other's to read.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { guardiansOf } from "@doudou/db/repositories/consents.ts";
import {
  addMessage,
  type GuardianReading,
  type Message,
  messagesOf,
  noteReading,
  noteSeen,
  readingsOf,
  signRevision,
  talksOf,
} from "@doudou/db/repositories/summary-answers.ts";
import { classById, studentsOfClass } from "@doudou/db/repositories/people.ts";
import { publishedTermsOf, revisionsIn } from "@doudou/db/repositories/summaries.ts";
import type {
  EarlierAnswers,
  GuardianAnswer,
  MessageInput,
  SignatureInput,
  SummaryAnswers,
  SummaryReading,
} from "@doudou/shared/contract/summary-answers.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { isSignature } from "@doudou/shared/domain/signature.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { tellGuardians, tellLeaders } from "../inbox/service.ts";
import { termById, termRef } from "../schools/service.ts";
import { lastDaySoFar } from "../summaries/service.ts";

/** More than a conversation about one summary needs. */
const MOST_MESSAGES = 40;

interface OfSummary {
  readonly studentId: string;
  readonly termId: string;
}

/** The answers a caller may read. @throws Problem summary-not-published */
export async function summaryAnswers(deps: Deps, grant: Grant, of: OfSummary): Promise<SummaryAnswers> {
  return await deps.database.read(grant.schoolId, (store) => answersIn(store, grant, of));
}

/**
 * What was written about summaries of children now in a class that its own desk does not show. The teacher who led them
 * then sees it no more: whoever leads them now answers.
 * @throws Problem not-found
 */
export async function earlierAnswers(deps: Deps, grant: Grant, classId: string): Promise<EarlierAnswers> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const today = localDayOf(now.getTime(), frame.timeZone);
  return await deps.database.read(schoolId, async (store) => {
    const of = await classById(store, schoolId, classId);
    if (!of) throw new Problem("not-found");
    const students = new Map(
      (await studentsOfClass(store, schoolId, classId, today)).map(({ id, name }) => [id, name]),
    );
    const talks = await talksOf(store, schoolId, [...students.keys()]);
    const onDesk = new Map<string, ReadonlySet<string>>();
    for (const term of frame.terms)
      if (term.academicYearId === of.academicYearId && talks.some(({ termId }) => termId === term.id)) {
        const list = await studentsOfClass(store, schoolId, classId, lastDaySoFar(term, frame, now));
        onDesk.set(term.id, new Set(list.map(({ id }) => id)));
      }
    return {
      class: { id: of.id, name: of.name, grade: of.grade },
      talks: talks
        .filter(({ studentId, termId }) => !onDesk.get(termId)?.has(studentId))
        .map(({ studentId, termId, unseen, lastWrittenAt }) => ({
          studentId,
          name: students.get(studentId) ?? "",
          term: termRef(frame, termById(frame, termId), now),
          unseen,
          lastWrittenAt: lastWrittenAt.toISOString(),
        })),
    };
  });
}

/** Notes how far a guardian has read; the first time stands. @throws Problem summary-not-published, summary-revised */
export async function noteSummaryReading(
  deps: Deps,
  grant: Grant,
  of: OfSummary,
  { revision, isAtEnd }: SummaryReading,
): Promise<void> {
  const { schoolId, membershipId: guardianId } = grant;
  await deps.database.write(schoolId, async (store) => {
    await requireLatest(store, schoolId, of, revision);
    await noteReading(store, schoolId, { ...of, revision, guardianId, isAtEnd, at: deps.now() });
  });
}

/**
 * Signs the latest revision. Signing it again changes nothing: the first signature stands.
 * @throws Problem signature-unreadable, summary-not-published, summary-revised
 */
export async function signSummary(
  deps: Deps,
  grant: Grant,
  of: OfSummary,
  { revision, strokes, name }: SignatureInput,
): Promise<SummaryAnswers> {
  const { schoolId, membershipId: guardianId } = grant;
  const signedName = name?.trim() || null;
  if ((strokes === undefined) === (signedName === null)) throw new Problem("signature-unreadable");
  if (strokes && !isSignature(strokes)) throw new Problem("signature-unreadable");
  const at = deps.now();
  const whose = { ...of, revision, guardianId };
  return await deps.database.write(schoolId, async (store) => {
    await requireLatest(store, schoolId, of, revision);
    await noteReading(store, schoolId, { ...whose, isAtEnd: true, at });
    const isNew = await signRevision(store, schoolId, {
      ...whose,
      at,
      signature: strokes ?? null,
      signedName,
    });
    const answers = await answersIn(store, grant, of);
    if (isNew) {
      const after = { termId: of.termId, revision, way: strokes ? "drawn" : "written" };
      await noteChange(store, grant, { action: "summary.sign", at, studentId: of.studentId, after });
    }
    return answers;
  });
}

/**
 * A guardian writes to the homeroom teacher about a summary, or the teacher answers.
 * @throws Problem summary-not-published, not-a-guardian, message-id-conflict, messages-enough
 */
export async function writeMessage(
  deps: Deps,
  grant: Grant,
  of: OfSummary,
  input: MessageInput,
): Promise<SummaryAnswers> {
  const { schoolId, membershipId: authorId } = grant;
  const isFromGuardian = !readsAll(grant);
  const text = input.text.trim().toWellFormed();
  if (text === "") throw new Problem("invalid-input", { errors: [{ path: "/text", message: "is empty" }] });
  const writtenAt = deps.now();
  const { timeZone } = await deps.frames.of(schoolId);
  return await deps.database.write(schoolId, async (store) => {
    await latestRevision(store, schoolId, of);
    const guardianId = isFromGuardian ? authorId : await guardianWritten(store, schoolId, of, input);
    await store.lock([`${schoolId}/summary-messages/${of.studentId}`]);
    const kept = await messagesOf(store, schoolId, { ...of, guardianId });
    const known = kept.find(({ id }) => id === input.id);
    if (known) {
      if (known.authorId !== authorId || known.text !== text) throw new Problem("message-id-conflict");
      return await answersIn(store, grant, of);
    }
    if (kept.length >= MOST_MESSAGES) throw new Problem("messages-enough");
    const message = { ...of, id: input.id, guardianId, authorId, isFromGuardian, text, writtenAt };
    if (!(await addMessage(store, schoolId, message))) throw new Problem("message-id-conflict");
    const answers = await answersIn(store, grant, of);
    const { studentId, termId } = of;
    const told = { termId, studentId, event: `message/${input.id}`, at: writtenAt };
    if (isFromGuardian) {
      const day = localDayOf(writtenAt.getTime(), timeZone);
      await tellLeaders(deps, store, schoolId, { ...told, kind: "guardian-wrote", classId: null, day });
    } else await tellGuardians(deps, store, schoolId, { ...told, kind: "teacher-answered", guardianId });
    // That something was written, not what: the words are the two's alone.
    const after = { termId: of.termId, characters: text.length };
    const change = { action: "summary.message", at: writtenAt, subjectId: input.id, after } as const;
    await noteChange(store, grant, { ...change, studentId: of.studentId });
    return answers;
  });
}

/** The caller has been shown what the other side wrote. */
export async function markMessagesSeen(deps: Deps, grant: Grant, of: OfSummary): Promise<void> {
  const all = readsAll(grant);
  await deps.database.write(grant.schoolId, (store) =>
    noteSeen(store, grant.schoolId, {
      ...of,
      guardianId: all ? undefined : grant.membershipId,
      isFromGuardian: all,
      at: deps.now(),
    }),
  );
}

async function answersIn(store: Store, grant: Grant, of: OfSummary): Promise<SummaryAnswers> {
  const { schoolId, membershipId } = grant;
  const all = readsAll(grant);
  const revisions = await revisionsIn(store, schoolId, of);
  const latest = revisions.at(-1);
  if (!latest) throw new Problem("summary-not-published");
  const { revision } = latest;
  const everyReading = await readingsOf(store, schoolId, of);
  const readings = everyReading.filter((reading) => reading.revision === revision);
  const messages = await messagesOf(store, schoolId, { ...of, guardianId: all ? undefined : membershipId });
  const guardians = await guardiansOf(store, schoolId, [of.studentId]);
  // Who has answered and is no guardian any more still has: a signature stands.
  const names = new Map([
    ...guardians.map((guardian) => [guardian.membershipId, guardian.name] as const),
    ...readings.map(({ guardianId, name }) => [guardianId, name] as const),
    ...messages.flatMap(({ isFromGuardian, authorId, by }) =>
      isFromGuardian ? [[authorId, by] as const] : [],
    ),
  ]);
  const shown = [...names].filter(([guardianId]) => all || guardianId === membershipId);
  return {
    revision,
    answers: shown.map(([guardianId, name]) => ({
      guardianId,
      name,
      isOwn: guardianId === membershipId,
      ...answered(readings.find((reading) => reading.guardianId === guardianId)),
      messages: messages.filter((message) => message.guardianId === guardianId).map(messageLine),
    })),
    earlier: revisions
      .slice(0, -1)
      .toReversed()
      .map((replaced) => ({
        revision: replaced.revision,
        publishedAt: replaced.publishedAt.toISOString(),
        signatures: everyReading.flatMap(({ guardianId, name, signedAt, ...reading }) =>
          reading.revision === replaced.revision && signedAt && (all || guardianId === membershipId)
            ? [{ name, isOwn: guardianId === membershipId, signedAt: signedAt.toISOString() }]
            : [],
        ),
      })),
  };
}

function answered(
  reading: GuardianReading | undefined,
): Pick<GuardianAnswer, "openedAt" | "finishedAt" | "signedAt" | "strokes" | "signedName"> {
  return {
    openedAt: reading?.openedAt.toISOString() ?? null,
    finishedAt: reading?.finishedAt?.toISOString() ?? null,
    signedAt: reading?.signedAt?.toISOString() ?? null,
    strokes: reading?.signature?.map((stroke) => [...stroke]) ?? null,
    signedName: reading?.signedName ?? null,
  };
}

function messageLine(message: Message): GuardianAnswer["messages"][number] {
  const { id, by, isFromGuardian, text, writtenAt, seenAt } = message;
  return {
    id,
    by,
    from: isFromGuardian ? "guardian" : "teacher",
    text,
    writtenAt: writtenAt.toISOString(),
    isSeen: seenAt !== null,
  };
}

/** Whom a teacher answers: a guardian of this child now, and nobody else. */
async function guardianWritten(
  store: Store,
  schoolId: string,
  of: OfSummary,
  { guardianId }: MessageInput,
): Promise<string> {
  const guardians = await guardiansOf(store, schoolId, [of.studentId]);
  const found = guardians.find(({ membershipId }) => membershipId === guardianId);
  if (!found) throw new Problem("not-a-guardian");
  return found.membershipId;
}

async function latestRevision(
  store: Store,
  schoolId: string,
  { studentId, termId }: OfSummary,
): Promise<number> {
  const published = (await publishedTermsOf(store, schoolId, studentId)).find(
    (each) => each.termId === termId,
  );
  if (!published) throw new Problem("summary-not-published");
  return published.revision;
}

async function requireLatest(store: Store, schoolId: string, of: OfSummary, revision: number): Promise<void> {
  if ((await latestRevision(store, schoolId, of)) !== revision) throw new Problem("summary-revised");
}

function readsAll({ standings }: Grant): boolean {
  return isGranted("summary.read-answers-all", standings);
}
