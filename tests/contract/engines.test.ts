/**
 * What `read` and `write` promise, on both engines, and what each promises alone: group commit on SQLite, row-level
 * security on PostgreSQL.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import BetterSqlite3 from "better-sqlite3";
import { eq, sql } from "drizzle-orm";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import {
  DatabaseClosed,
  EVERY_SCHOOL,
  JobRefused,
  Overloaded,
  type Database,
  type Store,
} from "@doudou/db/engines/database.ts";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { ENGINES, type Engine, type FreshDatabase, freshDatabase } from "../support/databases.ts";

const FOREST = "forest";
const MEADOW = "meadow";
const at = new Date("2026-09-01T00:00:00.123Z");

let fresh: FreshDatabase;
let database: Database;

async function start(engine: Engine, options?: Parameters<typeof freshDatabase>[1]): Promise<void> {
  fresh = await freshDatabase(engine, options);
  database = fresh.database;
}

const ENTRY = {
  schoolId: FOREST,
  seq: 1,
  kind: "read",
  membershipId: "m",
  action: "read",
  requestId: "r",
  hash: "h",
} as const;

describe.each(ENGINES)("on %s", (engine) => {
  beforeEach(() => start(engine));
  afterEach(() => fresh.drop());

  test("what is acknowledged is seen by a process that opens the database afterwards", async () => {
    await database.write(FOREST, (store) => openSchool(store, FOREST));
    const other = await openDatabase(fresh.location);
    onTestFinished(() => other.close());
    expect(await codes(other, FOREST)).toEqual([FOREST]);
    expect(await codes(database, FOREST)).toEqual([FOREST]);
  });

  test("an instant, a flag and a value come back as they were written", async () => {
    await database.write(FOREST, async (store) => {
      const { school, academicYear, indicatorScheme, schemeDimension } = store.tables;
      await openSchool(store, FOREST);
      await store.db
        .insert(academicYear)
        .values({ schoolId: FOREST, id: "y", name: "2026", startsOn: "2026-09-01", endsOn: "2027-07-10" });
      await store.db
        .insert(indicatorScheme)
        .values({ schoolId: FOREST, id: "s", academicYearId: "y", version: 1, status: "draft" });
      await store.db.insert(schemeDimension).values({
        schoolId: FOREST,
        schemeId: "s",
        dimension: "moral",
        nameZh: "德",
        nameEn: "Moral",
        thresholds: [1, 2, 3, 4] as never,
      });
      const [row] = await store.db.select({ createdAt: school.createdAt }).from(school);
      expect(row?.createdAt).toEqual(at);
      const [dimension] = await store.db.select().from(schemeDimension);
      expect(dimension?.thresholds).toEqual([1, 2, 3, 4]);
      const [scheme] = await store.db.select().from(indicatorScheme);
      expect(scheme?.publishedAt).toBeNull();
    });
  });

  test("what a write announces is heard once it is committed, and not when it fails", async () => {
    const heard: (string | undefined)[] = [];
    const stop = database.listen((topic) => heard.push(topic));
    onTestFinished(stop);
    // On PostgreSQL somebody who listens is told when it begins to count.
    if (engine === "postgres") await expect.poll(() => heard).toEqual([undefined]);
    heard.length = 0;
    await database
      .write(FOREST, async (store) => {
        store.announce("lost");
        await openSchool(store, FOREST);
        throw new Error("changed its mind");
      })
      .catch(() => undefined);
    const writing = Promise.all(
      ["one", "two"].map((topic) =>
        database.write(topic, async (store) => {
          store.announce(topic);
          store.announce(topic);
          await openSchool(store, topic);
          if (topic === "one") expect(heard).toEqual([]);
        }),
      ),
    );
    await writing;
    await expect.poll(() => new Set(heard)).toEqual(new Set(["one", "two"]));
    expect(heard).toHaveLength(2);
    stop();
    await database.write(FOREST, async (store) => store.announce("unheard"));
    expect(heard).not.toContain("unheard");
  });

  test("a count is a number", async () => {
    const [row] = await database.read(
      FOREST,
      async ({ db, tables: { school } }) => await db.select({ n: sql<number>`count(*)` }).from(school),
    );
    expect(row?.n).toBe(0);
  });

  test("an instant may be given to a prepared statement, in a value and in a condition", async () => {
    await database.write(FOREST, (store) => openSchool(store, FOREST));
    const openedAt = (from: Date) =>
      database.read(FOREST, async (store) => {
        const { school } = store.tables;
        const rows = await store
          .prepared("test-since", () =>
            store.db
              .select({ id: school.schoolId })
              .from(school)
              .where(sql`${school.createdAt} >= ${sql.placeholder("from")}`),
          )
          .execute({ from });
        return rows.length;
      });
    expect(await openedAt(at)).toBe(1);
    expect(await openedAt(new Date(at.getTime() + 1))).toBe(0);
    expect(await openedAt(at)).toBe(1);
  });

  test("a statement that returns no rows tells how many it has changed, built anew or kept", async () => {
    const changes = await database.write(EVERY_SCHOOL, async (store) => {
      const { db, tables } = store;
      const open = store.prepared("test-open", () =>
        db
          .insert(tables.school)
          .values({ ...schoolRow(FOREST), schoolId: sql.placeholder("id"), code: sql.placeholder("id") })
          .onConflictDoNothing(),
      );
      const written = [
        await open.execute({ id: FOREST }),
        await open.execute({ id: FOREST }),
        await open.execute({ id: MEADOW }),
        await db.update(tables.school).set({ name: "renamed" }),
        await db.delete(tables.school).where(eq(tables.school.schoolId, MEADOW)),
        await db.delete(tables.school).where(eq(tables.school.schoolId, MEADOW)),
      ];
      return written.map((each) => each.changes);
    });
    expect(changes).toEqual([1, 0, 1, 2, 1, 0]);
  });

  test("a job sees what it has written itself", async () => {
    const seen = await database.write(FOREST, async (store) => {
      await openSchool(store, FOREST);
      return await store.db.select().from(store.tables.school);
    });
    expect(seen).toHaveLength(1);
  });

  test("a job that fails keeps nothing and takes no neighbour with it", async () => {
    const results = await Promise.allSettled([
      ...["a", "b", "c"].map((school) => database.write(school, (store) => openSchool(store, school))),
      database.write("half", async (store) => {
        await openSchool(store, "half");
        throw new Error("changed my mind");
      }),
      ...["d", "e"].map((school) => database.write(school, (store) => openSchool(store, school))),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect(results[3]).toMatchObject({ reason: { message: "changed my mind" } });
    expect(await codes(database, EVERY_SCHOOL)).toEqual(["a", "b", "c", "d", "e"]);
  });

  test("a statement that failed fails its job, even when the job looks away", async () => {
    await database.write(FOREST, (store) => openSchool(store, FOREST));
    const writing = database.write(EVERY_SCHOOL, async (store) => {
      await openSchool(store, MEADOW);
      await openSchool(store, FOREST).catch(() => undefined);
    });
    await expect(writing).rejects.toThrow(/unique/i);
    expect(await codes(database, EVERY_SCHOOL)).toEqual([FOREST]);
  });

  test("an error names no value of the statement", async () => {
    await database.write(FOREST, (store) => openSchool(store, FOREST));
    const error: unknown = await database
      .write(FOREST, (store) => openSchool(store, FOREST))
      .catch((reason: unknown) => reason);
    expect(String(error)).toMatch(/unique/i);
    expect(String(error)).not.toContain(FOREST);
  });

  test("a read or write inside a job is refused instead of waiting for itself", async () => {
    const inner = [
      () => database.write(FOREST, async () => undefined),
      () => database.read(FOREST, async () => undefined),
    ];
    for (const open of inner) {
      await expect(database.write(FOREST, open)).rejects.toBeInstanceOf(JobRefused);
      await expect(database.read(FOREST, open)).rejects.toBeInstanceOf(JobRefused);
    }
    await database.write(FOREST, async () => undefined); // and one after the other is fine
    await database.read(FOREST, async () => undefined);
  });

  test("a store that is kept beyond its job is of no use", async () => {
    const kept: Store[] = [];
    await database.write(FOREST, async (store) => void kept.push(store));
    await database.read(FOREST, async (store) => void kept.push(store));
    for (const store of kept) expect(() => store.db).toThrow(JobRefused);
  });

  test("a read cannot write", async () => {
    await expect(database.read(FOREST, (store) => openSchool(store, FOREST))).rejects.toThrow(/read-?only/i);
    expect(await codes(database, EVERY_SCHOOL)).toEqual([]);
  });

  test("something that is no school's id is refused as a scope", async () => {
    for (const scope of ["", "'; DROP TABLE school; --", "a b", "**"]) {
      await expect(database.read(scope, async () => undefined)).rejects.toBeInstanceOf(JobRefused);
    }
  });

  test("writes that lock the same names do not lose one another's count", async () => {
    await database.write(EVERY_SCHOOL, async ({ db, tables }) => {
      await db.insert(tables.signInThrottle).values({ key: "k", failures: 0, windowStartedAt: at });
    });
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        database.write(EVERY_SCHOOL, async (store) => {
          const { signInThrottle } = store.tables;
          await store.lock(i % 2 === 0 ? ["x", "y", "x"] : ["y", "x"]);
          const [row] = await store.db.select().from(signInThrottle);
          await store.db
            .update(signInThrottle)
            .set({ failures: (row?.failures ?? 0) + 1 })
            .where(eq(signInThrottle.key, "k"));
        }),
      ),
    );
    const [row] = await database.read(
      EVERY_SCHOOL,
      async (store) => await store.db.select().from(store.tables.signInThrottle),
    );
    expect(row?.failures).toBe(30);
  });

  test("closing finishes what was accepted, and refuses what comes later", async () => {
    const accepted = Array.from({ length: 600 }, (_, i) =>
      database.write(`s${i}`, (store) => openSchool(store, `s${i}`)),
    );
    const closed = database.close();
    await expect(database.write("late", (store) => openSchool(store, "late"))).rejects.toBeInstanceOf(
      DatabaseClosed,
    );
    await closed;
    expect((await Promise.allSettled(accepted)).filter(({ status }) => status === "rejected")).toEqual([]);
    expect(await database.isReady()).toBe(false);
    await expect(database.read(FOREST, async () => undefined)).rejects.toBeInstanceOf(DatabaseClosed);
    const again = await openDatabase(fresh.location);
    onTestFinished(() => again.close());
    expect(await again.isReady()).toBe(true);
    expect(await codes(again, EVERY_SCHOOL)).toHaveLength(600);
  });

  test("the ledger and the audit log can be neither changed nor emptied", async () => {
    await database.write(FOREST, async (store) => {
      await openSchool(store, FOREST);
      await store.db
        .insert(store.tables.membership)
        .values({ schoolId: FOREST, id: "m", role: "school-admin" as never, displayName: "李" });
      await store.db.insert(store.tables.auditEntry).values({ ...ENTRY, at });
    });
    const changes: ((store: Store) => PromiseLike<unknown>)[] = [
      ({ db, tables }) => db.update(tables.auditEntry).set({ action: "nothing" }),
      ({ db, tables }) => db.delete(tables.auditEntry),
      ({ db, tables }) =>
        db
          .insert(tables.auditEntry)
          .values({ ...ENTRY, action: "other", at })
          .onConflictDoUpdate({
            target: [tables.auditEntry.schoolId, tables.auditEntry.seq],
            set: { action: "other" },
          }),
    ];
    for (const change of changes) {
      await expect(database.write(FOREST, async (store) => void (await change(store)))).rejects.toThrow(
        "audit_entry is append-only",
      );
    }
    const rows = await database.read(
      FOREST,
      async (store) => await store.db.select().from(store.tables.auditEntry),
    );
    expect(rows).toMatchObject([{ action: "read" }]);
  });
});

describe("group commit on SQLite", () => {
  beforeEach(() => start("sqlite"));
  afterEach(() => fresh.drop());

  test("the writes of one turn share a commit", async () => {
    // A busy machine could make the group take longer than a group may, and another begin: no time passes here.
    const clock = vi.spyOn(performance, "now").mockReturnValue(performance.now());
    onTestFinished(() => clock.mockRestore());
    await Promise.all(
      Array.from({ length: 100 }, (_, i) => database.write(`s${i}`, (store) => openSchool(store, `s${i}`))),
    );
    expect(database.stats()).toEqual({ queued: 0, committedGroups: 1, committedJobs: 100 });
  });

  test("the neighbours of a job that fails are kept and told of once, in their order, and share a commit", async () => {
    const heard: (string | undefined)[] = [];
    database.listen((topic) => heard.push(topic));
    const order: string[] = [];
    const runs: string[] = [];
    const writing = (id: string) =>
      database
        .write(id, async (store) => {
          runs.push(id);
          store.announce(id);
          await openSchool(store, id);
          if (id.startsWith("bad")) throw new Error("changed its mind");
          return (await store.db.select().from(store.tables.school)).length;
        })
        .finally(() => order.push(id));
    const ids = ["a", "b", "bad1", "c", "bad2", "d"];
    const results = await Promise.allSettled(ids.map(writing));
    expect(results.map((result) => (result.status === "fulfilled" ? result.value : null))).toEqual([
      1,
      2,
      null,
      3,
      null,
      4,
    ]);
    expect(order).toEqual(ids);
    expect(runs).toEqual(["a", "b", "bad1", ...ids]);
    expect(heard).toEqual(["a", "b", "c", "d"]);
    expect(database.stats()).toEqual({ queued: 0, committedGroups: 1, committedJobs: 4 });
    await Promise.allSettled(["e", "bad3"].map(writing));
    expect(await codes(database, EVERY_SCHOOL)).toEqual(["a", "b", "c", "d", "e"]);
    expect(database.stats().committedJobs).toBe(5);
  });

  test("a group ends somewhere, so that the rest of the product gets its turn", async () => {
    let turns = 0;
    const turning = setInterval(() => turns++, 0);
    onTestFinished(() => clearInterval(turning));
    await Promise.all(
      Array.from({ length: 2_000 }, (_, i) => database.write(`s${i}`, (store) => openSchool(store, `s${i}`))),
    );
    expect(database.stats().committedGroups).toBeGreaterThanOrEqual(2_000 / 256);
    expect(turns).toBeGreaterThan(1);
  });

  test("nothing is acknowledged before the commit: until then no other process sees it", async () => {
    const other = new BetterSqlite3(String(fresh.location.file));
    onTestFinished(() => void other.close());
    const count = other.prepare("SELECT count(*) FROM school").pluck();
    let seenInside: unknown;
    const acknowledged: string[] = [];
    const first = database.write("a", (store) => openSchool(store, "a")).then(() => acknowledged.push("a"));
    const second = database.write("b", async (store) => {
      await openSchool(store, "b");
      seenInside = count.get();
      expect(acknowledged).toEqual([]);
    });
    await Promise.all([first, second]);
    expect(seenInside).toBe(0);
    expect(count.get()).toBe(2);
  });

  test("a job that awaits something else fails loudly, alone, and cannot write any more", async () => {
    let late: unknown;
    const lateDone = Promise.withResolvers<void>();
    const results = await Promise.allSettled([
      database.write("before", (store) => openSchool(store, "before")),
      database.write("slow", async (store) => {
        const { db, tables } = store; // even what it took out of its store
        await openSchool(store, "slow");
        await new Promise((resolve) => setTimeout(resolve, 1));
        try {
          await db.insert(tables.school).values(schoolRow("ghost"));
        } catch (error) {
          late = error;
        }
        lateDone.resolve();
      }),
      database.write("after", (store) => openSchool(store, "after")),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(results[1]).toMatchObject({ reason: expect.any(JobRefused) });
    await lateDone.promise;
    expect(late).toBeInstanceOf(JobRefused);
    expect(await codes(database, EVERY_SCHOOL)).toEqual(["after", "before"]);
  });

  test("a job that fails before its first await is no different", async () => {
    const job = () => {
      throw new Error("at once");
    };
    await expect(database.write(FOREST, job)).rejects.toThrow("at once");
    await database.write(FOREST, (store) => openSchool(store, FOREST));
    expect(await codes(database, FOREST)).toEqual([FOREST]);
  });

  test("beyond the bound a write is refused at once, and accepted again when the queue has emptied", async () => {
    await fresh.drop();
    await start("sqlite", { maxQueued: 10 });
    const results = await Promise.allSettled(
      Array.from({ length: 15 }, (_, i) => database.write(`s${i}`, (store) => openSchool(store, `s${i}`))),
    );
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.map(({ reason }) => reason instanceof Overloaded)).toEqual([true, true, true, true, true]);
    await database.write("again", (store) => openSchool(store, "again"));
    expect(await codes(database, EVERY_SCHOOL)).toHaveLength(11);
  });

  test("without grouping every write has its own commit", async () => {
    await fresh.drop();
    await start("sqlite", { groupCommit: false });
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => database.write(`s${i}`, (store) => openSchool(store, `s${i}`))),
    );
    expect(database.stats()).toEqual({ queued: 0, committedGroups: 20, committedJobs: 20 });
  });

  test("while another process writes, writes wait without stopping reads, and then arrive", async () => {
    const other = new BetterSqlite3(String(fresh.location.file));
    onTestFinished(() => void other.close());
    other.exec("BEGIN IMMEDIATE");
    let isWritten = false;
    const writing = database
      .write(FOREST, (store) => openSchool(store, FOREST))
      .then(() => (isWritten = true));
    for (let i = 0; i < 5; i++) {
      expect(await codes(database, EVERY_SCHOOL)).toEqual([]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(isWritten).toBe(false);
    other.exec("COMMIT");
    await writing;
    expect(await codes(database, FOREST)).toEqual([FOREST]);
  });

  test("a full disk fails the writes it hits, and not those after it", async () => {
    const raw = new BetterSqlite3(String(fresh.location.file));
    const pages = Number(raw.pragma("page_count", { simple: true }));
    raw.close();
    const fill = (name: string) =>
      database.write(EVERY_SCHOOL, async ({ db, tables }) => {
        const rows = Array.from({ length: 400 }, (_, i) => ({
          ...schoolRow(`${name}${i}`),
          name: "x".repeat(200),
        }));
        await db.insert(tables.school).values(rows);
      });
    await database.write(
      EVERY_SCHOOL,
      async ({ db }) => void (await db.run(sql.raw(`PRAGMA max_page_count = ${pages + 5}`))),
    );
    const results = await Promise.allSettled([fill("a"), fill("b")]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await database.write(
      EVERY_SCHOOL,
      async ({ db }) => void (await db.run(sql.raw("PRAGMA max_page_count = 100000"))),
    );
    await fill("c");
    expect(await codes(database, EVERY_SCHOOL)).toHaveLength(400);
  });

  test("what replaces a row cannot get past the ledger's triggers", async () => {
    await database.write(FOREST, async (store) => {
      await openSchool(store, FOREST);
      await store.db
        .insert(store.tables.membership)
        .values({ schoolId: FOREST, id: "m", role: "school-admin" as never, displayName: "李" });
      await store.db.insert(store.tables.auditEntry).values({ ...ENTRY, at });
    });
    const replacing = database.write(FOREST, async ({ db }) => {
      await db.run(
        sql`REPLACE INTO audit_entry SELECT school_id, seq, kind, at, membership_id, 'other', student_id, class_id, subject_id, request_id, address, detail_sha256, hash FROM audit_entry`,
      );
    });
    await expect(replacing).rejects.toMatchObject({ cause: { message: "audit_entry is append-only" } });
  });

  test("the log is copied into the file in a quiet moment, without a commit having to", async () => {
    await database.write(FOREST, (store) => openSchool(store, FOREST));
    await database.write(FOREST, async ({ db, tables }) => {
      const reason = "字".repeat(1000);
      for (let i = 0; i < 2000; i++) {
        await db
          .insert(tables.subject)
          .values({ schoolId: FOREST, id: `s${i}`, code: `c${i}`, nameZh: reason, nameEn: "" });
      }
    });
    const other = new BetterSqlite3(fresh.location.file);
    onTestFinished(() => void other.close());
    const left = () => {
      const [state] = other.pragma("wal_checkpoint(NOOP)") as { log: number; checkpointed: number }[];
      return state && state.log - state.checkpointed;
    };
    expect(left()).toBeGreaterThan(1000);
    await expect.poll(left, { timeout: 10_000 }).toBe(0);
  });

  test("closing leaves one file that holds everything", async () => {
    await database.write(FOREST, (store) => openSchool(store, FOREST));
    await database.close();
    const folder = new URL(".", `file://${fresh.location.file}`);
    // Beside it only the empty file by whose lock a process tells that it uses the other.
    expect((await readdir(folder)).sort()).toEqual(["doudou.db", "doudou.db.lock"]);
    expect((await stat(`${fresh.location.file}.lock`)).size).toBe(0);
  });

  test("it is durable: WAL, full synchronisation, foreign keys", async () => {
    const settings = await database.write(EVERY_SCHOOL, async ({ db }) => ({
      journal: await db.get(sql`PRAGMA journal_mode`),
      synchronous: await db.get(sql`PRAGMA synchronous`),
      foreignKeys: await db.get(sql`PRAGMA foreign_keys`),
    }));
    expect(settings).toEqual({
      journal: { journal_mode: "wal" },
      synchronous: { synchronous: 2 },
      foreignKeys: { foreign_keys: 1 },
    });
  });
});

describe("PostgreSQL", () => {
  beforeEach(() => start("postgres"));
  afterEach(() => fresh.drop());

  test("hides another school's rows from a query that forgot to filter", async () => {
    for (const school of [FOREST, MEADOW]) await database.write(school, (store) => openSchool(store, school));
    expect(await codes(database, FOREST)).toEqual([FOREST]);
    expect(await codes(database, MEADOW)).toEqual([MEADOW]);
    expect(await codes(database, EVERY_SCHOOL)).toEqual([FOREST, MEADOW]);
  });

  test("refuses to write a row of another school, and changes none", async () => {
    for (const school of [FOREST, MEADOW]) await database.write(school, (store) => openSchool(store, school));
    await expect(
      database.write(FOREST, async ({ db, tables }) => {
        await db
          .insert(tables.subject)
          .values({ schoolId: MEADOW, id: "s", code: "x", nameZh: "数学", nameEn: "Maths" });
      }),
    ).rejects.toThrow("row-level security");
    await database.write(
      FOREST,
      async ({ db, tables }) => void (await db.update(tables.school).set({ name: "taken over" })),
    );
    const names = await database.read(
      EVERY_SCHOOL,
      async ({ db, tables: { school } }) =>
        await db.select({ id: school.schoolId, name: school.name }).from(school),
    );
    expect(names.find(({ id }) => id === MEADOW)?.name).toBe(MEADOW);
  });

  test("shows nothing to a connection that named no school, the owner's own included", async () => {
    await database.write(FOREST, (store) => openSchool(store, FOREST));
    expect(await queryAsOwner("SELECT * FROM school")).toEqual([]);
    const roles = await queryAsOwner(
      "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user",
    );
    expect(roles).toEqual([{ rolsuper: false, rolbypassrls: false }]);
  });

  test("forgets the school of a job before the connection serves the next", async () => {
    await database.write(FOREST, (store) => openSchool(store, FOREST));
    await database.write(FOREST, async () => Promise.reject(new Error("no"))).catch(() => undefined);
    for (let i = 0; i < 20; i++) expect(await codes(database, MEADOW)).toEqual([]);
  });

  test("does again what a deadlock undid", async () => {
    await database.write(EVERY_SCHOOL, async (store) => {
      const { signInThrottle } = store.tables;
      await store.db
        .insert(signInThrottle)
        .values(["a", "b"].map((key) => ({ key, failures: 0, windowStartedAt: at })));
    });
    const bothHoldOne = meeting(2);
    let runs = 0;
    const inOrder = (keys: string[]) =>
      database.write(EVERY_SCHOOL, async (store) => {
        const { signInThrottle } = store.tables;
        runs += 1;
        for (const key of keys) {
          await store.db
            .update(signInThrottle)
            .set({ failures: sql`${signInThrottle.failures} + 1` })
            .where(eq(signInThrottle.key, key));
          await bothHoldOne();
        }
      });
    await Promise.all([inOrder(["a", "b"]), inOrder(["b", "a"])]);
    // Whoever begins again may be first once more, and deadlock a second time.
    expect(runs).toBeGreaterThanOrEqual(3);
    const rows = await database.read(
      EVERY_SCHOOL,
      async (store) => await store.db.select().from(store.tables.signInThrottle),
    );
    expect(rows.map(({ failures }) => failures)).toEqual([2, 2]);
  });

  test("survives that the server ends its connections, within a job and idle", async () => {
    const ending = database.write(FOREST, async (store) => {
      await openSchool(store, FOREST);
      await store.db.select({ ended: sql`pg_terminate_backend(pg_backend_pid())` }).from(store.tables.school);
    });
    await expect(ending).rejects.toThrow("terminating connection");
    expect(await codes(database, FOREST)).toEqual([]);
    await database.write(FOREST, (store) => openSchool(store, FOREST));
    await queryAsOwner(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = current_user",
    );
    await expect.poll(() => codes(database, FOREST).catch(() => undefined)).toEqual([FOREST]);
  });

  test("is heard in another process, again after its connection broke, and says that something may be missing", async () => {
    const other = await openDatabase(fresh.location);
    onTestFinished(() => other.close());
    const heard: (string | undefined)[] = [];
    other.listen((topic) => heard.push(topic));
    await expect.poll(() => heard).toEqual([undefined]);
    await database.write(FOREST, async (store) => store.announce("it's a 豆"));
    await expect.poll(() => heard).toEqual([undefined, "it's a 豆"]);
    await queryAsOwner(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'doudou bell'",
    );
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual([undefined, "it's a 豆", undefined]);
    await database.write(FOREST, async (store) => store.announce("again"));
    await expect.poll(() => heard.at(-1)).toBe("again");
  });

  test("refuses at once when too many wait for a connection", async () => {
    await fresh.drop();
    await start("postgres", { maxQueued: 4 });
    const released = Promise.withResolvers<void>();
    const all = Array.from({ length: 25 }, () => database.write(FOREST, () => released.promise));
    const results = Promise.allSettled(all);
    await expect(
      Promise.any(
        all.map(
          async (write) =>
            await write.then(
              () => "done",
              (error: unknown) => error,
            ),
        ),
      ),
    ).resolves.toBeInstanceOf(Overloaded);
    released.resolve();
    const refused = (await results).filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(25 - 16 - 4);
    expect(refused.every(({ reason }) => reason instanceof Overloaded)).toBe(true);
    await database.write(FOREST, (store) => openSchool(store, FOREST));
  });
});

test("no two hot statements share a key", async () => {
  const folder = new URL("../../db/src/repositories/", import.meta.url);
  const keys: string[] = [];
  for (const file of await readdir(folder)) {
    const source = await readFile(new URL(file, folder), "utf8");
    keys.push(...[...source.matchAll(/\bprepared\(\s*"([^"]+)"/g)].map((match) => String(match[1])));
  }
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

const schoolRow = (id: string) => ({
  schoolId: id,
  code: id,
  name: id,
  timeZone: "Asia/Shanghai",
  locale: "zh-CN" as const,
  createdAt: at,
});

async function openSchool(store: Store, id: string): Promise<void> {
  await store.db.insert(store.tables.school).values(schoolRow(id));
}

/** The codes of the schools that a scope shows, sorted: a query without a filter. */
async function codes(from: Database, scope: string): Promise<string[]> {
  return await from.read(scope, async ({ db, tables: { school } }) => {
    const rows = await db.select({ code: school.code }).from(school).orderBy(school.code);
    return rows.map(({ code }) => code);
  });
}

/** Asks PostgreSQL past the engine, as the role that owns every table. */
async function queryAsOwner(text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: String(fresh.location.url) });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Whoever calls waits until so many have called; later calls pass. */
function meeting(count: number): () => Promise<void> {
  const complete = Promise.withResolvers<void>();
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived === count) complete.resolve();
    return complete.promise;
  };
}
