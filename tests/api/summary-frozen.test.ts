/** What is published stays as it is, whatever happens at the school afterwards and in whatever order. */
import { createHash } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { extractText } from "unpdf";
import { v7 as uuidv7 } from "uuid";
import { describe, expect, test, vi } from "vitest";
import type { ConfirmResults } from "@doudou/shared/contract/badges.ts";
import type { AwardablePoints } from "@doudou/shared/contract/classes.ts";
import type { SchemeDraft, SchemeOverview, SchoolScheme } from "@doudou/shared/contract/indicators.ts";
import type { ClassPage } from "@doudou/shared/contract/people.ts";
import type { RollOver } from "@doudou/shared/contract/roll-over.ts";
import type { Rubrics } from "@doudou/shared/contract/rubrics.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import type { TermSummary } from "@doudou/shared/contract/summaries.ts";
import type { OwnRemarks } from "@doudou/shared/contract/summary-writing.ts";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import type { FitnessItem } from "@doudou/shared/domain/fitness.ts";
import { verify } from "@doudou/server/cli/verify.ts";
import { verifyEverything } from "@doudou/server/operate/verification.ts";
import { type Answer, awardIn, type Client, clientOf } from "../support/client.ts";
import { HELPER } from "../support/badges.ts";
import { ENGINES } from "../support/databases.ts";
import { addTester, keepSexes } from "../support/fitness.ts";
import { addNextYear } from "../support/next-year.ts";
import { pictureOf } from "../support/pictures.ts";
import { leaveSchool } from "../support/privacy.ts";
import { type School, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const TODAY = "2026-11-11";
const YESTERDAY = "2026-11-10";
/** Code of the indicator and the point that the school adds itself, and may word anew. */
const OWN = "XD1";
/** Reached by the first record. */
const BADGE = { ...HELPER, rule: { ...HELPER.rule, levels: [1] } };
const WORDS = ["你爱提问。", "你总把伞让给同学。", "唱歌像小鸟。"];

/** What may happen after a summary is published. */
const EVENTS = [
  "award",
  "void",
  "comment",
  "remark",
  "correct",
  "rename-school",
  "set-language",
  "new-logo",
  "rename-term",
  "other-time-zone",
  "rename-child",
  "publish-scheme",
  "reword-rubric",
  "rate",
  "earn-badge",
  "take-back-badge",
  "see-badges",
  "test-fitness",
  "move",
  "change-homeroom",
  "rename-class",
  "rename-teacher",
  "roll-over",
  "erase-another",
] as const;
type Event = (typeof EVENTS)[number];

describe.each(ENGINES)("on %s", (engine) => {
  test("no revision changes by a letter: not as it is kept, not as the guardian reads it, not on paper", async () => {
    const event = fc.record({ what: fc.constantFrom(...EVENTS), word: fc.constantFrom(...WORDS) });
    const everything = EVENTS.map((what) => ({ what, word: WORDS[1]! }));
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 2, maxLength: 8 }), async (events) => {
        const world = await createWorld(engine);
        try {
          await live(world, events);
        } finally {
          await world.close();
        }
      }),
      { numRuns: 6, examples: [[everything], [everything.toReversed()]] },
    );
  }, 120_000);

  test("a published revision that was changed behind the product's back is found by its hash", async () => {
    const world = await createWorld(engine);
    try {
      const { children, termId, id: schoolId } = world.school;
      const teacher = await clientOf(world, world.school.homeroom);
      for (const { id } of children.slice(0, 2)) {
        const path = `/students/${id}/summaries/${termId}`;
        await done(teacher.ask("PUT", `${path}/comment`, { comment: "你爱提问。", commentVersion: 0 }));
        await done(teacher.ask("POST", `${path}/publish`));
      }
      const verified = () =>
        verifyEverything(world.database, world.deps.pictures, world.deps.now(), () => {});
      const [before] = (await verified()).schools.filter((school) => school.schoolId === schoolId);
      expect(before).toMatchObject({ summaries: 2, wrongSummaries: [] });

      const studentId = children[1]!.id;
      const [sha256, recomputed] = await world.database.write(schoolId, async ({ db, tables }) => {
        const { termSummary: s } = tables;
        const [row] = await db.select().from(s).where(eq(s.studentId, studentId));
        const snapshot = { ...row!.snapshot, comment: "你从不提问。" };
        const unguarded = sql.raw(
          engine === "sqlite"
            ? "DROP TRIGGER term_summary_refuses_update"
            : "ALTER TABLE term_summary DISABLE TRIGGER USER",
        );
        if (engine === "sqlite") await db.run(unguarded);
        else await (db as unknown as { execute(of: typeof unguarded): Promise<unknown> }).execute(unguarded);
        await db.update(s).set({ snapshot }).where(eq(s.studentId, studentId));
        return [row!.sha256, sha256Of(canonicalJson(snapshot))];
      });
      const { differences, wrongSummaries, schools } = await verified();
      expect([differences, wrongSummaries]).toEqual([1, 1]);
      const wrong = { studentId, termId, revision: 1, sha256, recomputed };
      expect(schools.flatMap((school) => school.wrongSummaries)).toEqual([wrong]);

      const said = vi.spyOn(console, "log").mockReturnValue();
      expect(await verify.parse([])(world.database, world.deps.config)).toBe(1);
      const lines = said.mock.calls.map(([line]) => String(line));
      said.mockRestore();
      const of = JSON.stringify({ studentId, termId, revision: 1 });
      expect(lines).toContain(`  term_summary ${of}: ${recomputed}, not ${sha256}`);
      expect(lines).toContain("1 published summaries are not what was frozen.");
    } finally {
      await world.close();
    }
  });
});

/** Publishes two revisions and lets things happen; fails where any of it changed what was published. */
async function live(world: World, events: readonly { what: Event; word: string }[]): Promise<void> {
  const { school } = world;
  const child = school.children[0]!;
  const path = `/students/${child.id}/summaries/${school.termId}`;
  const admin = await clientOf(world, school.admin);
  const subject = await clientOf(world, school.subject);
  const student = await clientOf(world, school.student);
  const tester = await clientOf(world, await addTester(world, school));
  const guardian = await clientOf(world, school.guardian);
  const leaders = new Map([
    [school.classId, await clientOf(world, school.homeroom)],
    [school.otherClassId, await clientOf(world, school.outsider)],
  ]);
  let classId = school.classId;
  const leader = () => leaders.get(classId)!;

  const write = async (comment: string) => {
    const { commentVersion } = await leader().get<TermSummary>(path);
    await done(leader().ask("PUT", `${path}/comment`, { comment, commentVersion }));
  };
  const given: string[] = [];
  const earned: string[] = [];
  let isRolledOver = false;
  const roundId = uuidv7();
  const rate = (level: number) => {
    const ratings = [{ studentId: child.id, level }];
    return leader().ask("PUT", `/classes/${classId}/ratings/${roundId}`, { indicator: "arts", ratings });
  };
  const confirmBadges = async (what: "confirm" | "take-back", questIds: string[]) => {
    const answer = await done(leader().ask("POST", `/classes/${classId}/badges/${what}`, { questIds }));
    return (JSON.parse(answer.body) as ConfirmResults).results.map(({ status }) => status);
  };
  const happenings: Record<Event, (word: string) => Promise<unknown>> = {
    async award(note) {
      const { points } = await leader().get<AwardablePoints>(`/observation-points?classId=${classId}`);
      const own = points.find(({ code }) => code === OWN);
      const observationPointId = own?.id ?? school.points.helps;
      const award = awardIn(school, WORLD_NOW, { studentId: child.id, note, observationPointId });
      const [recorded] = await leader().award(award);
      given.push(recorded!.id);
    },
    async void() {
      const [id] = given.splice(0, 1);
      if (id !== undefined) expect(await admin.void([id])).toMatchObject([{ status: "voided" }]);
    },
    comment: write,
    async remark(text) {
      if (classId !== school.classId) return;
      const own = await subject.get<OwnRemarks>(`/classes/${classId}/summary-remarks`);
      const version = own.students.find(({ id }) => id === child.id)?.remarks[0]?.version ?? 0;
      await done(subject.ask("PUT", `${path}/remark`, { subject: "music", text, version }));
    },
    async correct(word) {
      await write(word);
      await done(leader().ask("POST", `${path}/publish`));
    },
    async "rename-school"(word) {
      const { words, wordsVersion: version } = await admin.get<SchoolSettings>("/school-settings");
      await done(admin.ask("PUT", "/school-settings", { version, words: { ...words, name: word } }));
    },
    async "set-language"(word) {
      const { words, wordsVersion: version } = await admin.get<SchoolSettings>("/school-settings");
      const locale = word === WORDS[0] ? "zh-CN" : "en";
      await done(admin.ask("PUT", "/school-settings", { version, words: { ...words, locale } }));
    },
    async "new-logo"() {
      const { statusCode } = await world.app.server.inject({
        method: "PUT",
        url: "/api/v1/school-settings/logo",
        headers: { cookie: await world.signIn(school.admin), "content-type": "image/png" },
        payload: await pictureOf("png"),
      });
      expect(statusCode).toBe(200);
    },
    async "rename-term"(word) {
      const { calendar, version } = await admin.get<SchoolSettings>("/school-settings");
      const terms = calendar.terms.map((term) => ({ ...term, name: { zh: word, en: word } }));
      await done(
        admin.ask("PUT", "/school-settings/calendar", { version, calendar: { ...calendar, terms } }),
      );
    },
    async "other-time-zone"(word) {
      const timeZone = word === WORDS[0] ? "Asia/Shanghai" : "Asia/Urumqi";
      await world.database.write(school.id, async ({ db, tables: { school: s } }) =>
        db.update(s).set({ timeZone }).where(eq(s.schoolId, school.id)),
      );
      world.deps.frames.forget(school.id);
    },
    "rename-child": (word) =>
      world.database.write(school.id, async ({ db, tables: { student: s } }) =>
        db
          .update(s)
          .set({ name: word })
          .where(and(eq(s.schoolId, school.id), eq(s.id, child.id))),
      ),
    "publish-scheme": (word) => publishScheme(admin, school.termId, word),
    async "reword-rubric"(word) {
      const { rubrics } = await admin.get<Rubrics>("/rubrics");
      const { code, levels, version } = rubrics.find(({ code: of }) => of === "arts")!;
      const worded = levels.map((level) => ({ ...level, description: { zh: word, en: word } }));
      await done(admin.ask("PUT", `/rubrics/${code}`, { levels: worded, version }));
    },
    async rate(word) {
      await done(rate(WORDS.indexOf(word) + 1));
    },
    async "earn-badge"(word) {
      const badgeId = uuidv7();
      const code = `b-${badgeId}`;
      await done(admin.ask("PUT", `/badges/${badgeId}`, { ...BADGE, code, name: { zh: word, en: word } }));
      await done(admin.ask("POST", `/badges/${badgeId}/publish`));
      const questId = uuidv7();
      await done(student.ask("PUT", `/students/${child.id}/badge-quests/${questId}`, { badgeId }));
      if ((await confirmBadges("confirm", [questId]))[0] === "awarded") earned.push(questId);
      else await done(student.ask("DELETE", `/students/${child.id}/badge-quests/${questId}`));
    },
    async "take-back-badge"() {
      const questId = earned.pop();
      if (questId === undefined) return;
      expect(await confirmBadges("take-back", [questId])).toEqual(["taken-back"]);
      await done(student.ask("DELETE", `/students/${child.id}/badge-quests/${questId}`));
    },
    async "see-badges"() {
      const ids = earned.splice(0);
      if (ids.length > 0) await done(student.ask("POST", `/students/${child.id}/badges/shown`, { ids }));
    },
    async "test-fitness"(word) {
      if (classId === school.classId) await done(enterFitness(tester, school, 100 + WORDS.indexOf(word)));
    },
    async move() {
      if (isRolledOver) return; // whose days in a class are planned beyond today is moved from then on
      const other = classId === school.classId ? school.otherClassId : school.classId;
      const moves = [{ studentId: child.id, classId: other }];
      await done(admin.ask("POST", "/people/pupils/moves", { from: TODAY, moves }));
      classId = other;
    },
    async "change-homeroom"() {
      if (leaders.get(school.classId) === subject) return;
      const { assignments } = await admin.get<ClassPage>(`/people/classes/${school.classId}`);
      const { id } = assignments.find(({ isHomeroom }) => isHomeroom)!;
      await done(admin.ask("PUT", `/people/assignments/${id}/end`, { until: YESTERDAY }));
      const { membershipId } = school.subject;
      const post = {
        id: uuidv7(),
        membershipId,
        subjectId: null,
        isHomeroom: true,
        from: TODAY,
        until: null,
      };
      await done(admin.ask("POST", `/people/classes/${school.classId}/assignments`, post));
      leaders.set(school.classId, subject);
    },
    "rename-class": (word) =>
      world.database.write(school.id, async ({ db, tables: { schoolClass: c } }) =>
        db
          .update(c)
          .set({ name: word })
          .where(and(eq(c.schoolId, school.id), eq(c.id, school.classId))),
      ),
    "rename-teacher": (word) =>
      world.database.write(school.id, async ({ db, tables: { membership: m } }) =>
        db.update(m).set({ displayName: word }).where(eq(m.schoolId, school.id)),
      ),
    async "roll-over"() {
      if (isRolledOver) return;
      isRolledOver = true;
      await addNextYear(admin);
      const { draft, version } = await admin.get<RollOver>("/office/roll-over");
      const saved = await done(admin.ask("PUT", "/office/roll-over/draft", { version, draft }));
      const { seal } = (JSON.parse(saved.body) as RollOver).preview;
      await done(admin.ask("POST", "/office/roll-over/apply", { seal }));
    },
    async "erase-another"() {
      const { id, name } = school.children[4]!;
      await leaveSchool(world, id, "2020-11-10");
      await admin.ask("POST", `/students/${id}/erasure`, { ground: "retention", name });
    },
  };

  /** As the family has it: the answer to its page, but for the list of terms beside it, and the words of its paper. */
  const readByGuardian = async () => {
    const { bytes } = await guardian.ask("GET", `${path}/pdf`);
    const page = { ...(await guardian.get<TermSummary>(path)), terms: [] };
    return { page, paper: (await extractText(bytes)).text };
  };
  const revisions = () =>
    world.database.read(school.id, async ({ db, tables: { termSummary: s } }) =>
      (
        await db
          .select()
          .from(s)
          .where(and(eq(s.schoolId, school.id), eq(s.studentId, child.id)))
      ).sort((a, b) => a.revision - b.revision),
    );

  await publishScheme(admin, school.termId, "给花浇水");
  await happenings.award("把书还回图书角");
  await happenings.remark("听课时眼睛亮亮的");
  await done(admin.ask("PUT", `/rating-rounds/${roundId}`, { opensOn: TODAY, closesOn: "2026-11-20" }));
  await happenings.rate(WORDS[1]!);
  await happenings["earn-badge"]("热心章");
  await happenings["see-badges"]("");
  await keepSexes(world, school.id, [[child.id, "boy"]]);
  await done(admin.ask("PUT", "/fitness-test"));
  await happenings["test-fitness"](WORDS[0]!);
  for (const version of ["第一版", "第二版"]) await happenings.correct(version);
  let frozen = await readByGuardian();
  const { rated, badges, fitness } = frozen.page.snapshot;
  expect([rated?.length, badges?.length, fitness !== undefined]).toEqual([1, 1, true]);
  expect(JSON.stringify(frozen.page.snapshot)).toContain("给花浇水");
  for (const { what, word } of events) {
    const before = await revisions();
    await happenings[what](word);
    const after = await revisions();
    expect([what, after.slice(0, before.length)]).toEqual([what, before]);
    if (after.length > before.length) frozen = await readByGuardian();
  }
  expect(await readByGuardian()).toEqual(frozen);
  for (const { snapshot, sha256 } of await revisions())
    expect(sha256Of(canonicalJson(snapshot))).toBe(sha256);
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Publishes the scheme anew for the term, with the dimension, an indicator and a point of the school's own called by a word. */
async function publishScheme(admin: Client, termId: string, word: string): Promise<void> {
  const { inForce } = await admin.get<SchemeOverview>("/indicator-schemes");
  const draft = await done(admin.ask("POST", "/scheme-draft", { from: inForce }));
  const { version, scheme } = JSON.parse(draft.body) as SchemeDraft;
  const named = withOwn(scheme, { zh: word, en: word });
  await done(admin.ask("PUT", "/scheme-draft", { version, scheme: named }));
  await done(admin.ask("POST", "/scheme-draft/publish", { version: version + 1, termId }));
}

function withOwn({ dimensions, indicators }: SchoolScheme, name: { zh: string; en: string }): SchoolScheme {
  const core = indicators.filter(({ code }) => code !== OWN);
  const like = core.find(({ dimension }) => dimension === "moral")!;
  const point = { ...like.points[0]!, code: OWN, name, origin: "school" as const };
  return {
    dimensions: { ...dimensions, moral: { ...dimensions.moral, name } },
    indicators: [...core, { ...like, code: OWN, name, origin: "school", points: [point] }],
  };
}

/** The child's fitness is tested, or tested again: it skips so often. */
function enterFitness(tester: Client, { classId, children }: School, skips: number): Promise<Answer> {
  const results: readonly (readonly [FitnessItem, number])[] = [
    ["height", 130],
    ["weight", 27],
    ["vital-capacity", 1700],
    ["run-50", 9.9],
    ["sit-and-reach", 8],
    ["rope-skipping", skips],
    ["sit-ups", 30],
  ];
  const studentId = children[0]!.id;
  const values = results.map(([item, value]) => ({ studentId, item, attempt: 1, value }));
  return tester.ask("PUT", `/classes/${classId}/fitness`, { testedOn: TODAY, values });
}

/** Waits for something that must not be refused. */
async function done(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked;
  if (answer.status >= 300) throw new Error(`refused: ${answer.status} ${answer.body}`);
  return answer;
}
