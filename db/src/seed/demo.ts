/**
 * The demo schools: 「森林小学」 with six grades and two terms of school life, and a small second one that must never
 * be seen from the first. All of it follows from a seed number and the moment; nothing is drawn from anywhere else.
 */
import { type Database, EVERY_SCHOOL } from "../engines/database.ts";
import type { SchoolSpec } from "./roster.ts";
import { defaultScheme } from "./scheme.ts";
import { type SeededSchool, seedSchool, type SummaryToPublish } from "./school.ts";

export interface DemoProgress {
  readonly what: string;
  /** Of `total`, about as many awards as there will be. */
  readonly done: number;
  readonly total: number;
}

export interface DemoOptions {
  readonly seed: number;
  readonly now: Date;
  /** Of the one password of all demo accounts. */
  readonly passwordHash: string;
  readonly onProgress?: (progress: DemoProgress) => void;
  /** Told of schools whose rows are there and will be committed once this returns. */
  readonly beforeCommit?: (schools: readonly SeededSchool[]) => void;
  /**
   * Publishes a summary whose comment is written, as the product would have at that time; called for a class at once.
   * Where left out, all of them stay drafts.
   */
  readonly publish?: Publish;
  /** How many big schools, each with about 120,000 awards; made one after the other, so that memory stays flat. */
  readonly scale?: number;
  /** Instead of the usual ones. */
  readonly schools?: readonly SchoolSpec[];
}

/** About 500 children, 30 teachers, 120,000 awards. */
export const FOREST: SchoolSpec = {
  name: "森林小学",
  code: "forest",
  logins: { admin: "admin", teacher: "teacher", student: "student", guardian: "parent" },
  grades: [3, 4, 5, 6, 1, 2],
  classesPerGrade: 2,
  classSize: [38, 45],
  awardsPerChildAndWeek: [5.5, 8],
  aimedAwards: 120_000,
};

export const CREEK: SchoolSpec = {
  name: "小溪学校",
  code: "creek",
  logins: { admin: "creekadmin", teacher: "creek", student: "creekstudent", guardian: "creekparent" },
  grades: [2, 4],
  classesPerGrade: 1,
  classSize: [8, 8],
  awardsPerChildAndWeek: [6, 6],
  aimedAwards: 3_000,
};

/** How much of a school's share of the work its rows are; the rest is publishing. */
const ROWS = 0.8;

/**
 * Fills a database with the demo schools, the usual two in one transaction and every further one in its own, so that an
 * interrupted start leaves whole schools or none. Summaries are published afterwards.
 * @returns the schools, in the order they were made
 * @throws when one of them is there already
 */
export async function seedDemo(database: Database, options: DemoOptions): Promise<SeededSchool[]> {
  const { seed, now, passwordHash, onProgress, beforeCommit, publish, scale = 1 } = options;
  const further = Array.from({ length: scale - 1 }, (_, index) => [furtherSchool(index + 2)]);
  const transactions = options.schools ? [options.schools] : [[CREEK, FOREST], ...further];
  const scheme = await defaultScheme();
  const specs = transactions.flat();
  const total = sizeOf(specs);
  const report = (spec: SchoolSpec, what: string, share: number) => {
    const done = sizeOf(specs.slice(0, specs.indexOf(spec))) + share * spec.aimedAwards;
    onProgress?.({ what, done: Math.floor(done), total });
  };
  const seeded: SeededSchool[] = [];
  for (const together of transactions) {
    const made = await database.write(EVERY_SCHOOL, async (store) => {
      const schools: SeededSchool[] = [];
      for (const spec of together) {
        const rows = (what: string, share: number) => report(spec, what, share * ROWS);
        schools.push(await seedSchool(store, { spec, seed, now, passwordHash, scheme, onProgress: rows }));
      }
      beforeCommit?.(schools);
      return schools;
    });
    seeded.push(...made);
    const last = together.at(-1);
    if (!publish || !last) continue;
    await publishSummaries(made, publish, (share) => report(last, "summaries", ROWS + share * (1 - ROWS)));
  }
  onProgress?.({ what: "demo schools", done: total, total });
  return seeded;
}

function sizeOf(specs: readonly SchoolSpec[]): number {
  return specs.reduce((sum, { aimedAwards }) => sum + aimedAwards, 0);
}

type Publish = (summary: SummaryToPublish) => Promise<void>;

/** A class at a time, so that its summaries share a commit and no queue overflows. */
export async function publishSummaries(
  schools: readonly SeededSchool[],
  publish: Publish,
  report: (share: number) => void,
): Promise<void> {
  const classes = schools.flatMap(({ toPublish }) => toPublish);
  for (const [index, ofClass] of classes.entries()) {
    report(index / classes.length);
    await Promise.all(ofClass.map(publish));
  }
}

/** The n-th school like 森林小学. Its logins begin with `n.`, such as `2.teacher1`. */
function furtherSchool(n: number): SchoolSpec {
  const { admin, teacher, student, guardian } = FOREST.logins;
  const logins = {
    admin: `${n}.${admin}`,
    teacher: `${n}.${teacher}`,
    student: `${n}.${student}`,
    guardian: `${n}.${guardian}`,
  };
  return { ...FOREST, name: `森林第${n}小学`, code: `forest${n}`, logins };
}
