/** Who may come in by a letter: the rule alone, then whole histories in a real database. */
import fc from "fast-check";
import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { type Database, EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import { createAccounts } from "@doudou/db/repositories/accounts.ts";
import {
  addLetters,
  endLetter,
  guardianMembershipOf,
  guardiansOf,
  joinGuardian,
  letterByCode,
  removeGuardian,
} from "@doudou/db/repositories/guardians.ts";
import { maskedName } from "@doudou/shared/domain/child-name.ts";
import {
  type GuardianOfChild,
  isPhone,
  type Joining,
  joiningState,
  LETTER_DAYS,
  MOST_JOINED,
  placeOf,
  writtenPhone,
} from "@doudou/shared/domain/guardians.ts";
import { freshDatabase } from "../support/databases.ts";
import { createSchool, type School, WORLD_NOW } from "../support/school.ts";

const name = fc.constantFrom("周妈妈", "周爸爸", "周爷爷");
const phone = fc.constantFrom("13800000001", "13800000002", "13800000003");
const relation = fc.constantFrom("mother", "father", "grandfather");
const account = fc.constantFrom("a1", "a2", null);

const guardian: fc.Arbitrary<GuardianOfChild> = fc
  .record({
    membershipId: fc.constantFrom("m1", "m2", "m3"),
    accountId: account,
    name,
    phone: fc.option(phone),
    relation,
    isVerified: fc.boolean(),
    isEnded: fc.boolean(),
    isRemoved: fc.boolean(),
    seesOthers: fc.boolean(),
  })
  .map((known) => ({ ...known, guardianshipId: "", isEnded: known.isEnded || known.isRemoved }));
const family = fc
  .array(guardian, { maxLength: 5 })
  .map((known) => known.map((one, index) => ({ ...one, guardianshipId: `g${index}` })));
const joining = fc.record({
  accountId: account,
  membershipId: fc.constantFrom("m1", "m2", null),
  name,
  phone,
  relation,
}) as fc.Arbitrary<Joining>;

describe("who holds a letter", () => {
  test("is never taken for one who was removed, unless the letter is for that one", () => {
    fc.assert(
      fc.property(joining, family, (person, known) => {
        const place = placeOf(person, known, null);
        const isLikeRemoved = known.some(
          (one) => one.isRemoved && (one.name === person.name || one.phone === person.phone),
        );
        if (isLikeRemoved) expect(place.as).toBe("refused");
      }),
    );
  });

  test("never becomes a third, never takes over an account or a membership that sees another child", () => {
    fc.assert(
      fc.property(joining, family, (person, known) => {
        const place = placeOf(person, known, null);
        const joined = known.filter((one) => one.accountId !== null && one.isVerified && !one.isEnded);
        if (joined.length >= MOST_JOINED) expect(place.as).toBe("refused");
        if (place.as !== "known") return;
        const as = known.find(({ guardianshipId }) => guardianshipId === place.guardianshipId)!;
        expect(as.isEnded).toBe(false);
        const isOwn =
          (person.accountId !== null && as.accountId === person.accountId) ||
          as.membershipId === person.membershipId;
        if (!isOwn) expect(as.accountId).toBe(null);
        if (place.membershipId !== null) {
          expect(place.membershipId).toBe(as.membershipId);
          expect([as.seesOthers, as.accountId, person.membershipId]).toEqual([false, null, null]);
        }
      }),
    );
  });

  test("is counted once it may see the child, however many letters there were", () => {
    expect(joiningState([], false)).toBe("none");
    expect(joiningState([], true)).toBe("letter");
    fc.assert(
      fc.property(family, fc.boolean(), (known, hasLetter) => {
        const joined = known.filter((one) => one.accountId !== null && one.isVerified && !one.isEnded).length;
        const state = joiningState(known, hasLetter);
        expect(state).toBe(joined >= 2 ? "two" : joined === 1 ? "one" : hasLetter ? "letter" : "none");
      }),
    );
  });
});

describe("what is written", () => {
  test("a child's name is hidden but for the family name", () => {
    const names = ["林小满", "李明", "欧阳思远", "欧阳锋", "阿依古丽·买买提", "Anna", "王"];
    expect(names.map(maskedName)).toEqual(["林○○", "李○", "欧阳○○", "欧阳○", "阿○○", "A○○", "王○"]);
  });

  test("a phone number is the same however it is written", () => {
    for (const written of ["138 0000 0001", "+86-138-0000-0001", "１３８００００００01"]) {
      expect(writtenPhone(written)).toBe("13800000001");
      expect(isPhone(written)).toBe(true);
    }
    for (const written of ["", "110", "call me", "1".repeat(20)]) expect(isPhone(written)).toBe(false);
  });
});

type Act =
  | { readonly do: "print"; readonly child: number }
  | { readonly do: "end"; readonly child: number }
  | { readonly do: "readmit"; readonly child: number; readonly which: number }
  | { readonly do: "join"; readonly person: number; readonly letter: number }
  | { readonly do: "remove"; readonly child: number; readonly which: number }
  | { readonly do: "wait"; readonly days: number };

const nth = fc.nat({ max: 3 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("print" as const), child: nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("end" as const), child: nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("readmit" as const), child: nth, which: nth }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("join" as const),
      person: nth,
      letter: fc.nat({ max: 12 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("remove" as const), child: nth, which: nth }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 20 }) }),
  },
);

describe("histories of joining, removing, second children and new letters", () => {
  let stage: Awaited<ReturnType<typeof freshDatabase>>;
  beforeAll(async () => {
    stage = await freshDatabase("sqlite");
  });
  afterAll(() => stage.drop());

  test("at no time does anyone see a child they may not", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 30 }), async (acts) => {
        const history = await History.begin(stage.database, await createSchool(stage.database, "forest"));
        for (const next of acts) {
          await history.take(next);
          expect(await history.seen()).toEqual(history.allowed());
        }
      }),
      { numRuns: 40 },
    );
  });
});

interface Person {
  readonly accountId: string;
  readonly name: string;
  readonly phone: string;
}

interface Printed {
  readonly codeHash: string;
  readonly child: string;
  readonly readmits: string | null;
  readonly until: number;
  isVoid: boolean;
}

/**
 * What happens, in the database by the repositories, and beside it as plain sets what should have come of it: a person
 * sees a child from joining with a letter that stands until removal; afterwards only with a letter made for that person.
 */
class History {
  readonly #database: Database;
  readonly #school: School;
  readonly #people: readonly Person[];
  readonly #letters: Printed[] = [];
  readonly #sees = new Set<string>();
  /** By person and child: the guardianship that was ended. */
  readonly #barred = new Map<string, Set<string>>();
  /** The first child still has the guardian whom the school began with. */
  #hasFirst = true;
  #now = WORLD_NOW.getTime();

  private constructor(database: Database, school: School, people: readonly Person[]) {
    this.#database = database;
    this.#school = school;
    this.#people = people;
  }

  static async begin(database: Database, school: School): Promise<History> {
    const people = Array.from({ length: 4 }, (_, index) => ({
      accountId: uuidv7(),
      name: `家长${index}`,
      phone: `1380000000${index}`,
    }));
    await database.write(EVERY_SCHOOL, (store) =>
      createAccounts(
        store,
        people.map(({ accountId: id, name: displayName }) => ({
          id,
          login: id,
          displayName,
          locale: "zh-CN",
          passwordHash: null,
          createdAt: WORLD_NOW,
        })),
      ),
    );
    return new History(database, school, people);
  }

  async take(next: Act): Promise<void> {
    this.#now += 1000;
    switch (next.do) {
      case "print":
        return await this.#print(this.#child(next.child), null);
      case "end":
        await this.#write((store) => endLetter(store, this.#school.id, this.#child(next.child), this.#at()));
        return this.#voidLettersOf(this.#child(next.child));
      case "readmit": {
        const removed = (await this.#known(this.#child(next.child))).filter(({ isRemoved }) => isRemoved);
        const one = removed[next.which % Math.max(1, removed.length)];
        if (one) await this.#print(this.#child(next.child), one.guardianshipId);
        return;
      }
      case "join":
        return await this.#join(next.person, next.letter);
      case "remove":
        return await this.#remove(this.#child(next.child), next.which);
      case "wait":
        this.#now += next.days * 86_400_000;
    }
  }

  /** Who of the people sees which child, as access decides it. */
  async seen(): Promise<string[]> {
    const rows = await this.#database.read(
      EVERY_SCHOOL,
      async ({ db, tables: { guardianship: g, membership: m } }) =>
        await db
          .select({ accountId: m.accountId, studentId: g.studentId })
          .from(g)
          .innerJoin(m, and(eq(m.schoolId, g.schoolId), eq(m.id, g.membershipId)))
          .where(
            and(
              eq(g.schoolId, this.#school.id),
              isNotNull(g.verifiedAt),
              isNull(g.endedAt),
              isNull(m.endedAt),
            ),
          ),
    );
    return rows
      .filter(({ accountId }) => this.#people.some((person) => person.accountId === accountId))
      .map(({ accountId, studentId }) => `${accountId} ${studentId}`)
      .sort();
  }

  allowed(): string[] {
    return [...this.#sees].sort();
  }

  async #print(child: string, readmits: string | null): Promise<void> {
    const until = this.#now + LETTER_DAYS * 86_400_000;
    const codeHash = uuidv7();
    await this.#write((store) =>
      addLetters(store, this.#school.id, [
        {
          id: uuidv7(),
          studentId: child,
          codeHash,
          readmits,
          createdAt: this.#at(),
          createdBy: this.#school.admin.membershipId,
          expiresAt: new Date(until),
        },
      ]),
    );
    this.#voidLettersOf(child);
    this.#letters.push({ child, readmits, until, isVoid: false, codeHash });
  }

  async #join(who: number, which: number): Promise<void> {
    const letter = this.#letters[which % Math.max(1, this.#letters.length)];
    const person = this.#people[who];
    if (!letter || !person) return;
    await this.#write(async (store) => {
      const found = await letterByCode(store, letter.codeHash, this.#at());
      if (!found) return;
      const own = await guardianMembershipOf(store, found.schoolId, person.accountId);
      const as = { ...person, membershipId: own?.id ?? null, relation: "guardian" as const };
      const known = await guardiansOf(store, found.schoolId, [found.studentId]);
      const place = placeOf(as, known, found.readmits);
      if (place.as === "refused") return;
      const entering = {
        ...as,
        studentId: found.studentId,
        letterId: found.id,
        noticeVersion: "1",
        at: this.#at(),
      };
      await joinGuardian(
        store,
        found.schoolId,
        place,
        { ...entering, ownMembershipId: own?.id ?? null },
        uuidv7,
      );
      if (found.readmits !== null) await endLetter(store, found.schoolId, found.studentId, this.#at());
    });
    const key = `${person.accountId} ${letter.child}`;
    const bars = this.#barred.get(key);
    const isLetIn = bars === undefined || (letter.readmits !== null && bars.has(letter.readmits));
    const isFull = this.#joinedTo(letter.child) >= MOST_JOINED;
    if (letter.isVoid || letter.until <= this.#now || !isLetIn || isFull || this.#sees.has(key)) return;
    this.#sees.add(key);
    if (letter.readmits !== null) letter.isVoid = true;
  }

  async #remove(child: string, which: number): Promise<void> {
    const standing = (await this.#known(child)).filter(({ isEnded }) => !isEnded);
    const one = standing[which % Math.max(1, standing.length)];
    if (!one) return;
    await this.#write((store) =>
      removeGuardian(store, this.#school.id, {
        studentId: child,
        guardianshipId: one.guardianshipId,
        reason: "custody",
        note: null,
        removedBy: this.#school.admin.membershipId,
        at: this.#at(),
      }),
    );
    this.#voidLettersOf(child);
    const key = `${one.accountId} ${child}`;
    this.#sees.delete(key);
    if (one.membershipId === this.#school.guardian.membershipId) this.#hasFirst = false;
    this.#barred.set(key, (this.#barred.get(key) ?? new Set()).add(one.guardianshipId));
  }

  #joinedTo(child: string): number {
    const own = [...this.#sees].filter((key) => key.endsWith(child)).length;
    return own + (child === this.#school.children[0]?.id && this.#hasFirst ? 1 : 0);
  }

  async #known(child: string) {
    return await this.#database.read(this.#school.id, (store) =>
      guardiansOf(store, this.#school.id, [child]),
    );
  }

  #voidLettersOf(child: string): void {
    for (const letter of this.#letters) if (letter.child === child) letter.isVoid = true;
  }

  #child(which: number): string {
    return this.#school.children[which]!.id;
  }

  #at(): Date {
    return new Date(this.#now);
  }

  #write<T>(job: (store: Store) => Promise<T>): Promise<T> {
    return this.#database.write(EVERY_SCHOOL, job);
  }
}
