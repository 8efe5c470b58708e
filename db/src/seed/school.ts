/**
 * One demo school from nothing to today: calendar, scheme, people, awards, comments. Runs inside one write, so that a
 * school is there altogether or not at all.
 */
import { addDays, localDayOf, startOfDay, weekStartOf } from "@doudou/shared/domain/calendar.ts";
import type { SchoolScheme } from "@doudou/shared/domain/school-scheme.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { VIEW_MINUTES } from "@doudou/shared/domain/view-limit.ts";
import type { Store } from "../engines/database.ts";
import { keepAbsenceMarks } from "../repositories/absences.ts";
import { loadAwards } from "../repositories/awards.ts";
import { setClassGoal } from "../repositories/boards.ts";
import { setFavourite } from "../repositories/favourites.ts";
import { addAcademicYears, addCalendarExceptions, addSchool, addTerms } from "../repositories/office.ts";
import { cardHolders } from "../repositories/cards.ts";
import { guardiansOf } from "../repositories/consents.ts";
import { addProposal } from "../repositories/proposals.ts";
import { addReminder } from "../repositories/reminders.ts";
import { putTileSet, type TileSetRow } from "../repositories/tile-sets.ts";
import { keepWatchPlan } from "../repositories/watch-plans.ts";
import { type FramePoint, schoolFrame } from "../repositories/schools.ts";
import { addDrafts } from "../repositories/summaries.ts";
import { absencesOfClass } from "./absences.ts";
import { enterAccessGrants } from "./access-grants.ts";
import { enterActivities } from "./activities.ts";
import { enterBegunComments } from "./begun-comments.ts";
import { enterArrangements } from "./arrangements.ts";
import { awardsPerChildAndWeek, classTermsOf, type PlannedClassTerm } from "./class-terms.ts";
import { awardsOfClass } from "./classroom-life.ts";
import { enterBadges } from "./badges.ts";
import { commentsOnClass } from "./comments.ts";
import { Draw } from "./draw.ts";
import { enterIndividualPlan } from "./individual-plans.ts";
import { enterOfficeLife, withOwnPoint } from "./office-life.ts";
import { enterPeople } from "./enter-people.ts";
import { holidaysBetween } from "./holidays.ts";
import { enterDrill } from "./incidents.ts";
import { enterPrivacy } from "./privacy.ts";
import { proposalsOfClass, type ProposalToAnswer } from "./proposals.ts";
import { enterSummaryAnswers } from "./summary-answers.ts";
import { enterFitness } from "./fitness.ts";
import { enterRatings } from "./ratings.ts";
import { enterSummaryRemarks } from "./summary-remarks.ts";
import { enterRewardShop } from "./rewards.ts";
import { remindersOfClass } from "./reminders.ts";
import { watchPlanOfClass } from "./watch-plans.ts";
import { enterOpenRound, enterVoices } from "./voices.ts";
import { enterWordReports } from "./word-reports.ts";
import { planRoster, type SchoolSpec } from "./roster.ts";
import { createDefaultScheme } from "./scheme.ts";
import { type PlannedYear, schoolYearsAround, type SchoolYears } from "./school-years.ts";
import { staffFor, type SubjectCode } from "./staff.ts";

const TIME_ZONE = "Asia/Shanghai";
const HOUR = 3_600_000;
const FAVOURITES = 4;
/** What a homeroom teacher lays out for times of a day, and of which dimensions. */
const TILE_SETS: readonly { readonly name: string; readonly dimensions: readonly Dimension[] }[] = [
  { name: "晨读", dimensions: ["moral", "academic"] },
  { name: "午餐和值日", dimensions: ["labour"] },
];
/** What another lays out for each subject it teaches. */
const SUBJECT_SETS: readonly { readonly name: string; readonly subjectCode: SubjectCode }[] = [
  { name: "数学课", subjectCode: "maths" },
  { name: "劳动课", subjectCode: "labour" },
];
const POINTS_OF_A_SET = 5;
/** The class of `teacher4`, who writes the comments of the running term early and keeps tiles by subject. */
const EARLY = { grade: 4, number: 2 };
const GOALS = [
  { text: "互相帮一把，好好说话", dimension: null },
  { text: "每天一起把教室收拾干净", dimension: null },
  { text: "课间多到操场上动一动", dimension: null },
] as const;
/** A child gets some seven awards a week, most of one or two beans. */
const BEANS_OF_A_WEEK = 10;

export interface SchoolSeed {
  readonly spec: SchoolSpec;
  readonly seed: number;
  readonly now: Date;
  readonly passwordHash: string;
  readonly scheme: SchoolScheme;
  /** Told before each class's term, with the share of the work that is done. */
  readonly onProgress: (what: string, done: number) => void;
}

export interface SeededSchool {
  readonly schoolId: string;
  readonly code: string;
  readonly name: string;
  readonly adminId: string;
  readonly awards: number;
  /** Summaries of the finished term whose comment is written and that families are to read, class by class. */
  readonly toPublish: readonly (readonly SummaryToPublish[])[];
  /** What children and guardians told that is answered by now. */
  readonly toAnswer: readonly ProposalToAnswer[];
  /** Children who came from elsewhere in the running term. */
  readonly newcomers: readonly string[];
}

export interface SummaryToPublish {
  readonly schoolId: string;
  /** The homeroom teacher's. */
  readonly membershipId: string;
  readonly studentId: string;
  readonly termId: string;
  readonly publishedAt: Date;
}

/** Writes a school down. The same seed and moment give the same rows. */
export async function seedSchool(store: Store, job: SchoolSeed): Promise<SeededSchool> {
  const { spec, now, passwordHash, scheme, onProgress } = job;
  const draw = new Draw(`${job.seed}/${spec.code}`);
  const today = localDayOf(now.getTime(), TIME_ZONE);
  const years = schoolYearsAround(today);
  const openedOn = addDays(years.finished.startsOn, -10);
  const createdAt = new Date(startOfDay(openedOn, TIME_ZONE) + 9 * HOUR);
  const { name, code } = spec;
  const schoolId = draw.id(createdAt.getTime());
  const viewMinutes = VIEW_MINUTES.most; // The demo's children are looked at by many people.
  await addSchool(store, {
    schoolId,
    code,
    name,
    timeZone: TIME_ZONE,
    locale: "zh-CN",
    viewMinutes,
    createdAt,
  });
  const yearIds = await enterCalendar(store, schoolId, years, scheme, createdAt, draw.branch("calendar"));

  const roster = planRoster(spec, years, today, draw.branch("roster"));
  const classesNow = roster.classes.filter(({ yearStart }) => yearStart === years.years.at(-1)?.start);
  const people = { schoolId, spec, years, yearIds, timeZone: TIME_ZONE, openedOn, passwordHash, draw };
  const { classes, adminId, teacherIds } = await enterPeople(store, roster, staffFor(classesNow), people);
  const frame = await schoolFrame(store, schoolId);
  if (!frame) throw new Error("the school is gone");

  const life = { now, today, years, frame, classes, teacherIds, draw: draw.branch("life") };
  const finished = classTermsOf(years.finished, life);
  const terms = [...finished, ...classTermsOf(years.current, life)];
  const rate = awardsPerChildAndWeek(spec, terms);
  const toPublish: SummaryToPublish[][] = [];
  const toAnswer: ProposalToAnswer[] = [];
  let awards = 0;
  for (const [index, planned] of terms.entries()) {
    const { ofClass, term } = planned;
    onProgress(`${name} ${ofClass.name}`, index / terms.length);
    const own = life.draw.branch(`${term.termId}/${ofClass.id}`);
    const given = awardsOfClass({ ...term, awardsPerChildAndWeek: rate }, own);
    const isFirst = planned === terms[finished.length];
    await loadAwards(
      store,
      schoolId,
      isFirst
        ? await enterIndividualPlan(store, schoolId, planned, {
            frame,
            given,
            draw: own.branch("individual-plans"),
          })
        : given,
    );
    awards += given.length;
    if (!finished.includes(planned)) {
      for (const reminder of remindersOfClass(planned, own.branch("reminders")))
        await addReminder(store, schoolId, reminder);
      const watched = watchPlanOfClass(planned, own.branch("watch-plans"));
      if (watched) await keepWatchPlan(store, schoolId, watched);
      await keepAbsenceMarks(
        store,
        schoolId,
        absencesOfClass(planned, { today, now }, own.branch("absences")),
      );
      await enterArrangements(store, schoolId, planned, {
        now,
        today,
        isFirst,
        draw: own.branch("arrangements"),
      });
      const ids = ofClass.children.map(({ id }) => id);
      const holders = (await cardHolders(store, schoolId, ids)).filter(({ hasConsent }) => hasConsent);
      const mayTell = new Set(holders.map(({ studentId }) => studentId));
      const families = await guardiansOf(store, schoolId, ids);
      const { told, toAnswer: answered } = proposalsOfClass(planned, frame, {
        mayTell,
        guardians: new Map(families.map(({ studentId, membershipId }) => [studentId, membershipId])),
        draw: own.branch("proposals"),
      });
      for (const proposal of told) await addProposal(store, schoolId, proposal);
      toAnswer.push(...answered);
      if (isFirst || (ofClass.gradeNow === 1 && ofClass.number === 1))
        await enterOpenRound(store, schoolId, planned, { mayTell, draw: own.branch("open-round") });
      if (isOfEarly(planned))
        await enterBegunComments(store, schoolId, planned, {
          given,
          frame,
          teacherIds,
          draw: own.branch("begun-comments"),
        });
      if (isFirst) {
        await enterVoices(store, schoolId, planned, { frame, mayTell, draw: own.branch("voices") });
        await enterWordReports(store, schoolId, planned, { today, draw: own.branch("word-reports") });
      }
      continue;
    }
    const comments = commentsOnClass(ofClass.children, given, frame.points, own.branch("comments"));
    await enterComments(store, schoolId, planned, comments);
    const remarks = { day: term.termEndsOn, teacherIds, draw: own.branch("remarks") };
    await enterSummaryRemarks(store, schoolId, planned, remarks);
    await enterActivities(store, schoolId, planned, own.branch("activities"));
    if (!isPublished(planned)) continue;
    toPublish.push(summariesOf(schoolId, planned));
    await enterSummaryAnswers(store, schoolId, planned, own.branch("answers"));
  }
  for (const [round, ofTerm] of [finished, terms.slice(finished.length)].entries())
    await enterRatings(store, schoolId, ofTerm, {
      frame,
      adminId,
      teacherIds,
      draw: draw.branch(`ratings/${round}`),
    });
  await enterFitness(store, schoolId, terms, {
    today,
    yearIds: years.years.flatMap((year) => {
      const id = yearIds.get(year);
      return id === undefined ? [] : [{ id, start: year.start }];
    }),
    adminId,
    teacherIds,
    draw: draw.branch("fitness"),
  });
  await enterFavourites(store, schoolId, terms);
  await enterTileSets(store, schoolId, terms.slice(finished.length), {
    openedOn,
    draw: draw.branch("tile-sets"),
  });
  await enterGoals(store, schoolId, terms, weekStartOf(today));
  await enterPrivacy(store, schoolId, terms.at(-1), {
    frame,
    today,
    openedOn,
    adminId,
    draw: draw.branch("privacy"),
  });
  await enterDrill(store, schoolId, {
    frame,
    endsOn: years.finished.endsOn,
    adminId,
    draw: draw.branch("drill"),
  });
  await enterAccessGrants(store, schoolId, terms.slice(finished.length), {
    frame,
    today,
    adminId,
    teacherIds,
    draw: draw.branch("access-grants"),
  });
  await enterOfficeLife(
    store,
    schoolId,
    terms.filter((planned) => !finished.includes(planned)),
    { frame, today, now, adminId, teacherIds, draw: draw.branch("office") },
  );
  await enterBadges(store, schoolId, terms.slice(finished.length), {
    frame,
    today,
    openedOn,
    adminId,
    draw: draw.branch("badges"),
  });
  await enterRewardShop(
    store,
    schoolId,
    terms.filter((planned) => !finished.includes(planned)),
    { frame, today, now, adminId, teacherIds, draw: draw.branch("rewards") },
  );
  const here = terms.slice(finished.length).flatMap(({ ofClass }) => ofClass.children);
  const newcomers = here.filter(({ joinedOn }) => joinedOn !== undefined).map(({ id }) => id);
  return { schoolId, code, name, adminId, awards, toPublish, toAnswer, newcomers };
}

/** Years, each with its terms and a published scheme, and the days that differ. @returns the years' ids */
async function enterCalendar(
  store: Store,
  schoolId: string,
  { years }: SchoolYears,
  scheme: SchoolScheme,
  publishedAt: Date,
  draw: Draw,
): Promise<Map<PlannedYear, string>> {
  const newId = () => draw.id(publishedAt.getTime());
  const ids = new Map<PlannedYear, string>();
  for (const year of years) {
    const { name, startsOn, endsOn } = year;
    const id = newId();
    ids.set(year, id);
    await addAcademicYears(store, schoolId, [{ id, name, startsOn, endsOn }]);
    const isThisYear = year === years.at(-1);
    const schemeId = await createDefaultScheme(store, schoolId, id, {
      scheme: isThisYear ? withOwnPoint(scheme) : scheme,
      version: 1,
      publishedAt,
      newId,
    });
    await addTerms(
      store,
      schoolId,
      year.terms.map((term) => ({ ...term, id: newId(), academicYearId: id, schemeId })),
    );
    await addCalendarExceptions(store, schoolId, holidaysBetween(startsOn, endsOn));
  }
  return ids;
}

/** Written at home on the evenings of the term's last week. */
async function enterComments(
  store: Store,
  schoolId: string,
  { term }: PlannedClassTerm,
  comments: ReadonlyMap<string, string>,
): Promise<void> {
  const evening = startOfDay(addDays(term.termEndsOn, -3), TIME_ZONE) + 20 * HOUR;
  const drafts = [...comments].map(([studentId, comment], index) => {
    const savedAt = new Date(evening + index * 150_000);
    return { studentId, comment, savedBy: term.homeroomId, savedAt };
  });
  await addDrafts(store, schoolId, term.termId, drafts);
}

/** In a big school a class or two is always late. */
function isPublished({ ofClass: { gradeNow, number } }: PlannedClassTerm): boolean {
  return !(number === 2 && (gradeNow === 2 || gradeNow === 6));
}

/** Handed out on the last afternoon. */
function summariesOf(schoolId: string, { ofClass, term }: PlannedClassTerm): SummaryToPublish[] {
  const afternoon = startOfDay(term.termEndsOn, TIME_ZONE) + 16.5 * HOUR;
  return ofClass.children.map(({ id: studentId }, index) => {
    const publishedAt = new Date(afternoon + index * 1000);
    return { schoolId, membershipId: term.homeroomId, studentId, termId: term.termId, publishedAt };
  });
}

/** What each class wants to reach this week, agreed on Monday morning. */
async function enterGoals(
  store: Store,
  schoolId: string,
  terms: readonly PlannedClassTerm[],
  monday: string,
): Promise<void> {
  const setAt = new Date(startOfDay(monday, TIME_ZONE) + 8.5 * HOUR);
  const current = terms.at(-1)?.term;
  if (!current || monday < current.termStartsOn || monday > current.termEndsOn) return;
  for (const { ofClass, term } of terms.filter((planned) => planned.term.termId === current.termId)) {
    const goal = GOALS[(ofClass.grade + ofClass.number) % GOALS.length];
    const target = ofClass.children.length * BEANS_OF_A_WEEK;
    if (goal)
      await setClassGoal(
        store,
        schoolId,
        { classId: ofClass.id, weekStartsOn: monday },
        { ...goal, target: Math.round(target / 10) * 10, setBy: term.homeroomId, setAt },
      );
  }
}

/** What the homeroom teacher of the first class has laid out for two times of a day, and another by subject. */
async function enterTileSets(
  store: Store,
  schoolId: string,
  terms: readonly PlannedClassTerm[],
  { openedOn, draw }: { readonly openedOn: string; readonly draw: Draw },
): Promise<void> {
  const lay = async (
    homeroomId: string,
    set: Pick<TileSetRow, "name" | "subjectCode">,
    points: readonly FramePoint[],
  ) => {
    const pointCodes = points.slice(0, POINTS_OF_A_SET).map(({ code }) => code);
    if (pointCodes.length === 0) return;
    const id = draw.id(startOfDay(openedOn, TIME_ZONE));
    await putTileSet(store, schoolId, homeroomId, { id, ...set, pointCodes }, TILE_SETS.length);
  };
  for (const planned of terms.slice(0, 1))
    for (const { name, dimensions } of TILE_SETS) {
      const fitting = ownPoints(planned).filter(({ dimension }) => dimensions.includes(dimension));
      await lay(planned.term.homeroomId, { name, subjectCode: null }, fitting);
    }
  for (const planned of terms.filter(isOfEarly))
    for (const set of SUBJECT_SETS)
      await lay(planned.term.homeroomId, set, ownPoints(planned, set.subjectCode));
}

/** What a homeroom teacher sees in the own class, or in a subject there. */
function ownPoints({ term }: PlannedClassTerm, subject?: SubjectCode): FramePoint[] {
  const own = term.occasions.filter(
    (occasion) => occasion.recorderId === term.homeroomId && (!subject || occasion.subject === subject),
  );
  return [...new Set(own.flatMap(({ points }) => points.map(({ point }) => point)))];
}

function isOfEarly({ ofClass }: PlannedClassTerm): boolean {
  return ofClass.gradeNow === EARLY.grade && ofClass.number === EARLY.number;
}

/** Every teacher keeps at hand the points used most in the current term. */
async function enterFavourites(
  store: Store,
  schoolId: string,
  terms: readonly PlannedClassTerm[],
): Promise<void> {
  const uses = new Map<string, Map<string, number>>();
  const current = terms.at(-1)?.term.termId;
  for (const { recorderId, points } of terms.flatMap(({ term }) =>
    term.termId === current ? term.occasions : [],
  )) {
    const ofTeacher = uses.get(recorderId) ?? new Map<string, number>();
    uses.set(recorderId, ofTeacher);
    for (const { point, weight } of points) ofTeacher.set(point.id, (ofTeacher.get(point.id) ?? 0) + weight);
  }
  for (const [membershipId, ofTeacher] of uses) {
    const most = [...ofTeacher].sort((a, b) => b[1] - a[1]).slice(0, FAVOURITES);
    for (const [pointId] of most) await setFavourite(store, schoolId, membershipId, pointId, true);
  }
}
