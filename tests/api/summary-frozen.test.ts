/** What is published stays as it is, whatever happens at the school afterwards and in whatever order. */
import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import type { TermSummary } from "@doudou/shared/contract/summaries.ts";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { leaveSchool } from "../support/privacy.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const WORDS = ["你爱提问。", "你总把伞让给同学。", "唱歌像小鸟。"];

/** What may happen after a summary is published. */
const EVENTS = [
  "award",
  "void",
  "comment",
  "remark",
  "correct",
  "rename-school",
  "other-year's-scheme",
  "transfer",
  "erase-another",
] as const;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let subject: Client;
  let admin: Client;
  let summary: string;
  beforeAll(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    subject = await clientOf(world, world.school.subject);
    admin = await clientOf(world, world.school.admin);
    summary = `/students/${world.school.children[0]!.id}/summaries/${world.school.termId}`;
  });
  afterAll(() => world.close());

  const write = async (comment: string) => {
    const { commentVersion } = await homeroom.get<TermSummary>(summary);
    await homeroom.ask("PUT", `${summary}/comment`, { comment, commentVersion });
  };
  const given: string[] = [];
  const happen: Record<(typeof EVENTS)[number], (word: string) => Promise<unknown>> = {
    award: async (note) => {
      const studentId = world.school.children[0]!.id;
      const [recorded] = await homeroom.award(awardIn(world.school, WORLD_NOW, { studentId, note }));
      given.push(recorded!.id);
    },
    void: async () => {
      const [id] = given.splice(0, 1);
      if (id !== undefined) await homeroom.void([id]);
    },
    comment: write,
    remark: (text) => subject.ask("PUT", `${summary}/remark`, { subject: "music", text }),
    correct: async (word) => {
      await write(word);
      await homeroom.ask("POST", `${summary}/publish`);
    },
    "rename-school": async (word) => {
      const { words } = await admin.get<SchoolSettings>("/school-settings");
      await admin.ask("PUT", "/school-settings", { ...words, name: word });
    },
    "other-year's-scheme": () =>
      world.database.write(world.school.id, async ({ db, tables: { term: t } }) =>
        db
          .update(t)
          .set({ nameZh: "改了名的学期", schemeId: null })
          .where(and(eq(t.schoolId, world.school.id), eq(t.id, world.school.earlierTermId))),
      ),
    transfer: () =>
      admin.ask("POST", "/people/pupils/moves", {
        from: "2026-11-12",
        moves: [{ studentId: world.school.children[3]!.id, classId: world.school.otherClassId }],
      }),
    "erase-another": async () => {
      const { id, name } = world.school.children[4]!;
      await leaveSchool(world, id, "2020-11-10");
      await admin.ask("POST", `/students/${id}/erasure`, { ground: "retention", name });
    },
  };
  const revisions = () =>
    world.database.read(world.school.id, async ({ db, tables: { termSummary: s } }) =>
      (
        await db
          .select()
          .from(s)
          .where(and(eq(s.schoolId, world.school.id), eq(s.studentId, world.school.children[0]!.id)))
      ).sort((a, b) => a.revision - b.revision),
    );

  test("no revision changes by a letter, and each keeps the fingerprint of what it says", async () => {
    await happen.award("把书还回图书角");
    await happen.remark("听课时眼睛亮亮的");
    for (const version of ["第一版", "第二版"]) await happen.correct(version);
    const event = fc.record({ what: fc.constantFrom(...EVENTS), word: fc.constantFrom(...WORDS) });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 6 }), async (events) => {
        const before = await revisions();
        for (const { what, word } of events) await happen[what](word);
        const after = await revisions();
        expect(after.slice(0, before.length)).toEqual(before);
        for (const { snapshot, sha256 } of after)
          expect(createHash("sha256").update(canonicalJson(snapshot)).digest("hex")).toBe(sha256);
      }),
      { numRuns: 12 },
    );
    expect((await revisions()).length).toBeGreaterThan(1);
  });
});
