/**
 * Everything the school keeps about one child, gathered as the family may have it. Of other children it tells nothing:
 * of what they said of each other, never who; of group pictures, only that there are some.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import {
  answersAboutChild,
  cardIssuedAt,
  draftCommentsOf,
  officeFactsOf,
  type PictureOfChild,
  picturesOfChild,
  remindersAboutChild,
  toldByOrAboutChild,
  wishesOfChild,
} from "@doudou/db/repositories/child-records.ts";
import { consentsOf, guardiansOf } from "@doudou/db/repositories/consents.ts";
import { type LedgerCursor, type LedgerLine, timelineOf } from "@doudou/db/repositories/ledger.ts";
import { readersOf } from "@doudou/db/repositories/oversight.ts";
import { enrollmentsOf, studentById } from "@doudou/db/repositories/people.ts";
import { privacyRequestsOf } from "@doudou/db/repositories/privacy.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import {
  publishedSummaries,
  publishedTermsOf,
  type PublishedRow,
} from "@doudou/db/repositories/summaries.ts";
import { DIMENSIONS, type Dimension } from "@doudou/shared/domain/words.ts";

const PAGE = 500;
/** More than a child ever has. */
const MOST_REQUESTS = 500;
const MOST_READS = 5_000;

/** The layout of the JSON file; grows when a field changes its meaning. */
const RECORD_VERSION = 1;

export type ChildRecord = NonNullable<Awaited<ReturnType<typeof childRecord>>>;

/**
 * Gathers it, as of one moment.
 * @param isWhole also what is meant for staff: reminders not for guardians, comments being written, what was taken back,
 * what each guardian wrote; else of that only the reader's own
 * @returns undefined where there is no such child
 */
export async function childRecord(
  store: Store,
  frame: SchoolFrame,
  studentId: string,
  { isWhole, at, readerId }: { readonly isWhole: boolean; readonly at: Date; readonly readerId: string },
) {
  const { schoolId } = frame;
  const student = await studentById(store, schoolId, studentId);
  if (!student) return undefined;
  const ledger = await wholeLedger(store, schoolId, studentId, isWhole);
  const pictures = await picturesOfChild(store, schoolId, studentId);
  const terms = new Map(frame.terms.map((term) => [term.id, { zh: term.name.zh, en: term.name.en }]));
  const summaries: PublishedRow[] = [];
  for (const { termId } of await publishedTermsOf(store, schoolId, studentId))
    summaries.push(...(await publishedSummaries(store, schoolId, termId, [studentId])));
  const office = await officeFactsOf(store, schoolId, studentId);
  const reminders = await remindersAboutChild(store, schoolId, studentId, { onlyForGuardian: !isWhole });
  const drafts = isWhole ? await draftCommentsOf(store, schoolId, studentId) : [];
  const requests = await privacyRequestsOf(store, schoolId, { studentId }, MOST_REQUESTS);
  const readers = await readersOf(store, schoolId, studentId, { since: new Date(0), limit: MOST_READS });
  const consents = await consentsOf(store, schoolId, [studentId]);
  const answers = await answersAboutChild(store, schoolId, studentId, isWhole ? undefined : readerId);
  const json = {
    version: RECORD_VERSION,
    madeAt: at.toISOString(),
    school: frame.name,
    child: {
      name: student.name,
      studentNo: student.studentNo,
      nationalNo: office?.nationalNo ?? null,
      sex: office?.sex ?? null,
      bornOn: office?.bornOn ?? null,
      cardIssuedAt: (await cardIssuedAt(store, schoolId, studentId))?.toISOString() ?? null,
      classes: (await enrollmentsOf(store, schoolId, [studentId])).map(({ startsOn, endsOn, class: of }) => ({
        name: of.name,
        grade: of.grade,
        startsOn,
        endsOn,
      })),
      guardians: (await guardiansOf(store, schoolId, [studentId])).map(({ name, relation }) => ({
        name,
        relation,
      })),
    },
    totals: totalsOf(ledger),
    awards: ledger.map((line) => awardOf(line, pictures)),
    pictures: {
      included: pictures.filter(({ isAlone }) => isAlone).map((picture) => pictureName(picture)),
      withOthers: pictures.filter(({ isAlone }) => !isAlone).length,
    },
    summaries: summaries.map(({ termId, revision, snapshot, sha256, verificationCode, publishedAt }) => ({
      term: terms.get(termId) ?? null,
      revision,
      publishedAt: publishedAt.toISOString(),
      sha256,
      verificationCode,
      snapshot,
    })),
    signatures: answers.signatures.map(({ termId, signedAt, ...signature }) => ({
      term: terms.get(termId) ?? null,
      signedAt: signedAt.toISOString(),
      ...signature,
    })),
    messages: answers.messages.map(({ termId, writtenAt, ...message }) => ({
      term: terms.get(termId) ?? null,
      writtenAt: writtenAt.toISOString(),
      ...message,
    })),
    draftComments: drafts.map(({ termId, savedAt, ...draft }) => ({
      term: terms.get(termId) ?? null,
      savedAt: savedAt.toISOString(),
      ...draft,
    })),
    reminders: reminders.map(({ occurredAt, ...reminder }) => ({
      at: occurredAt.toISOString(),
      ...reminder,
    })),
    told: await toldByOrAboutChild(store, schoolId, studentId),
    wishes: await wishesOfChild(store, schoolId, studentId),
    consents: consents.map(({ studentId: _, grantedAt, withdrawnAt, ...consent }) => ({
      ...consent,
      grantedAt: grantedAt.toISOString(),
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
    })),
    requests: requests.map(({ kind, text, state, askedAt, dueOn, answer, answeredAt }) => ({
      kind,
      text,
      state,
      askedAt: askedAt.toISOString(),
      dueOn,
      answer,
      answeredAt: answeredAt?.toISOString() ?? null,
    })),
    readers: readers.map(({ at: readAt, action, name, role, purpose, accessKind }) => ({
      at: readAt.toISOString(),
      by: name,
      role,
      action,
      purpose,
      isEmergency: accessKind === "emergency",
    })),
  };
  return { json, summaries, pictures: pictures.filter(({ isAlone }) => isAlone) };
}

/** How a picture is called in the archive. */
export function pictureName({ id }: Pick<PictureOfChild, "id">): string {
  return `photos/${id}.webp`;
}

async function wholeLedger(
  store: Store,
  schoolId: string,
  studentId: string,
  withVoided: boolean,
): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = [];
  for (let after: LedgerCursor | undefined; ;) {
    const page = await timelineOf(store, schoolId, studentId, { limit: PAGE, after, withVoided });
    lines.push(...page);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return lines;
    after = { at: last.occurredAt, id: last.id };
  }
}

function awardOf(line: LedgerLine, pictures: readonly PictureOfChild[]) {
  const { id, day, dimension, kind, point, beans, note, by, voided } = line;
  const own = pictures.filter(({ awardId, isAlone }) => awardId === id && isAlone);
  return {
    id,
    day,
    at: line.occurredAt.toISOString(),
    dimension,
    kind,
    point,
    beans,
    note,
    by,
    voided: voided && { at: voided.at.toISOString(), reason: voided.reason },
    pictures: own.map((picture) => pictureName(picture)),
  };
}

function totalsOf(ledger: readonly LedgerLine[]): Record<Dimension, { records: number; beans: number }> {
  const standing = ledger.filter(({ voided }) => voided === null);
  const of = (dimension: Dimension) => standing.filter((line) => line.dimension === dimension);
  return Object.fromEntries(
    DIMENSIONS.map((dimension) => [
      dimension,
      { records: of(dimension).length, beans: of(dimension).reduce((sum, { beans }) => sum + beans, 0) },
    ]),
  ) as Record<Dimension, { records: number; beans: number }>;
}
