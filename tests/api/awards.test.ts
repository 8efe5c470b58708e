/** The award ledger over HTTP: every row its own answer, nothing lost, nothing doubled. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v1 as uuidv1, v4 as uuidv4, v7 as uuidv7 } from "uuid";
import type { AwardResults, VoidResults } from "@doudou/shared/contract/awards.ts";
import type { Roster } from "@doudou/shared/contract/classes.ts";
import { tallyDifferences } from "@doudou/db/repositories/verification.ts";
import { ENGINES } from "../support/databases.ts";
import { type Person, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

for (const engine of ENGINES) {
  describe(engine, () => {
    let world: World;
    beforeAll(async () => {
      world = await createWorld(engine);
    });
    afterAll(() => world.close());

    const award = (over: Record<string, unknown> = {}) => ({
      id: uuidv7(),
      studentId: world.school.children[1]!.id,
      observationPointId: world.school.points.helps,
      occurredAt: new Date(WORLD_NOW.getTime() - 60_000).toISOString(),
      ...over,
    });
    const send = async (awards: unknown[], by: Person = world.school.homeroom) => {
      const response = await world.app.server.inject({
        method: "POST",
        url: "/api/v1/awards",
        headers: { cookie: await world.signIn(by), "accept-language": "en" },
        payload: { awards },
      });
      return { response, results: response.json<AwardResults>().results };
    };
    const voids = async (ids: string[], by: Person = world.school.homeroom) => {
      const response = await world.app.server.inject({
        method: "POST",
        url: "/api/v1/awards/void",
        headers: { cookie: await world.signIn(by) },
        payload: { ids, reason: "点错了" },
      });
      return response.json<VoidResults>().results;
    };
    const roster = async () => {
      const response = await world.app.server.inject({
        url: `/api/v1/classes/${world.school.classId}/roster`,
        headers: { cookie: await world.signIn(world.school.homeroom) },
      });
      return response.json<Roster>();
    };
    const differences = () =>
      world.database.read(world.school.id, (store) => tallyDifferences(store, world.school.id));

    test("an award is recorded with the point's own beans and shows in the roster at once", async () => {
      const studentId = world.school.children[4]!.id;
      const { response, results } = await send([award({ studentId, points: 3 }), award({ studentId })]);
      expect(response.statusCode).toBe(200);
      expect(results.map(({ status, beans }) => [status, beans])).toEqual([
        ["recorded", 3],
        ["recorded", 1],
      ]);
      const child = (await roster()).students.find(({ id }) => id === studentId);
      expect(child?.today).toMatchObject({ moral: 4, total: 4 });
      expect(child?.term).toMatchObject({ moral: 4, total: 4 });
      expect(child?.isUnnoticed).toBe(false);
    });

    test("a whole-class award sent twice over a bad network counts once", async () => {
      const sent = world.school.children.map(({ id }) => award({ studentId: id }));
      const before = (await roster()).students.map(({ term }) => term.total);
      const first = await send(sent);
      const again = await send(sent);
      expect(first.results.every(({ status }) => status === "recorded")).toBe(true);
      expect(again.results.every(({ status, beans }) => status === "duplicate" && beans === 1)).toBe(true);
      const after = (await roster()).students.map(({ term }) => term.total);
      expect(after).toEqual(before.map((total) => total + 1));
    });

    test("the same award sent twenty times at once is recorded once", async () => {
      const cookie = await world.signIn(world.school.homeroom);
      const one = award({ studentId: world.school.children[2]!.id });
      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          world.app.server.inject({
            method: "POST",
            url: "/api/v1/awards",
            headers: { cookie },
            payload: { awards: [one] },
          }),
        ),
      );
      const statuses = answers.map((answer) => answer.json<AwardResults>().results[0]!.status).sort();
      expect(statuses).toEqual([...Array<string>(19).fill("duplicate"), "recorded"]);
      expect(await differences()).toEqual([]);
    });

    test("an id that comes back with other content is refused and changes nothing", async () => {
      const one = award();
      await send([one]);
      const { results } = await send([{ ...one, points: 3 }]);
      expect(results[0]).toMatchObject({
        id: one.id,
        status: "rejected",
        problem: { code: "award-id-conflict", status: 409 },
      });
      expect(await differences()).toEqual([]);
    });

    test("each rule that says no has its own code, and one bad row never sinks the others", async () => {
      const { points, otherChildren, children } = world.school;
      const at = (instant: string) => award({ occurredAt: instant });
      const rows: [string, unknown][] = [
        ["recorded", award()],
        ["award-malformed", { id: uuidv7(), studentId: children[0]!.id }],
        ["award-malformed", award({ points: -1 })],
        ["award-malformed", award({ points: 1.5 })],
        ["award-malformed", "not even an object"],
        ["student-not-found", award({ studentId: uuidv7() })],
        ["student-not-found", award({ studentId: world.neighbour.children[0]!.id })],
        ["student-not-taught", award({ studentId: otherChildren[0]!.id })],
        ["observation-point-not-found", award({ observationPointId: uuidv7() })],
        ["observation-point-not-found", award({ observationPointId: world.neighbour.points.helps })],
        ["observation-point-not-for-grade", award({ observationPointId: points.upperGrades })],
        ["observation-point-not-for-role", award({ observationPointId: points.guardianOnly })],
        ["points-out-of-range", award({ points: 4 })],
        ["points-out-of-range", award({ points: 0 })],
        ["occurred-in-future", at(new Date(WORLD_NOW.getTime() + 11 * 60_000).toISOString())],
        ["recorded", at(new Date(WORLD_NOW.getTime() + 9 * 60_000).toISOString())],
        ["student-not-taught", at("2026-07-11T02:00:00Z")],
        ["evidence-not-found", award({ evidenceIds: [uuidv7()] })],
        ["recorded", award()],
      ];
      const { results } = await send(rows.map(([, row]) => row));
      expect(results.map(({ status, problem }) => problem?.code ?? status)).toEqual(
        rows.map(([code]) => code),
      );
      expect(await differences()).toEqual([]);
    });

    test("a point that only the homeroom teacher gives is refused to a subject teacher", async () => {
      const one = () => award({ observationPointId: world.school.points.homeroomOnly });
      expect((await send([one()], world.school.subject)).results[0]?.problem?.code).toBe(
        "observation-point-not-for-role",
      );
      expect((await send([one()], world.school.homeroom)).results[0]?.status).toBe("recorded");
    });

    test("beyond the weekly cap an award is recorded with 0 beans, and the answer says so", async () => {
      const studentId = world.school.children[3]!.id;
      const one = () => award({ studentId, observationPointId: world.school.points.capped, points: 2 });
      const { results } = await send([one(), one(), one()]);
      expect(results.map(({ beans, isCapped }) => [beans, isCapped])).toEqual([
        [2, false],
        [2, false],
        [0, true],
      ]);
      const lastWeek = { ...one(), occurredAt: "2026-11-04T02:00:00Z" };
      expect((await send([lastWeek])).results[0]).toMatchObject({ beans: 2, isCapped: false });
      expect(await differences()).toEqual([]);
    });

    test("an award at 23:59 on the term's last day belongs to the term, a minute later to none", async () => {
      world.setNow(new Date("2027-01-23T01:00:00Z"));
      try {
        const { results } = await send([
          award({ occurredAt: "2027-01-22T15:59:59Z" }),
          award({ occurredAt: "2027-01-22T16:00:00Z" }),
        ]);
        expect(results.map(({ status, problem }) => problem?.code ?? status)).toEqual([
          "recorded",
          "outside-term",
        ]);
        world.setNow(new Date("2027-02-06T01:00:00Z"));
        const late = await send([award({ occurredAt: "2027-01-22T10:00:00Z" })]);
        expect(late.results[0]?.problem?.code).toBe("term-closed");
      } finally {
        world.setNow(WORLD_NOW);
      }
    });

    test("an award whose answer was lost is a duplicate also when a rule has come to refuse it, to its awarder alone", async () => {
      const kept = award({ occurredAt: "2027-01-22T10:00:00Z", points: 3, note: " 帮助同学 " });
      const fresh = award({ occurredAt: "2027-01-22T10:00:00Z" });
      world.setNow(new Date("2027-01-22T11:00:00Z"));
      try {
        expect((await send([kept])).results[0]?.status).toBe("recorded");
        world.setNow(new Date("2027-02-06T01:00:00Z"));
        const { results } = await send([
          kept,
          { ...kept, points: 2 },
          { ...kept, note: "别的" },
          { ...kept, evidenceIds: [uuidv7()] },
          fresh,
        ]);
        expect(results.map(({ status, problem }) => problem?.code ?? status)).toEqual([
          "duplicate",
          "term-closed",
          "term-closed",
          "term-closed",
          "term-closed",
        ]);
        expect(results[0]).toMatchObject({ id: kept.id, beans: 3, isCapped: false });
        const other = await send([kept], world.school.subject);
        expect(other.results[0]?.problem?.code).toBe("term-closed");
      } finally {
        world.setNow(WORLD_NOW);
      }
      expect(await differences()).toEqual([]);
    });

    test("what is refused by now is looked for beside what is recorded, and twenty times at once", async () => {
      const ahead = award({ occurredAt: new Date(WORLD_NOW.getTime() + 9 * 60_000).toISOString() });
      const never = { ...ahead, id: uuidv7() };
      await send([ahead]);
      world.setNow(new Date(WORLD_NOW.getTime() - 2 * 60_000));
      try {
        const answers = await Promise.all(Array.from({ length: 20 }, () => send([never, award(), ahead])));
        for (const { results } of answers)
          expect(results.map(({ status, problem }) => problem?.code ?? status)).toEqual([
            "occurred-in-future",
            "recorded",
            "duplicate",
          ]);
      } finally {
        world.setNow(WORLD_NOW);
      }
      expect(await differences()).toEqual([]);
    });

    test("a void sent again after the 7 days is a duplicate to who voided or gave it, and says nothing to others", async () => {
      const [mine, ours, standing] = [award(), award(), award()];
      await send([mine, ours, standing], world.school.subject);
      await voids([mine.id], world.school.subject);
      await voids([ours.id], world.school.homeroom);
      world.setNow(new Date(WORLD_NOW.getTime() + 7 * 86_400_000 + 60_000));
      try {
        expect(await voids([mine.id, ours.id, standing.id, mine.id], world.school.subject)).toMatchObject([
          { id: mine.id, status: "duplicate" },
          { id: ours.id, status: "duplicate" },
          { problem: { code: "void-window-over" } },
          { id: mine.id, status: "duplicate" },
        ]);
        expect(await voids([mine.id], world.school.outsider)).toMatchObject([
          { problem: { code: "void-not-allowed" } },
        ]);
      } finally {
        world.setNow(WORLD_NOW);
      }
      expect(await differences()).toEqual([]);
    });

    test("the awarder voids within 7 days, the homeroom teacher and the administrator at any time, others never", async () => {
      const mine = award();
      const old = award();
      const byHomeroom = award();
      await send([mine, old], world.school.subject);
      await send([byHomeroom], world.school.homeroom);
      expect(await voids([mine.id, byHomeroom.id], world.school.subject)).toMatchObject([
        { id: mine.id, status: "voided" },
        { id: byHomeroom.id, status: "rejected", problem: { code: "void-not-allowed" } },
      ]);
      expect(await voids([byHomeroom.id], world.school.outsider)).toMatchObject([
        { problem: { code: "void-not-allowed" } },
      ]);
      world.setNow(new Date(WORLD_NOW.getTime() + 7 * 86_400_000 + 60_000));
      try {
        expect(await voids([old.id], world.school.subject)).toMatchObject([
          { problem: { code: "void-window-over" } },
        ]);
        expect(await voids([old.id], world.school.homeroom)).toMatchObject([{ status: "voided" }]);
        expect(await voids([byHomeroom.id], world.school.admin)).toMatchObject([{ status: "voided" }]);
      } finally {
        world.setNow(WORLD_NOW);
      }
      expect(await differences()).toEqual([]);
    });

    test("voiding takes the beans away once; voiding again answers duplicate; another school's award is not there", async () => {
      const studentId = world.school.children[1]!.id;
      const total = async () => (await roster()).students.find(({ id }) => id === studentId)!.term.total;
      const before = await total();
      const one = award({ studentId, points: 2 });
      await send([one]);
      expect(await total()).toBe(before + 2);
      expect(await voids([one.id, one.id])).toMatchObject([{ status: "voided" }, { status: "duplicate" }]);
      expect(await voids([one.id])).toMatchObject([{ status: "duplicate" }]);
      expect(await total()).toBe(before);
      expect(await voids([one.id], world.neighbour.homeroom)).toMatchObject([
        { problem: { code: "award-not-found" } },
      ]);
      expect(await voids([uuidv7()])).toMatchObject([{ problem: { code: "award-not-found" } }]);
      const { results } = await send([one]);
      expect(results[0]?.status).toBe("duplicate");
      expect(await total()).toBe(before);
    });

    test("an award's id is a UUIDv7 in small letters: any other is refused with its path, and the rest recorded", async () => {
      const made = uuidv7();
      const others = [
        uuidv4(),
        uuidv1(),
        made.toUpperCase(),
        `urn:uuid:${made}`,
        // Of the seventh version by its number alone.
        `${made.slice(0, 19)}c${made.slice(20)}`,
      ];
      const { results } = await send([...others.map((id) => award({ id })), award()]);
      expect(results.map(({ status }) => status)).toEqual([...others.map(() => "rejected"), "recorded"]);
      for (const [index, { problem }] of results.slice(0, -1).entries()) {
        expect(problem?.code).toBe("award-malformed");
        expect(new Set(problem?.errors?.map(({ path }) => path))).toEqual(new Set([`/awards/${index}/id`]));
      }
    });

    test("0 and 501 awards are refused whole, with the path of what is wrong", async () => {
      for (const awards of [[], Array.from({ length: 501 }, () => award())]) {
        const { response } = await send(awards);
        expect(response.statusCode).toBe(400);
        expect(response.headers["content-type"]).toContain("application/problem+json");
        expect(response.json()).toMatchObject({ code: "invalid-input", errors: [{ path: "/awards" }] });
      }
    });
  });
}
