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
  /** Hundredths of a school. */
  readonly done: number;
  readonly total: number;
}

export interface DemoOptions {
  readonly seed: number;
  readonly now: Date;
  /** Of the one password of all demo accounts. */
  readonly passwordHash: string;
  readonly onProgress?: (progress: DemoProgress) => void;
  /**
   * Publishes a summary whose comment is written, as the product would have at that time; called for a class at once.
   * Where left out, all of them stay drafts.
   */
  readonly publish?: Publish;
  /** How many big schools; each has about 120,000 awards and is a transaction of its own, so memory stays flat. */
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
 * Fills a database with the demo schools. Each school is one transaction, there altogether or not at all; its summaries
 * are published after it.
 * @returns the schools, in the order they were made
 * @throws when one of them is there already
 */
export async function seedDemo(database: Database, options: DemoOptions): Promise<SeededSchool[]> {
  const { seed, now, passwordHash, onProgress, publish, scale = 1 } = options;
  const specs = options.schools ?? [
    CREEK,
    ...Array.from({ length: scale }, (_, index) => bigSchool(index + 1)),
  ];
  const scheme = await defaultScheme();
  const total = specs.length * 100;
  const seeded: SeededSchool[] = [];
  for (const [index, spec] of specs.entries()) {
    const report = (what: string, share: number) =>
      onProgress?.({ what, done: Math.floor((index + share) * 100), total });
    const rows = (what: string, share: number) => report(what, share * ROWS);
    const job = { spec, seed, now, passwordHash, scheme, onProgress: rows };
    const school = await database.write(EVERY_SCHOOL, (store) => seedSchool(store, job));
    seeded.push(school);
    if (publish)
      await publishSummaries(school, publish, (share) =>
        report(`${school.name} summaries`, ROWS + share * (1 - ROWS)),
      );
  }
  onProgress?.({ what: "demo schools", done: total, total });
  return seeded;
}

type Publish = (summary: SummaryToPublish) => Promise<void>;

/** A class at a time, so that its summaries share a commit and no queue overflows. */
async function publishSummaries(
  { toPublish }: SeededSchool,
  publish: Publish,
  report: (share: number) => void,
): Promise<void> {
  for (const [index, ofClass] of toPublish.entries()) {
    report(index / toPublish.length);
    await Promise.all(ofClass.map(publish));
  }
}

/** The first is 森林小学 itself; the logins of the n-th begin with `n.`, such as `2.teacher1`. */
function bigSchool(n: number): SchoolSpec {
  if (n === 1) return FOREST;
  const { admin, teacher, student, guardian } = FOREST.logins;
  const logins = {
    admin: `${n}.${admin}`,
    teacher: `${n}.${teacher}`,
    student: `${n}.${student}`,
    guardian: `${n}.${guardian}`,
  };
  return { ...FOREST, name: `森林第${n}小学`, code: `forest${n}`, logins };
}
