/**
 * A rating round of a demo school's term: opened in its last week so far, in which the homeroom teacher and two colleagues
 * have rated the first classes. They see most children alike, and a few quite differently.
 */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import { addDays } from "@doudou/shared/domain/days.ts";
import { type RubricLevel, rubricsConcerning, rubricsOfScheme } from "@doudou/shared/domain/rubrics.ts";
import type { Store } from "../engines/database.ts";
import { keepRatings, putRatingRound } from "../repositories/rubrics.ts";
import type { SchoolFrame } from "../repositories/schools.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const HOUR = 3_600_000;
const OPENED_DAYS_AGO = 6;
const STILL_OPEN_DAYS = 8;
const CLASSES = 2;
const COLLEAGUES = 2;
/** What the homeroom teacher has not come to yet. */
const LEFT_OPEN = 3;
const UNSEEN = 0.04;

export async function enterRatings(
  store: Store,
  schoolId: string,
  terms: readonly PlannedClassTerm[],
  {
    frame,
    adminId,
    teacherIds,
    draw,
  }: {
    readonly frame: SchoolFrame;
    readonly adminId: string;
    readonly teacherIds: readonly string[];
    readonly draw: Draw;
  },
): Promise<void> {
  const term = terms[0]?.term;
  const today = term?.schoolDays.at(-1);
  const opensOn = today && addDays(today, -OPENED_DAYS_AGO);
  const schoolTerm = frame.terms.find(({ id }) => id === term?.termId);
  if (!term || !schoolTerm || !opensOn || opensOn < term.termStartsOn) return;
  const lastDay = addDays(today, STILL_OPEN_DAYS);
  const closesOn = lastDay < schoolTerm.endsOn ? lastDay : schoolTerm.endsOn;
  const at = new Date(startOfDay(opensOn, term.timeZone) + 9 * HOUR);
  const points = [...frame.points.values()].filter(
    ({ schemeId, ofClass }) => schemeId === schoolTerm.schemeId && !ofClass,
  );
  const rubrics = rubricsOfScheme(points, () => undefined);
  const roundId = draw.id(at.getTime());
  const round = { id: roundId, termId: term.termId, opensOn, closesOn, rubrics };
  await putRatingRound(store, schoolId, round, { membershipId: adminId, at });

  for (const { ofClass, term: own } of terms.slice(0, CLASSES)) {
    const seen = new Map<string, number>();
    const ofOthers = ofClass.posts.filter(({ teacher }) => teacherIds[teacher] !== own.homeroomId);
    const colleagues = [...Map.groupBy(ofOthers, ({ teacher }) => teacher)].slice(0, COLLEAGUES);
    const raters = [
      { raterId: own.homeroomId, isHomeroom: true, subjects: [] as string[] },
      ...colleagues.map(([teacher, posts]) => ({
        raterId: teacherIds[teacher] ?? "",
        isHomeroom: false,
        subjects: posts.map(({ subject }) => subject as string),
      })),
    ];
    for (const { raterId, ...rater } of raters) {
      const asked = rubricsConcerning(rubrics, rater, ofClass.grade);
      for (const { code } of rater.isHomeroom ? asked.slice(0, -LEFT_OPEN) : asked) {
        const chosen = ofClass.children.map(({ id: studentId }) => {
          const key = `${studentId} ${code}`;
          const base = seen.get(key) ?? draw.weighted([1, 2, 3, 4], (level) => [1, 3, 5, 3][level - 1] ?? 1);
          seen.set(key, base);
          const shift = draw.weighted([-2, -1, 0, 1], (by) => (by === 0 ? 12 : by === -2 ? 0.4 : 1.5));
          const level = Math.min(4, Math.max(1, base + shift)) as RubricLevel;
          return { studentId, level: draw.happens(UNSEEN) ? null : level };
        });
        const of = { roundId, indicatorCode: code, raterId, classId: ofClass.id, ratedAt: at };
        await keepRatings(store, schoolId, of, chosen);
      }
    }
  }
}
