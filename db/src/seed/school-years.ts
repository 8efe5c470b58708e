/**
 * The academic years a demo school needs so that today lies in a term and another term is over. Days only, no clock.
 * In the holidays the last term is prolonged to today's week: a demonstration has no holidays.
 */
import { addDays, weekRange, weekStartOf } from "@doudou/shared/domain/days.ts";
import { springFestival } from "./holidays.ts";

export interface PlannedTerm {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

export interface PlannedYear {
  /** The calendar year it starts in. */
  readonly start: number;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly terms: readonly PlannedTerm[];
}

export interface SchoolYears {
  /** Oldest first; one, or two where the finished term belongs to last year. */
  readonly years: readonly PlannedYear[];
  readonly finished: PlannedTerm;
  readonly current: PlannedTerm;
}

/** The years around a day, with the term it is in and the one before. */
export function schoolYearsAround(today: string): SchoolYears {
  const start = Number(today.slice(0, 4)) - (today.slice(5) < "09-01" ? 1 : 0);
  const planned = [plannedYear(start - 1), plannedYear(start)];
  const terms = planned.flatMap((year) => year.terms);
  const index = terms.findLastIndex((term) => term.startsOn <= today);
  const [finished, last, next] = [terms[index - 1], terms[index], terms[index + 1]];
  if (!finished || !last) throw new RangeError(`no terms around ${today}`);
  const current =
    last.endsOn >= today
      ? last
      : { ...last, endsOn: prolonged(today, next?.startsOn ?? `${start + 1}-09-01`) };
  const years = planned
    .map((year) => ({ ...year, terms: year.terms.map((term) => (term === last ? current : term)) }))
    .filter((year) => year.terms.includes(finished) || year.terms.includes(current));
  return { years, finished, current };
}

/** To the end of the week, but never into the next term. */
function prolonged(today: string, nextStartsOn: string): string {
  const { endsOn } = weekRange(today);
  return endsOn < nextStartsOn ? endsOn : addDays(nextStartsOn, -1);
}

/** The school year that begins in a calendar year, as most cities have it: 1 September to two weeks before Spring Festival, the week of the Lantern Festival to early July. */
export function plannedYear(start: number): PlannedYear {
  const festival = springFestival(start + 1);
  const name = `${start}–${start + 1}`;
  const springStart = nextMonday(addDays(festival, 13));
  return {
    start,
    name: `${name}学年`,
    startsOn: `${start}-09-01`,
    endsOn: `${start + 1}-08-31`,
    terms: [
      {
        nameZh: `${name}学年第一学期`,
        nameEn: `${name}, first term`,
        startsOn: `${start}-09-01`,
        endsOn: addDays(weekStartOf(addDays(festival, -14)), 4),
      },
      {
        nameZh: `${name}学年第二学期`,
        nameEn: `${name}, second term`,
        startsOn: springStart,
        endsOn: addDays(weekStartOf(`${start + 1}-07-05`), 4),
      },
    ],
  };
}

function nextMonday(day: string): string {
  const monday = weekStartOf(day);
  return monday === day ? day : addDays(monday, 7);
}
