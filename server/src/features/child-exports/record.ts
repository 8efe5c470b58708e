/**
 * Everything the school keeps about one child, gathered as the family may have it. Of other children it tells nothing:
 * of what they said of each other, never who; of group pictures, only that there are some.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { activitiesOfChild } from "@doudou/db/repositories/activities.ts";
import { badgeAwardsOf, questsOfChild } from "@doudou/db/repositories/badge-quests.ts";
import {
  answersAboutChild,
  cardIssuedAt,
  draftCommentsOf,
  individualPlansAboutChild,
  noticesAboutChild,
  officeFactsOf,
  type PictureOfChild,
  picturesOfChild,
  remindersAboutChild,
  shopLifeOfChild,
  toldByOrAboutChild,
  voicesOfChild,
  wishesOfChild,
} from "@doudou/db/repositories/child-records.ts";
import { credentialsOfChild } from "@doudou/db/repositories/credentials.ts";
import { consentsOf, guardiansOf } from "@doudou/db/repositories/consents.ts";
import { type LedgerCursor, type LedgerLine, timelineOf } from "@doudou/db/repositories/ledger.ts";
import { readersOf } from "@doudou/db/repositories/oversight.ts";
import { highlightsOf } from "@doudou/db/repositories/highlights.ts";
import { honoursOf } from "@doudou/db/repositories/honours.ts";
import { type PortfolioFile, portfolioFilesOf } from "@doudou/db/repositories/portfolio-files.ts";
import { mailAddressOf } from "@doudou/db/repositories/mail-addresses.ts";
import { enrollmentsOf, studentById } from "@doudou/db/repositories/people.ts";
import { personalGoalsOf } from "@doudou/db/repositories/personal-goals.ts";
import { privacyRequestsOf } from "@doudou/db/repositories/privacy.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import { everyRevisionOf } from "@doudou/db/repositories/summaries.ts";
import { type TransferFile, transferFilesOf, transfersOf } from "@doudou/db/repositories/transfers.ts";
import { watchPlansAboutChild } from "@doudou/db/repositories/watch-plans.ts";
import { wordReportsOf } from "@doudou/db/repositories/word-reports.ts";
import { worksOf } from "@doudou/db/repositories/works.ts";
import { yearsIn } from "@doudou/db/repositories/directory.ts";
import { fitnessExemptionsOf, fitnessValuesOf } from "@doudou/db/repositories/fitness.ts";
import { ratingsOnChild } from "@doudou/db/repositories/rubrics.ts";
import { papersOfChild } from "@doudou/db/repositories/summary-papers.ts";
import { remarksOnChild } from "@doudou/db/repositories/summary-remarks.ts";
import { type Bilingual, DIMENSIONS, type Dimension } from "@doudou/shared/domain/words.ts";

const PAGE = 500;
/** More than a child ever has. */
const MOST_REQUESTS = 500;
const MOST_READS = 5_000;

/** The layout of the JSON file; grows when a field changes its meaning. */
const RECORD_VERSION = 1;

export type ChildRecord = NonNullable<Awaited<ReturnType<typeof childRecord>>>;

/**
 * Gathers it, as of one moment.
 * @param isWhole also what is meant for staff: reminders not for guardians, plans to look out for it and its individual plans, comments being written, what was taken back,
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
  const summaries = await everyRevisionOf(store, schoolId, studentId);
  const papers = await papersOfChild(store, schoolId, studentId);
  const office = await officeFactsOf(store, schoolId, studentId);
  const reminders = await remindersAboutChild(store, schoolId, studentId, { onlyForGuardian: !isWhole });
  const drafts = isWhole ? await draftCommentsOf(store, schoolId, studentId) : [];
  const remarks = isWhole ? await remarksOnChild(store, schoolId, studentId) : [];
  const ratings = isWhole ? await ratingsOnChild(store, schoolId, studentId) : [];
  const ofChild = { studentIds: [studentId] };
  const measured = await fitnessValuesOf(store, schoolId, ofChild);
  const exemptions = await fitnessExemptionsOf(store, schoolId, ofChild);
  const yearNames = new Map((await yearsIn(store, schoolId)).map(({ id, name }) => [id, name]));
  const requests = await privacyRequestsOf(store, schoolId, { studentId }, MOST_REQUESTS);
  const wordReports = await wordReportsOf(store, schoolId, studentId);
  const readers = await readersOf(store, schoolId, studentId, { since: new Date(0), limit: MOST_READS });
  const consents = await consentsOf(store, schoolId, [studentId]);
  const works = await worksOf(store, schoolId, studentId, { withHidden: isWhole });
  const honours = await honoursOf(store, schoolId, studentId);
  const activities = await activitiesOfChild(store, schoolId, studentId, { withUnsettled: true });
  const shown = new Set([...works, ...honours].map(({ id }) => id));
  const files = (await portfolioFilesOf(store, schoolId, [studentId])).filter(
    (file) => !file.isRemoved && shown.has(file.workId ?? file.honourId ?? ""),
  );
  const brought = await transfersOf(store, schoolId, studentId);
  const taken = new Set(brought.filter(({ state }) => state === "taken").map(({ id }) => id));
  const broughtFiles = (await transferFilesOf(store, schoolId, studentId)).filter(
    (file) => !file.isRemoved && taken.has(file.transferId),
  );
  const titles = new Map<string, string | Bilingual>([
    ...[...works, ...honours].map(({ id, title }) => [id, title] as const),
    ...activities.filter(({ state }) => state === "recorded").map(({ id, title }) => [id, title] as const),
    ...ledger.filter(({ voided }) => voided === null).map(({ id, point }) => [id, point] as const),
  ]);
  const answers = await answersAboutChild(store, schoolId, studentId, isWhole ? undefined : readerId);
  const notices = await noticesAboutChild(store, schoolId, studentId, isWhole ? undefined : readerId);
  const mail = isWhole ? undefined : await mailAddressOf(store, schoolId, readerId);
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
      papers: papers
        .filter((paper) => paper.termId === termId && paper.revision === revision)
        .map(({ locale, sha256: ofPaper }) => ({ locale, sha256: ofPaper })),
      snapshot,
    })),
    // With the signature as it was drawn, where it was.
    readings: answers.readings.map(({ termId, openedAt, finishedAt, signedAt, ...reading }) => ({
      term: terms.get(termId) ?? null,
      openedAt: openedAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
      signedAt: signedAt?.toISOString() ?? null,
      ...reading,
    })),
    messages: answers.messages.map(({ termId, writtenAt, ...message }) => ({
      term: terms.get(termId) ?? null,
      writtenAt: writtenAt.toISOString(),
      ...message,
    })),
    notices: notices.map(({ termId, happenedAt, openedAt, ...notice }) => ({
      term: terms.get(termId) ?? null,
      happenedAt: happenedAt.toISOString(),
      openedAt: openedAt?.toISOString() ?? null,
      ...notice,
    })),
    /** The reader's own address, which is nobody else's to see. */
    mail: mail ? { address: mail.address, confirmedAt: mail.confirmedAt?.toISOString() ?? null } : null,
    draftComments: drafts.map(({ termId, savedAt, ...draft }) => ({
      term: terms.get(termId) ?? null,
      savedAt: savedAt.toISOString(),
      ...draft,
    })),
    subjectRemarks: remarks.map(({ termId, savedAt, subject, by, text }) => ({
      term: terms.get(termId) ?? null,
      savedAt: savedAt.toISOString(),
      subject,
      by,
      text,
    })),
    // As words, as they stood before the teacher; null: had not seen enough of it.
    ratings: ratings.map(({ ratedAt, by, indicatorCode, level, rubrics }) => {
      const rubric = rubrics.find(({ code }) => code === indicatorCode);
      return {
        ratedAt: ratedAt.toISOString(),
        by,
        indicator: rubric?.name ?? { zh: indicatorCode, en: indicatorCode },
        level: level === null ? null : (rubric?.levels[level - 1] ?? null),
      };
    }),
    fitness: measured.map(({ academicYearId, item, attempt, value, testedOn }) => ({
      year: yearNames.get(academicYearId) ?? null,
      testedOn,
      item,
      isRetest: attempt === 2,
      value,
    })),
    fitnessExemptions: exemptions.map(({ academicYearId, reason }) => ({
      year: yearNames.get(academicYearId) ?? null,
      reason,
    })),
    reminders: reminders.map(({ occurredAt, ...reminder }) => ({
      at: occurredAt.toISOString(),
      ...reminder,
    })),
    watchPlans: (isWhole ? await watchPlansAboutChild(store, schoolId, studentId) : []).map(
      ({ startsOn, endsOn, reason, dimension }) => ({ startsOn, endsOn, reason, dimension }),
    ),
    individualPlans: isWhole ? await individualPlansAboutChild(store, schoolId, studentId) : [],
    works: works.map(({ id, title, dimension, reflection, day, by, word, wordBy, hidden }) => ({
      title,
      dimension,
      reflection,
      day,
      by,
      word:
        word === null
          ? null
          : {
              text: word,
              by: wordBy,
            },
      hidden: hidden && {
        at: hidden.at.toISOString(),
        reason: hidden.reason,
      },
      files: files.filter(({ workId }) => workId === id).map(fileNameOf),
    })),
    honours: honours.map(({ id, title, level, givenBy, day, dimension, by, state }) => ({
      title,
      level,
      givenBy,
      day,
      dimension,
      by,
      state,
      files: files.filter(({ honourId }) => honourId === id).map(fileNameOf),
    })),
    /** As the other school wrote it, where a guardian has let it in. */
    earlierSchools: brought.map(
      ({ id, state, fromSchool, broughtAt, answeredAt, answeredByName, portfolio }) => ({
        school: fromSchool,
        state,
        broughtAt: broughtAt.toISOString(),
        answeredAt: answeredAt?.toISOString() ?? null,
        answeredBy: answeredByName,
        years: taken.has(id) ? (portfolio?.years ?? []) : [],
        files: broughtFiles
          .filter(({ transferId }) => transferId === id)
          .map((file) => ({ name: file.name, here: broughtName(file) })),
      }),
    ),
    highlights: (await highlightsOf(store, schoolId, studentId)).flatMap(({ kind, subjectId }) => {
      const title = titles.get(subjectId);
      return title === undefined ? [] : [{ kind, title }];
    }),
    activities: activities.map((activity) => ({
      title: activity.title,
      sort: activity.sort,
      startsOn: activity.startsOn,
      endsOn: activity.endsOn,
      place: activity.place,
      minutes: activity.minutes,
      dimensions: activity.dimensions,
      about: activity.about,
      state: activity.state,
      by: activity.by,
      part: activity.part,
      reflection: activity.reflection,
    })),
    told: await toldByOrAboutChild(store, schoolId, studentId),
    voices: await voicesOfChild(store, schoolId, studentId, isWhole ? null : { guardianId: readerId }),
    ...(await badgesAndGoals(store, schoolId, studentId)),
    wishes: await wishesOfChild(store, schoolId, studentId),
    ...(await shopLifeOfChild(store, schoolId, studentId)),
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
    /** What a child told its teachers stays between them: a guardian's copy has what it reported itself. */
    wordReports: wordReports
      .filter(({ reportedBy }) => isWhole || reportedBy === readerId)
      .map(({ kind, said, reportedAt, state, answer, answeredAt }) => ({
        kind,
        said,
        reportedAt: reportedAt.toISOString(),
        state,
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
  const valid = [...new Map(summaries.map((row) => [row.termId, row])).values()];
  return { json, summaries: valid, pictures: pictures.filter(({ isAlone }) => isAlone), files, broughtFiles };
}

/** How a file from another school is called in the archive. */
export function broughtName({ id, fileName }: Pick<TransferFile, "id" | "fileName">): string {
  const [, ending = "webp"] = fileName.split(".");
  return `earlier-school/${id}.${ending}`;
}

/** How a file of a work or an honour is called in the archive. */
export function fileNameOf({ id, fileName }: Pick<PortfolioFile, "id" | "fileName">): string {
  const [, ending = "webp"] = fileName.split(".");
  return `works/${id}.${ending}`;
}

/** What the child has earned and was given on it, strives for and means to do; never who else does. */
async function badgesAndGoals(store: Store, schoolId: string, studentId: string) {
  const badges = await badgeAwardsOf(store, schoolId, [studentId]);
  const quests = await questsOfChild(store, schoolId, studentId);
  const goals = await personalGoalsOf(store, schoolId, studentId);
  const credentials = await credentialsOfChild(store, schoolId, studentId);
  return {
    credentials: credentials.map(({ kind, badge, isNamed, issuedAt, by, sha256, withdrawnAt }) => ({
      kind,
      badge,
      isNamed,
      issuedAt: issuedAt.toISOString(),
      by,
      sha256,
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
    })),
    badges: badges.map(({ badge, level, day, by, words, awardIds }) => ({
      name: badge.name,
      level,
      day,
      by,
      words,
      awardIds,
    })),
    quests: quests.map(({ badge, level, setAt, metAt, endedAt }) => ({
      name: badge.name,
      level,
      setAt: setAt.toISOString(),
      metAt: metAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
    })),
    goals: goals.map(({ text, pointCode, steps, ticked, reviewOn, by, setAt, celebratedAt, endedAt }) => ({
      text,
      pointCode,
      steps,
      ticked,
      reviewOn,
      by,
      setAt: setAt.toISOString(),
      celebratedAt: celebratedAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
    })),
  };
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
