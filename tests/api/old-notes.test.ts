/** Notes of awards go when their school's months are over; what was given stays, and so does what a child shows first. */
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { beginNoteExpiry } from "@doudou/db/repositories/note-expiry.ts";
import { expireOldNotes } from "@doudou/server/features/awards/old-notes.ts";
import { verifyEverything } from "@doudou/server/operate/verification.ts";
import { NOTE_MONTHS, notesGoBefore } from "@doudou/shared/domain/note-keeping.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { type School, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let teacher: Client;
  /** With a note that nobody chose, one its child shows first, and one that was voided. */
  let given: { readonly plain: string; readonly shown: string; readonly voided: string };
  beforeAll(async () => {
    world = await createWorld(engine);
    const { school, neighbour } = world;
    teacher = await clientOf(world, school.homeroom);
    given = { plain: uuidv7(), shown: uuidv7(), voided: uuidv7() };
    const studentId = school.children[0]!.id;
    const note = "扶起了摔倒的同学";
    const noted = Object.values(given).map((id) => awardIn(school, WORLD_NOW, { id, studentId, note }));
    await teacher.award(...noted);
    await teacher.void([given.voided]);
    const child = await clientOf(world, school.student);
    const first = { highlights: [{ kind: "award", id: given.shown }] };
    await child.ask("PUT", `/students/${studentId}/highlights`, first);
    await keepFor(neighbour, null);
    const other = await clientOf(world, neighbour.homeroom);
    await other.award(awardIn(neighbour, WORLD_NOW, { note: "一直留着" }));
  });
  afterAll(() => world.close());

  const keepFor = async (school: School, noteMonths: number | null) => {
    const admin = await clientOf(world, school.admin);
    const { words, wordsVersion: version } = await admin.get<SchoolSettings>("/school-settings");
    return await admin.ask("PUT", "/school-settings", { version, words: { ...words, noteMonths } });
  };
  const passMonths = (months: number) => {
    const now = new Date(WORLD_NOW);
    now.setUTCMonth(now.getUTCMonth() + months);
    world.setNow(now);
  };
  const ledger = async (school: School) =>
    await world.database.read(school.id, async ({ db, tables: { award: a, awardVoid: v } }) => {
      const awards = await db.select().from(a).where(eq(a.schoolId, school.id));
      const voids = await db.select().from(v).where(eq(v.schoolId, school.id));
      return { awards, voids };
    });
  const noteOf = async (id: string) =>
    (await ledger(world.school)).awards.find((award) => award.id === id)?.note;
  const cutNote = async (id: string, more: { readonly beans?: number } = {}) =>
    await world.database.write(world.school.id, async ({ db, tables: { award: a } }) => {
      await db
        .update(a)
        .set({ note: null, ...more })
        .where(eq(a.id, id));
    });

  test("months are a school's to set, within reason", async () => {
    for (const months of [NOTE_MONTHS.least - 1, NOTE_MONTHS.most + 1, 12.5, "always"])
      expect(await keepFor(world.school, months as number)).toMatchObject({ status: 400 });
    const admin = await clientOf(world, world.school.admin);
    const { words } = await admin.get<SchoolSettings>("/school-settings");
    expect(words.noteMonths).toBe(NOTE_MONTHS.atFirst);
  });

  test("while they last nothing goes, and the database itself would not let it", async () => {
    passMonths(NOTE_MONTHS.atFirst);
    expect(await expireOldNotes(world.deps)).toBe(0);
    expect(await noteOf(given.plain)).toBe("扶起了摔倒的同学");
    await expect(cutNote(given.plain)).rejects.toThrow("award is append-only");
  });

  test("then the words go, of voids too; awards, totals and what a child shows first stay", async () => {
    passMonths(NOTE_MONTHS.atFirst + 1);
    const before = await ledger(world.school);
    // As when the server stopped after it had begun.
    const beforeDay = notesGoBefore("2028-12-11", NOTE_MONTHS.atFirst);
    await world.database.write(world.school.id, (store) =>
      beginNoteExpiry(store, world.school.id, beforeDay),
    );
    expect(await expireOldNotes(world.deps)).toBe(3);
    const after = await ledger(world.school);
    const wordless = before.awards.map((award) => {
      return { ...award, note: award.id === given.shown ? award.note : null };
    });
    expect(after.awards).toEqual(wordless);
    expect(after.voids).toEqual(before.voids.map((line) => ({ ...line, reason: "" })));
    const { differences } = await verifyEverything(
      world.database,
      world.deps.pictures,
      world.deps.now(),
      () => {},
    );
    expect(differences).toBe(0);
    expect(await expireOldNotes(world.deps)).toBe(0);
    await expect(cutNote(given.shown, { beans: 0 })).rejects.toThrow("award is append-only");
  });

  test("a school that keeps words for the whole time keeps them, and no other school's months count for it", async () => {
    const { awards } = await ledger(world.neighbour);
    expect(awards.map(({ note }) => note)).toContain("一直留着");
  });

  test("what its child shows first no longer goes a month later", async () => {
    await world.database.write(world.school.id, async ({ db, tables }) => await db.delete(tables.highlight));
    expect(await expireOldNotes(world.deps)).toBe(0);
    passMonths(NOTE_MONTHS.atFirst + 2);
    expect(await expireOldNotes(world.deps)).toBe(1);
    expect(await noteOf(given.shown)).toBeNull();
  });
});
