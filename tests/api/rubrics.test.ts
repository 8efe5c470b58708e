/** The office words levels and opens rounds; teachers choose, each for itself; how far they agree is told without a name. */
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type {
  ClassAgreement,
  RatingDesk,
  RatingRounds,
  RatingsInput,
  RubricInput,
  Rubrics,
} from "@doudou/shared/contract/rubrics.ts";
import type { TermSummary } from "@doudou/shared/contract/summaries.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY = 86_400_000;
const TODAY = "2026-11-11";
const LATER = "2026-11-20";

type Choice = RatingsInput["ratings"][number]["level"];

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let admin: Client;
  let homeroom: Client;
  let subject: Client;
  let guardian: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
    admin = await clientOf(world, world.school.admin);
    homeroom = await clientOf(world, world.school.homeroom);
    subject = await clientOf(world, world.school.subject);
    guardian = await clientOf(world, world.school.guardian);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.setNow(WORLD_NOW);
    await world.database.write(world.school.id, async ({ db, tables: t }) => {
      for (const table of [t.rating, t.ratingRound, t.rubric])
        await db.delete(table).where(eq(table.schoolId, world.school.id));
    });
  });

  const child = (nth = 0) => world.school.children[nth]!;
  const ofClass = (path: string) => `/classes/${world.school.classId}/${path}`;
  const daysOf = async (id: string) => {
    const { rounds } = await admin.get<RatingRounds>("/rating-rounds");
    const round = rounds.find((one) => one.id === id);
    return round && { opensOn: round.opensOn, closesOn: round.closesOn };
  };
  const open = async (over: object = {}, id = uuidv7()) => {
    const round = { opensOn: TODAY, closesOn: LATER, was: await daysOf(id), ...over };
    const { code, status } = await admin.ask("PUT", `/rating-rounds/${id}`, round);
    return code ?? (status === 200 ? id : String(status));
  };
  const rate = async (by: Client, roundId: string, indicator: string, ...levels: Choice[]) => {
    const ratings = levels.map((level, nth) => ({ studentId: child(nth).id, level }));
    const { code, status } = await by.ask("PUT", `${ofClass("ratings")}/${roundId}`, { indicator, ratings });
    return code ?? status;
  };
  const chosenBy = async (by: Client, indicator: string) => {
    const { indicators } = await by.get<RatingDesk>(ofClass("ratings"));
    const chosen = indicators.find(({ code }) => code === indicator)?.chosen ?? [];
    return world.school.children.map(({ id }) => chosen.find((one) => one.studentId === id)?.level ?? null);
  };
  const agreement = async (by: Client, indicator = "arts") =>
    (await by.get<ClassAgreement>(ofClass("agreement"))).indicators.find(({ code }) => code === indicator);
  const wording = async (indicator: string): Promise<RubricInput> => {
    const { rubrics } = await admin.get<Rubrics>("/rubrics");
    const { levels, version } = rubrics.find(({ code }) => code === indicator)!;
    return { levels, version };
  };
  const reword = async (indicator: string, word: string, over: Partial<RubricInput> = {}) => {
    const { levels, version } = await wording(indicator);
    const [first, ...rest] = levels;
    const worded = [{ ...first!, word: { zh: word, en: `In English ${word}` } }, ...rest];
    const input = { levels: worded, version, ...over };
    const { code, status } = await admin.ask("PUT", `/rubrics/${indicator}`, input);
    return code ?? status;
  };

  test("the office finds every indicator worded, words one anew, and is told when somebody else did meanwhile", async () => {
    expect(
      (await admin.get<Rubrics>("/rubrics")).rubrics.map(({ code, version }) => [code, version]),
    ).toEqual(["moral", "academic", "physical", "arts", "labour"].map((code) => [code, 0]));
    expect(await reword("arts", "小芽")).toBe(200);
    expect((await wording("arts")).levels[0]?.word.zh).toBe("小芽");
    expect((await wording("moral")).levels[0]?.word.zh).toBe("刚刚起步");
    expect(await reword("arts", "小苗", { version: 0 })).toBe("rubric-conflict");
    expect(await reword("arts", "小苗", { version: 7 })).toBe("rubric-conflict");
    expect(await reword("arts", "小苗")).toBe(200);
    const log = await world.database.read(world.school.id, ({ db, tables: { auditDetail: d } }) =>
      db.select({ before: d.before, after: d.after }).from(d).where(eq(d.schoolId, world.school.id)),
    );
    expect(log.filter((one) => /小芽.*小苗/.test(JSON.stringify(one)))).toHaveLength(1);
  });

  test("no level belittles or counts, and an indicator there is not has no words", async () => {
    expect(await reword("arts", "太差")).toBe("rubric-malformed");
    expect(await reword("arts", "1")).toBe("rubric-malformed");
    expect(await reword("arts", " ")).toBe("rubric-malformed");
    const { levels } = await wording("arts");
    const unknown = await admin.ask("PUT", "/rubrics/chess", { levels, version: 0 });
    expect(unknown.code).toBe("rubric-indicator-not-found");
  });

  test("two who change the days of a round do not overwrite each other unseen", async () => {
    const id = await open();
    const was = await daysOf(id);
    expect(await open({ closesOn: "2026-11-13", was }, id)).toBe(id);
    expect(await open({ closesOn: "2026-11-20", was }, id)).toBe("round-changed");
    expect(await open({ closesOn: "2026-11-20", was: undefined }, id)).toBe("round-changed");
    expect(await daysOf(id)).toEqual({ opensOn: TODAY, closesOn: "2026-11-13" });
    // The same once more, because its answer was lost.
    expect(await open({ closesOn: "2026-11-13", was }, id)).toBe(id);
  });

  test("a round keeps the words it was opened with; the next one has the new words", async () => {
    const id = await open();
    await reword("arts", "小芽");
    const wordsOf = async () =>
      (await homeroom.get<RatingDesk>(ofClass("ratings"))).indicators.find(({ code }) => code === "arts")
        ?.levels[0]?.word.zh;
    expect(await wordsOf()).toBe("刚刚起步");
    expect(await open({ closesOn: "2026-11-12" }, id)).toBe(id);
    expect(await wordsOf()).toBe("刚刚起步");
    world.setNow(new Date(WORLD_NOW.getTime() + 3 * DAY));
    await open({ opensOn: "2026-11-14" });
    expect(await wordsOf()).toBe("小芽");
  });

  test("rounds do not overlap, stay within the term and are not endless", async () => {
    await open();
    expect(await open({ opensOn: LATER, closesOn: LATER })).toBe("rating-round-running");
    expect(await open({ closesOn: "2026-11-01" })).toBe("rating-round-malformed");
    expect(await open({ opensOn: "2026-11-21", closesOn: "2027-09-01" })).toBe("rating-round-malformed");
    world.setNow(new Date("2027-08-10T02:00:00Z"));
    const late = await clientOf(world, world.school.admin);
    expect(
      (await late.ask("PUT", `/rating-rounds/${uuidv7()}`, { opensOn: TODAY, closesOn: TODAY })).code,
    ).toBe("outside-term");
  });

  test("the music teacher is asked about arts, the homeroom teacher about all, and each sees its own choices alone", async () => {
    const id = await open();
    const asked = async (by: Client) =>
      (await by.get<RatingDesk>(ofClass("ratings"))).indicators.map(({ code }) => code);
    expect(await asked(subject)).toEqual(["arts"]);
    expect(await asked(homeroom)).toEqual(["moral", "academic", "physical", "arts", "labour"]);
    expect(await rate(subject, id, "arts", 4, 3, "unseen")).toBe(200);
    expect(await rate(subject, id, "moral", 4)).toBe("rating-not-asked");
    expect(await chosenBy(subject, "arts")).toEqual([4, 3, "unseen", null, null]);
    expect(await chosenBy(homeroom, "arts")).toEqual([null, null, null, null, null]);
  });

  test("a choice is changed, taken back, and sent twice over a bad network without becoming another", async () => {
    const id = await open();
    for (const levels of [
      [2, 2, 2, 2, 2],
      [2, 4, "unseen", null],
      [2, 4, "unseen", null],
    ] as Choice[][])
      expect(await rate(homeroom, id, "moral", ...levels)).toBe(200);
    expect(await chosenBy(homeroom, "moral")).toEqual([2, 4, "unseen", null, 2]);
    const { classes, rounds } = await admin.get<RatingRounds>("/rating-rounds");
    expect(rounds).toMatchObject([{ id, isOpen: true }]);
    expect(classes.find(({ class: of }) => of.id === world.school.classId)).toMatchObject({
      children: 5,
      rated: 4,
    });
  });

  test("nothing is kept of a choice in a round that is over, for a child of another class, or of a level there is not", async () => {
    const id = await open();
    const stranger = world.school.otherChildren[0]!.id;
    const sent = await homeroom.ask("PUT", `${ofClass("ratings")}/${id}`, {
      indicator: "moral",
      ratings: [
        { studentId: child().id, level: 3 },
        { studentId: stranger, level: 3 },
      ],
    });
    expect(sent.code).toBe("rating-child-not-in-class");
    const { levels } = await wording("arts");
    await admin.ask("PUT", "/rubrics/arts", { levels: levels.slice(0, 3), version: 0 });
    expect(await rate(homeroom, uuidv7(), "moral", 3)).toBe("rating-round-not-found");
    await open({ closesOn: TODAY }, id);
    world.setNow(new Date(WORLD_NOW.getTime() + DAY));
    expect(await rate(homeroom, id, "moral", 3)).toBe("rating-round-over");
    const next = await open({ opensOn: "2026-11-12" });
    expect(await rate(homeroom, next, "arts", 4)).toBe("rating-not-asked");
    expect(await chosenBy(homeroom, "moral")).toEqual([null, null, null, null, null]);
  });

  test("a child two teachers see two levels apart is something to talk about, and nobody learns who chose what", async () => {
    const id = await open();
    await rate(homeroom, id, "arts", 4, 2, 3, "unseen", 3);
    await rate(subject, id, "arts", 2, 2, 4, 1);
    const told = await agreement(homeroom);
    expect(told).toMatchObject({ agreement: "too-few", children: 3, alpha: null });
    expect(told?.toTalkAbout.map(({ student, words }) => [student.id, words.map(({ zh }) => zh)])).toEqual([
      [child().id, ["正在努力", "做得很好"]],
    ]);
    const whole = JSON.stringify(await admin.get(ofClass("agreement")));
    for (const { name, membershipId } of [world.school.homeroom, world.school.subject]) {
      expect(whole).not.toContain(name);
      expect(whole).not.toContain(membershipId);
    }
    expect((await subject.ask("GET", ofClass("agreement"))).code).toBe("forbidden");
    const earlier = `${ofClass("agreement")}?roundId=${uuidv7()}`;
    expect((await homeroom.ask("GET", earlier)).code).toBe("rating-round-not-found");
  });

  test("the office's list says in how many places a class's raters are far apart, without a child's name", async () => {
    const id = await open();
    const apart = async () => {
      const { classes } = await admin.get<RatingRounds>("/rating-rounds");
      return classes.map(({ class: of, farApart }) => [of.name, farApart]);
    };
    await rate(homeroom, id, "arts", 4, 2, 3, 1, 3);
    await rate(homeroom, id, "moral", 4, 4);
    expect(await apart()).toEqual([
      ["三年级1班", 0],
      ["五年级1班", 0],
    ]);
    await rate(subject, id, "arts", 2, 3, 1, "unseen");
    expect(await apart()).toEqual([
      ["三年级1班", 2],
      ["五年级1班", 0],
    ]);
    expect((await agreement(homeroom))?.toTalkAbout).toHaveLength(2);
    const text = JSON.stringify(await admin.get("/rating-rounds"));
    for (const { name } of world.school.children) expect(text).not.toContain(name);
  });

  test("the summary says the level in the round's words, never a figure, and not where teachers see it quite differently", async () => {
    const id = await open();
    const summary = `/students/${child().id}/summaries/${world.school.termId}`;
    const rated = async (by: Client) => (await by.get<TermSummary>(summary)).snapshot.rated;
    expect(await rated(homeroom)).toBeUndefined();
    await rate(homeroom, id, "arts", 3);
    await rate(subject, id, "arts", 4);
    await rate(homeroom, id, "moral", 2);
    expect((await rated(homeroom))?.map(({ dimension, word }) => [dimension, word.zh])).toEqual([
      ["moral", "正在努力"],
      ["arts", "基本做到"],
    ]);
    const { commentVersion } = await homeroom.get<TermSummary>(summary);
    await homeroom.ask("PUT", `${summary}/comment`, { comment: "你爱唱歌。", commentVersion });
    expect((await homeroom.ask("POST", `${summary}/publish`)).status).toBe(200);
    await rate(subject, id, "arts", 1);
    const published = await rated(guardian);
    expect(published?.map(({ indicator, word }) => `${indicator.zh} ${word.zh}`)).toEqual([
      "moral 指标 正在努力",
      "arts 指标 基本做到",
    ]);
    expect(JSON.stringify(published)).not.toMatch(/\d|level/);
    expect((await guardian.ask("GET", `${summary}/pdf`)).status).toBe(200);
    const second = `/students/${child(1).id}/summaries/${world.school.termId}`;
    await rate(homeroom, id, "arts", null, 4);
    await rate(subject, id, "arts", null, 1);
    expect((await homeroom.get<TermSummary>(second)).snapshot.rated).toBeUndefined();
  });
});
