/** A teacher's own attention in a class: told from own awards alone, to that teacher alone. */
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { AwardInput } from "@doudou/shared/contract/awards.ts";
import type { Attention } from "@doudou/shared/contract/attention.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let subject: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    onTestFinished(() => world.close());
    homeroom = await clientOf(world, world.school.homeroom);
    subject = await clientOf(world, world.school.subject);
  });

  const award = (
    place: number,
    over: Partial<AwardInput> = {},
    at = new Date(WORLD_NOW.getTime() - MINUTE),
  ) => awardIn(world.school, at, { studentId: world.school.children[place]!.id, ...over });
  const attentionOf = (reader: Client) => reader.get<Attention>(`/classes/${world.school.classId}/attention`);
  const spreadOf = (attention: Attention, span: "week" | "recent" | "term") => {
    const spread = attention.spreads.find((one) => one.span === span);
    if (!spread) throw new Error(`no ${span}`);
    const figures = (
      list: readonly ({ readonly records: number } & Readonly<Record<string, unknown>>)[],
      key: "dimension" | "kind",
    ) => Object.fromEntries(list.filter(({ records }) => records > 0).map((one) => [one[key], one.records]));
    return {
      ...spread,
      bands: Object.fromEntries(
        spread.bands.map(({ band, students }) => [band, students.map(({ name }) => name)]),
      ),
      dimensions: figures(spread.dimensions, "dimension"),
      kinds: figures(spread.kinds, "kind"),
    };
  };

  test("one's own awards are spread over children by name, over dimensions and kinds; a colleague's are not in it", async () => {
    const { progress, capped } = world.school.points;
    await homeroom.award(
      ...Array.from({ length: 4 }, () => award(0)),
      award(1, { observationPointId: progress }),
      award(2, { observationPointId: capped }),
      award(2),
    );
    await subject.award(award(3), award(4), award(4), award(0));
    const attention = await attentionOf(homeroom);
    expect(attention.class.name).toBe("三年级1班");
    expect(attention.studentCount).toBe(5);
    for (const span of ["week", "recent", "term"] as const) {
      expect(spreadOf(attention, span)).toMatchObject({
        records: 7,
        isTold: true,
        bands: {
          often: ["林小满"],
          sometimes: ["周予安", "陈一诺"],
          rarely: [],
          none: ["欧阳思远", "阿依古丽·买买提"],
        },
        dimensions: { moral: 5, academic: 1, physical: 1 },
        kinds: { behaviour: 5, growth: 1, participation: 1 },
      });
    }
    expect(spreadOf(await attentionOf(subject), "term")).toMatchObject({ records: 4, isTold: false });
    expect(JSON.stringify(await attentionOf(subject))).not.toContain(world.school.homeroom.membershipId);
  });

  test("weeks are school weeks, what was voided is not in them, and the running one is marked", async () => {
    const lastWeek = new Date("2026-11-04T02:00:00Z");
    const mistaken = award(3);
    await homeroom.award(
      award(0, {}, lastWeek),
      award(0, {}, lastWeek),
      award(1, {}, lastWeek),
      award(2),
      mistaken,
    );
    await homeroom.void([mistaken.id]);
    const attention = await attentionOf(homeroom);
    expect(attention.weeks.map(({ startsOn }) => startsOn)).toEqual([
      "2026-09-21",
      "2026-09-28",
      "2026-10-05",
      "2026-10-12",
      "2026-10-19",
      "2026-10-26",
      "2026-11-02",
      "2026-11-09",
    ]);
    expect(attention.weeks.slice(-2)).toMatchObject([
      { isRunning: false, children: 2, dimensions: [{ dimension: "moral", records: 3 }, {}, {}, {}, {}] },
      { isRunning: true, children: 1 },
    ]);
    expect(spreadOf(attention, "week")).toMatchObject({ records: 1, startsOn: "2026-11-09" });
    expect(spreadOf(attention, "recent")).toMatchObject({ records: 4, startsOn: "2026-10-19" });
    expect(attention.change).toMatchObject({ children: "too-few" });
  });

  test("against one's own earlier weeks it says more, and leaves a colleague's zeal out of it", async () => {
    const given: AwardInput[] = [];
    const ofSubject: AwardInput[] = [];
    for (let week = 0; week < 8; week += 1) {
      const at = new Date(WORLD_NOW.getTime() - (week + 1) * 7 * DAY);
      const often = week < 3 ? 5 : 1;
      for (let time = 0; time < often; time += 1) given.push(award(time, {}, at));
      for (let time = 0; time < 5; time += 1) ofSubject.push(award(time, {}, at));
    }
    await homeroom.award(...given);
    await subject.award(...ofSubject);
    expect((await attentionOf(homeroom)).change).toMatchObject({
      children: "more",
      dimensions: [
        { dimension: "moral", change: "more" },
        { dimension: "academic", change: "too-few" },
        {},
        {},
        {},
      ],
    });
    expect((await attentionOf(subject)).change.children).toBe("same");
  });

  test("nobody else can read it, an administrator neither, and nothing in a request turns it to a colleague", async () => {
    const path = `/classes/${world.school.classId}/attention`;
    const { admin, outsider, guardian, student } = world.school;
    for (const person of [admin, outsider, guardian, student]) {
      const reader = await clientOf(world, person);
      expect([person.name, (await reader.ask("GET", path)).code]).toEqual([person.name, "forbidden"]);
    }
    expect((await (await clientOf(world, world.neighbour.homeroom)).ask("GET", path)).code).toBe("not-found");
    // No query, no header turns it to somebody else.
    await homeroom.award(award(0));
    const asked = await subject.get<Attention>(`${path}?recorderId=${world.school.homeroom.membershipId}`);
    expect(spreadOf(asked, "term").records).toBe(0);
  });

  test("in the holidays the term that is over is told, with the children there are", async () => {
    await homeroom.award(award(0));
    world.setNow(new Date("2027-02-10T02:00:00Z"));
    const attention = await attentionOf(await clientOf(world, world.school.homeroom));
    expect(attention.term.id).toBe(world.school.termId);
    expect(attention.weeks.every(({ isRunning }) => !isRunning)).toBe(true);
    expect(spreadOf(attention, "term").records).toBe(1);
    expect(spreadOf(attention, "week").records).toBe(0);
  });
});
