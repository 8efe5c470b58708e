/**
 * Random histories of a school in the real services (children come, change classes and leave; teachers are assigned, stand
 * in for each other, lead grades and stop; guardians join and are kept out; the year turns, classes go up, are mixed or graduate, and it
 * is taken back), each told to an OrgHistory as well; and the product's own access decision held against that.
 */
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { expect } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import { membershipsOfAccount } from "@doudou/db/repositories/accounts.ts";
import { guardiansOf } from "@doudou/db/repositories/guardians.ts";
import { addGuardianships } from "@doudou/db/repositories/office.ts";
import { assignmentsIn } from "@doudou/db/repositories/directory.ts";
import {
  type Caller,
  type Grant,
  relationsToClass,
  relationsToStudent,
} from "@doudou/server/access/caller.ts";
import { type Action, isGranted } from "@doudou/server/access/permissions.ts";
import { keepGuardianOut } from "@doudou/server/features/guardians/service.ts";
import { endLead, lead } from "@doudou/server/features/people/leading.ts";
import { addPupil, addSubstitute, assign, end, movePupils } from "@doudou/server/features/people/placing.ts";
import {
  applyRollOver,
  rollOver,
  saveDraft,
  undoRollOver,
} from "@doudou/server/features/roll-over/service.ts";
import { readSettings, saveCalendar } from "@doudou/server/features/school-settings/service.ts";
import { Problem } from "@doudou/server/http/problem.ts";
import type { RollOver } from "@doudou/shared/contract/roll-over.ts";
import { addDays } from "@doudou/shared/domain/days.ts";
import { DAYS, OrgHistory } from "./org-history.ts";
import { createSchool, type Person, type School } from "./school.ts";
import type { World } from "./world.ts";

const nth = fc.nat(11);
/** Counted from the day on which it happens; a move may be written down late. */
const soon = fc.integer({ min: -2, max: 5 });
const event = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("enrol" as const), into: nth, in: soon }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("move" as const), child: nth, to: fc.option(nth), in: soon }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("assign" as const),
      teacher: fc.nat(2),
      to: nth,
      isHomeroom: fc.boolean(),
      in: soon,
      for: fc.option(fc.nat(9)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("stand in" as const),
      post: nth,
      teacher: fc.nat(2),
      in: soon,
      for: fc.nat(4),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("end" as const), post: nth, in: soon }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("lead" as const),
      teacher: fc.nat(2),
      gradeOf: nth,
      in: soon,
      for: fc.option(fc.nat(9)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("stop leading" as const), lead: nth, in: soon }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("join" as const), guardian: fc.nat(1), child: nth }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("keep out" as const), guardian: fc.nat(1), child: nth }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("turn the year" as const),
      mixed: fc.option(fc.nat(3)),
      graduates: fc.option(fc.nat(3)),
      notCarried: fc.option(nth),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("turn it back" as const) }) },
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

/**
 * After every event of every history, nobody sees a child or a class that it may not, and everybody those it may.
 * @throws the shortest history that goes wrong, and who sees what after which of its events
 */
export async function expectNobodySeesTooMuch(world: World, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 28, size: "max" }), async (events) => {
      const story = await Story.begin(world);
      for (const [index, one] of events.entries()) {
        await story.take(one);
        await story.expectSeen(`after event ${index}, ${one.do}`);
      }
    }),
    { numRuns },
  );
}

/** A school in the real services, and its history as it is told. */
class Story {
  readonly #world: World;
  readonly #school: School;
  readonly #office: Grant;
  readonly #told = new OrgHistory();
  readonly #teachers: readonly Person[];
  readonly #guardians: readonly Person[];
  readonly #classIds: string[];
  /** Of every class the year in which it is one, by its autumn, and its grade: `2027/4`. */
  readonly #gradeOfYear = new Map<string, string>();
  /** Posts by the product's ids: those that a turn carried along have got new ones. */
  readonly #idOf = new Map<string, string>();
  readonly #accounts = new Map<string, Caller["account"]>();
  /** Guardians without a child have left the school, and joining a child to them brings nobody back. */
  readonly #hasLeft = new Set<string>();
  #at = 0;
  /** How many classes the latest turn has added. */
  #added = 0;

  private constructor(world: World, school: School) {
    this.#world = world;
    this.#school = school;
    this.#teachers = [school.homeroom, school.subject, school.outsider];
    this.#guardians = [school.guardian, school.otherGuardian];
    this.#classIds = [school.classId, school.otherClassId];
    this.#gradeOfYear.set(school.classId, "2026/3").set(school.otherClassId, "2026/5");
    this.#office = {
      schoolId: school.id,
      membershipId: school.admin.membershipId,
      standings: new Set(["school-admin:school"]),
      isConfined: false,
      origin: { requestId: uuidv7(), address: null },
    };
  }

  static async begin(world: World): Promise<Story> {
    const story = new Story(world, await createSchool(world.database, "history", { children: 2 }));
    await story.#begin();
    return story;
  }

  get #today(): string {
    return DAYS[this.#at]!;
  }

  #day(offset: number): string {
    return addDays(this.#today, offset);
  }

  async #begin(): Promise<void> {
    const { database } = this.#world;
    const { id, classId, otherClassId, children, otherChildren, guardian, otherGuardian } = this.#school;
    this.#world.setNow(new Date(`${this.#today}T02:00:00Z`));
    await this.#addYears();
    await database.write(id, async ({ db, tables: { school } }) => {
      await db.update(school).set({ reviewsSummaries: true }).where(eq(school.schoolId, id));
    });
    for (const child of children) this.#told.enrol(child.id, classId, "2026-09-01");
    for (const child of otherChildren) this.#told.enrol(child.id, otherClassId, "2026-09-01");
    this.#told.join(guardian.membershipId, children[0]!.id);
    this.#told.join(otherGuardian.membershipId, otherChildren[0]!.id);
    const posts = await database.read(id, (store) => assignmentsIn(store, id, {}));
    for (const { id: post, membershipId: teacher, classId: of, isHomeroom, startsOn: from } of posts) {
      this.#told.assign({ id: post, teacher, classId: of, isHomeroom, from, last: null, standsInFor: null });
      this.#idOf.set(post, post);
    }
    await database.read(EVERY_SCHOOL, async ({ db, tables }) => {
      for (const { id: account, login, displayName, locale } of await db.select().from(tables.account))
        this.#accounts.set(login, { id: account, displayName, locale } as Caller["account"]);
    });
  }

  async #addYears(): Promise<void> {
    const { deps } = this.#world;
    const { calendar, version } = await readSettings(deps, this.#office);
    const years = calendar.years.map((year) =>
      year.id === this.#school.yearId ? { ...year, endsOn: "2027-08-31" } : year,
    );
    const added = [2027, 2028].map((start) => {
      const span = { startsOn: `${start}-09-01`, endsOn: `${start + 1}-08-31` };
      return { id: uuidv7(), name: `${start}–${start + 1}`, ...span };
    });
    const terms = added.map(({ id: academicYearId, name, startsOn }) => {
      const endsOn = `${Number(startsOn.slice(0, 4)) + 1}-01-14`;
      return { id: uuidv7(), academicYearId, name: { zh: name, en: name }, startsOn, endsOn };
    });
    await saveCalendar(deps, this.#office, {
      version,
      calendar: { ...calendar, years: [...years, ...added], terms: [...calendar.terms, ...terms] },
    });
  }

  /** Does one thing in the product, and tells it where the product took it. */
  async take(one: Event): Promise<void> {
    const { deps } = this.#world;
    const office = this.#office;
    const told = this.#told;
    switch (one.do) {
      case "wait":
        this.#at = Math.min(this.#at + one.days, DAYS.length - 1);
        this.#world.setNow(new Date(`${this.#today}T02:00:00Z`));
        return;
      case "enrol": {
        const id = uuidv7();
        const [classId, from] = [this.#pick(this.#classIds, one.into), this.#day(one.in)];
        const pupil = { id, name: "新同学", studentNo: id, classId, from };
        if (await isTaken(addPupil(deps, office, pupil))) told.enrol(id, classId, from);
        return;
      }
      case "move": {
        const studentId = this.#pick(told.children, one.child);
        const classId = one.to === null ? null : this.#pick(this.#classIds, one.to);
        const from = this.#day(one.in);
        if (await isTaken(movePupils(deps, office, { from, moves: [{ studentId, classId }] })))
          told.move(studentId, classId, from);
        return;
      }
      case "assign": {
        const id = uuidv7();
        const { membershipId } = this.#teachers[one.teacher]!;
        const [classId, from] = [this.#pick(this.#classIds, one.to), this.#day(one.in)];
        const until = one.for === null ? null : addDays(from, one.for);
        const post = { id, membershipId, subjectId: null, isHomeroom: one.isHomeroom, from, until };
        if (!(await isTaken(assign(deps, office, classId, post)))) return;
        this.#tell({ id, teacher: membershipId, classId, isHomeroom: one.isHomeroom, from, last: until });
        return;
      }
      case "stand in": {
        const away = this.#pick(told.posts, one.post);
        const id = uuidv7();
        const { membershipId } = this.#teachers[one.teacher]!;
        const from = this.#day(one.in);
        const until = addDays(from, one.for);
        const awayId = this.#idOf.get(away.id) ?? "";
        if (
          !(await isTaken(
            addSubstitute(deps, office, {
              membershipId,
              from,
              until,
              standsIn: [{ id, assignmentId: awayId }],
            }),
          ))
        )
          return;
        const { classId, isHomeroom } = away;
        this.#tell({ id, teacher: membershipId, classId, isHomeroom, from, last: until }, away.id);
        return;
      }
      case "end": {
        const { id } = this.#pick(told.posts, one.post);
        const last = this.#day(one.in);
        if (await isTaken(end(deps, office, this.#idOf.get(id) ?? "", last))) told.end(id, last);
        return;
      }
      case "lead": {
        const id = uuidv7();
        const { membershipId } = this.#teachers[one.teacher]!;
        const [, grade] = this.#gradeOfYear.get(this.#pick(this.#classIds, one.gradeOf))!.split("/");
        const from = this.#day(one.in);
        const until = one.for === null ? null : addDays(from, one.for);
        const wanted = { id, grade: Number(grade), from, until };
        if (!(await isTaken(lead(deps, office, membershipId, wanted)))) return;
        const autumn = Number(from.slice(0, 4)) - (from.slice(5) < "09-01" ? 1 : 0);
        const last = until ?? `${autumn + 1}-08-31`;
        told.lead({ id, teacher: membershipId, gradeOfYear: `${autumn}/${grade}`, from, last });
        return;
      }
      case "stop leading": {
        if (told.leads.length === 0) return;
        const { id } = this.#pick(told.leads, one.lead);
        const last = this.#day(one.in);
        if (await isTaken(endLead(deps, office, id, last))) told.endLead(id, last);
        return;
      }
      case "join":
        return await this.#join(this.#guardians[one.guardian]!, this.#pick(told.children, one.child));
      case "keep out":
        return await this.#keepOut(this.#guardians[one.guardian]!, this.#pick(told.children, one.child));
      case "turn the year":
        return await this.#turn(one);
      case "turn it back":
        if (await isTaken(undoRollOver(deps, office))) {
          told.turnBack();
          this.#classIds.splice(-this.#added, this.#added);
          this.#added = 0;
        }
    }
  }

  #tell(
    post: Omit<Parameters<OrgHistory["assign"]>[0], "standsInFor">,
    standsInFor: string | null = null,
  ): void {
    this.#told.assign({ ...post, standsInFor });
    this.#idOf.set(post.id, post.id);
  }

  #pick<T>(all: readonly T[], place: number): T {
    return all[place % all.length]!;
  }

  async #join({ membershipId }: Person, studentId: string): Promise<void> {
    if (this.#told.isGuardian(membershipId, studentId)) return;
    const { id } = this.#school;
    const at = this.#world.deps.now();
    await this.#world.database.write(id, (store) =>
      addGuardianships(store, id, [
        { id: uuidv7(), membershipId, studentId, relation: "mother", verifiedAt: at },
      ]),
    );
    this.#told.join(membershipId, studentId);
  }

  async #keepOut({ membershipId }: Person, studentId: string): Promise<void> {
    const { database, deps } = this.#world;
    const { id } = this.#school;
    const known = await database.read(id, (store) => guardiansOf(store, id, [studentId]));
    const found = known.find((g) => g.membershipId === membershipId && g.endedAt === null);
    if (!found) return;
    const of = { studentId, guardianshipId: found.guardianshipId };
    await keepGuardianOut(deps, this.#office, of, { reason: "custody" });
    if (this.#told.keepOut(membershipId, studentId)) this.#hasLeft.add(membershipId);
  }

  async #turn(one: Extract<Event, { do: "turn the year" }>): Promise<void> {
    const { deps, database } = this.#world;
    const { id: schoolId } = this.#school;
    let shown: RollOver;
    try {
      shown = await rollOver(deps, this.#office);
    } catch (refused) {
      if (refused instanceof Problem) return;
      throw refused;
    }
    if (shown.state === "applied") return;
    const fates = shown.draft.classes.map((drafted, place) => {
      if (place === one.graduates) return { ...drafted, becomes: "graduates" as const, nextId: null };
      if (place === one.mixed) return { ...drafted, becomes: "mixed" as const };
      return drafted;
    });
    const mixed = new Set(fates.filter(({ becomes }) => becomes === "mixed").map(({ classId }) => classId));
    const choices = shown.pupils
      .filter(({ classId }) => mixed.has(classId ?? ""))
      .map(({ id: studentId }, index) => ({
        studentId,
        nextId: this.#pick(shown.draft.nextClasses, index).id,
      }));
    const carried = shown.assignments.map(({ id }) => id);
    const notCarried =
      one.notCarried === null || carried.length === 0 ? [] : [this.#pick(carried, one.notCarried)];
    const draft = { ...shown.draft, classes: fates, choices, notCarried };
    const saved = await saveDraft(deps, this.#office, { version: shown.version, draft });
    if (!(await isTaken(applyRollOver(deps, this.#office, saved.preview.seal)))) return;
    const nextIds = saved.draft.nextClasses.map(({ id }) => id);
    const toldIds = new Map([...this.#idOf].map(([told, id]) => [id, told]));
    this.#told.turn({
      firstDay: saved.to.startsOn,
      nextIds: new Set(nextIds),
      follows: new Map(saved.draft.classes.map(({ classId, nextId }) => [classId, nextId])),
      graduating: new Set(
        fates.filter(({ becomes }) => becomes === "graduates").map(({ classId }) => classId),
      ),
      chosen: new Map(choices.map(({ studentId, nextId }) => [studentId, nextId])),
      notCarried: new Set(notCarried.map((id) => toldIds.get(id) ?? "")),
    });
    for (const { id, grade } of saved.draft.nextClasses)
      this.#gradeOfYear.set(id, `${saved.to.startsOn.slice(0, 4)}/${grade}`);
    this.#added = nextIds.length;
    this.#classIds.push(...nextIds);
    // Whoever goes along has a post with an id of the product's making.
    const posts = await database.read(schoolId, (store) => assignmentsIn(store, schoolId, {}));
    for (const post of this.#told.posts) {
      if (this.#idOf.has(post.id)) continue;
      const own = posts.find(
        (p) =>
          p.classId === post.classId &&
          p.membershipId === post.teacher &&
          p.startsOn === post.from &&
          p.isHomeroom === post.isHomeroom &&
          ![...this.#idOf.values()].includes(p.id),
      );
      if (own) this.#idOf.set(post.id, own.id);
    }
  }

  /** Asks the product for every person, child and class, and compares with what was told. */
  async expectSeen(when: string): Promise<void> {
    const { admin, student, otherStudent, children, otherChildren } = this.#school;
    const now = this.#world.deps.now();
    const told = this.#told;
    const day = this.#today;
    const selves = new Map([
      [student, children[0]!.id],
      [otherStudent, otherChildren[0]!.id],
    ]);
    const expectations: [Person, (child: string) => boolean, (classId: string) => boolean][] = [
      [admin, () => true, () => true],
      ...this.#teachers.map((teacher): (typeof expectations)[number] => [
        teacher,
        (child) => told.teaches(teacher.membershipId, told.classOf(child, day), day),
        (classId) => told.teaches(teacher.membershipId, classId, day),
      ]),
      ...this.#guardians.map((guardian): (typeof expectations)[number] => [
        guardian,
        (child) => told.isGuardian(guardian.membershipId, child) && !this.#hasLeft.has(guardian.membershipId),
        () => false,
      ]),
      ...[...selves].map(([person, own]): (typeof expectations)[number] => [
        person,
        (child) => child === own,
        () => false,
      ]),
      [this.#world.neighbour.admin, () => false, () => false],
    ];
    const differences: string[] = [];
    await this.#world.database.read(EVERY_SCHOOL, async (store) => {
      for (const [person, maySee, mayOpen] of expectations) {
        const caller = await this.#caller(store, person);
        for (const [place, child] of told.children.entries()) {
          const found = await relationsToStudent(store, caller, child, now);
          const sees = isAllowed("portfolio.read", found);
          if (sees !== maySee(child))
            differences.push(`${person.name} ${sees ? "sees" : "does not see"} child ${place}`);
        }
        for (const [place, classId] of this.#classIds.entries()) {
          const found = await relationsToClass(store, caller, classId, now);
          const opens = isAllowed("class.read", found);
          if (opens !== mayOpen(classId))
            differences.push(`${person.name} ${opens ? "opens" : "does not open"} class ${place}`);
          const writes = isAllowed("summary.write", found);
          const mayWrite = told.teaches(person.membershipId, classId, day, { asHomeroom: true });
          if (writes !== mayWrite)
            differences.push(`${person.name} ${writes ? "is" : "is not"} homeroom of class ${place}`);
          const approves = isAllowed("summary.review", found);
          const mayApprove =
            person === admin ||
            told.approves(person.membershipId, classId, this.#gradeOfYear.get(classId)!, day);
          if (approves !== mayApprove)
            differences.push(`${person.name} ${approves ? "approves" : "does not approve"} class ${place}`);
        }
      }
    });
    expect(differences, `${when}, on ${day}`).toEqual([]);
  }

  async #caller(store: Store, { login }: Person): Promise<Caller> {
    const account = this.#accounts.get(login)!;
    return {
      account,
      origin: this.#office.origin,
      sessionId: "none",
      isConfined: false,
      isLocked: false,
      isOnSharedTablet: false,
      lacksSecondFactor: false,
      memberships: await membershipsOfAccount(store, account.id),
    };
  }
}

function isAllowed(action: Action, found: Awaited<ReturnType<typeof relationsToClass>>): boolean {
  return found.exists && found.grants.some(({ standings }) => isGranted(action, standings));
}

/** Whether the product did it; what it refuses by a rule did not happen. */
async function isTaken(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (refused) {
    if (refused instanceof Problem) return false;
    throw refused;
  }
}
