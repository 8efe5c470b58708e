/** What is set for the whole school: its calendar, never so that records have no term, and what its boards show. */
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { Board } from "@doudou/shared/contract/board.ts";
import type { SchemeOverview } from "@doudou/shared/contract/indicators.ts";
import type {
  LessonsToday,
  SchoolCalendar,
  SchoolSettings,
  WordsSaved,
} from "@doudou/shared/contract/school-settings.ts";
import { boardLink } from "../support/board.ts";
import { sweepEvidence } from "@doudou/server/features/evidence/sweep.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { usualDay } from "@doudou/shared/domain/lesson-times.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { pictureOf } from "../support/pictures.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

describe.each(ENGINES)("a school's settings on %s", (engine) => {
  let world: World;
  let admin: Client;
  let teacher: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    admin = await clientOf(world, world.school.admin);
    teacher = await clientOf(world, world.school.homeroom);
  });
  afterEach(() => world.close());

  const settings = () => admin.get<SchoolSettings>("/school-settings");
  const save = async (change: (calendar: SchoolCalendar) => SchoolCalendar, version?: string) => {
    const now = await settings();
    const sent = { version: version ?? now.version, calendar: change(now.calendar) };
    const answer = await admin.ask("PUT", "/school-settings/calendar", sent);
    return answer.status === 200 ? "saved" : answer.code;
  };
  const withTerm = (id: string, change: object) => (calendar: SchoolCalendar) => ({
    ...calendar,
    terms: calendar.terms.map((term) => (term.id === id ? { ...term, ...change } : term)),
  });

  test("a coming term is added, has the scheme in force, is moved, and goes again", async () => {
    const id = uuidv7();
    const spring = {
      id,
      academicYearId: world.school.yearId,
      name: { zh: "2027年春季学期", en: "Spring 2027" },
      startsOn: "2027-02-22",
      endsOn: "2027-07-09",
    };
    expect(await save((now) => ({ ...now, terms: [...now.terms, spring] }))).toBe("saved");
    const { terms, inForce } = await admin.get<SchemeOverview>("/indicator-schemes");
    expect(terms.find((term) => term.id === id)).toMatchObject({ state: "coming", schemeId: inForce });
    expect(await save(withTerm(id, { startsOn: "2027-01-20" }))).toBe("calendar-not-fit");
    expect(await save(withTerm(id, { startsOn: "2027-03-01" }))).toBe("saved");
    expect(await save((now) => ({ ...now, terms: now.terms.filter((term) => term.id !== id) }))).toBe(
      "saved",
    );
    expect((await settings()).calendar.terms).toHaveLength(2);
  });

  test("days that hold records stay in their term, and a term that has begun stays", async () => {
    const { termId } = world.school;
    await teacher.award(awardIn(world.school, WORLD_NOW));
    expect(await save(withTerm(termId, { endsOn: "2026-11-10" }))).toBe("calendar-in-use");
    expect(await save(withTerm(termId, { startsOn: "2026-11-12" }))).toBe("calendar-in-use");
    expect(await save((now) => ({ ...now, terms: now.terms.slice(0, 1) }))).toBe("calendar-in-use");
    expect(await save((now) => ({ ...now, years: [], terms: [] }))).toBe("calendar-in-use");
    expect(await save(withTerm(termId, { endsOn: "2027-01-15" }))).toBe("saved");
  });

  test("holidays are set, and two windows never overwrite each other unseen", async () => {
    const { version } = await settings();
    const days = [{ day: "2027-01-01", kind: "holiday" as const, name: "元旦" }];
    expect(await save((now) => ({ ...now, days }))).toBe("saved");
    expect(await save((now) => ({ ...now, days: [] }), version)).toBe("calendar-changed");
    expect((await settings()).calendar.days).toEqual(days);
    const { entries } = await admin.get<AuditPage>("/audit?kind=change");
    expect(entries.map(({ action }) => action)).toEqual(["calendar.change"]);
  });

  test("no numbers for the whole school wins over what a board's link says", async () => {
    const { token, link } = await boardLink(teacher, world.school.classId);
    const hasFigures = async () => {
      const answer = await world.app.server.inject({
        url: `/api/v1/board/${link.id}`,
        headers: { authorization: `Bearer ${token}` },
      });
      return answer.json<Board>().beans !== null;
    };
    expect(await hasFigures()).toBe(true);
    const { words, wordsVersion: version } = await settings();
    const changed = { ...words, name: " 新城小学 ", boardShowsNumbers: false };
    expect((await admin.ask("PUT", "/school-settings", { version, words: changed })).status).toBe(200);
    expect(await hasFigures()).toBe(false);
    expect((await settings()).words.name).toBe("新城小学");
    const { entries } = await admin.get<AuditPage>("/audit?action=settings.change");
    expect(entries[0]).toMatchObject({
      before: { boardShowsNumbers: true },
      after: { boardShowsNumbers: false },
    });
  });

  test("what was saved in another window since is not overwritten unseen, and goes on from what was saved", async () => {
    const put = async (version: string, change: Partial<SchoolSettings["words"]>) => {
      const words = { ...opened.words, ...change };
      const { status, code, body } = await admin.ask("PUT", "/school-settings", { version, words });
      return { said: status === 200 ? "saved" : code, next: (JSON.parse(body) as WordsSaved).version };
    };
    const opened = await settings();
    const { said, next } = await put(opened.wordsVersion, { viewMinutes: null });
    expect(said).toBe("saved");
    expect((await put(opened.wordsVersion, { name: "旧城小学" })).said).toBe("school-words-changed");
    expect((await settings()).words).toEqual({ ...opened.words, viewMinutes: null });
    expect((await settings()).wordsVersion).toBe(next);
    expect((await put(next, { name: "新城小学" })).said).toBe("saved");
    const { entries } = await admin.get<AuditPage>("/audit?action=settings.change");
    expect(entries).toHaveLength(2);
  });

  test("a logo is made over, shown to everybody by its name alone, and goes again", async () => {
    const upload = (payload: Buffer) =>
      world.app.server.inject({
        method: "PUT",
        url: "/api/v1/school-settings/logo",
        headers: { cookie, "content-type": "image/png" },
        payload,
      });
    const cookie = await world.signIn(world.school.admin);
    const shown = async (schoolId: string, name: string) => {
      const url = `/api/v1/schools/${schoolId}/logo/${name}`;
      return await world.app.server.inject({ url });
    };
    const answer = await upload(await pictureOf("png"));
    expect(answer.statusCode).toBe(200);
    const { logo } = answer.json<{ logo: string }>();
    expect((await settings()).logo).toBe(logo);
    const picture = await shown(world.school.id, logo);
    expect([picture.statusCode, picture.headers["content-type"]]).toEqual([200, "image/webp"]);
    expect(String(picture.headers["cache-control"])).toContain("immutable");
    expect((await shown(world.neighbour.id, logo)).statusCode).toBe(404);
    expect((await shown(uuidv7(), logo)).statusCode).toBe(404);
    expect((await shown(world.school.id, "0".repeat(64))).statusCode).toBe(404);
    const seen = await teacher.get<SessionView>("/session");
    expect(seen.memberships[0]).toMatchObject({ schoolLogo: logo });

    await sweepEvidence(world.deps, 0);
    expect((await shown(world.school.id, logo)).statusCode).toBe(200);

    const svg = await upload(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'));
    expect(svg.json<{ code: string }>().code).toBe("picture-kind-not-taken");
    expect((await settings()).logo).toBe(logo);

    expect((await admin.ask("DELETE", "/school-settings/logo")).status).toBe(200);
    expect((await shown(world.school.id, logo)).statusCode).toBe(404);
    const { entries } = await admin.get<AuditPage>("/audit?action=logo.change");
    expect(entries).toHaveLength(2);
  });

  test("lesson times are saved whole, checked, and tell a teacher what today has", async () => {
    const { lessonTimes, lessonTimesVersion } = await settings();
    expect(lessonTimes).toEqual([]);
    const today = () => teacher.get<LessonsToday>(`/classes/${world.school.classId}/lesson-times`);
    expect((await today()).spans).toEqual([]);
    const put = async (version: string, plans: unknown) => {
      return await admin.ask("PUT", "/school-settings/lesson-times", { version, lessonTimes: plans });
    };
    const saved = await put(lessonTimesVersion, [usualDay()]);
    expect(saved.status).toBe(200);
    expect((await today()).spans).toEqual(usualDay().spans);
    expect((await put(lessonTimesVersion, [])).code).toBe("lesson-times-changed");
    const { version } = JSON.parse(saved.body) as { version: string };
    const [first, second] = usualDay().spans;
    expect((await put(version, [{ weekdays: [1], spans: [second, first] }])).code).toBe(
      "lesson-times-not-fit",
    );
    const outsider = await clientOf(world, world.school.outsider);
    expect((await outsider.ask("GET", `/classes/${world.school.classId}/lesson-times`)).status).toBe(403);
    const { entries } = await admin.get<AuditPage>("/audit?action=lesson-times.change");
    expect(entries).toHaveLength(1);
  });

  test("are the office's alone", async () => {
    for (const person of [world.school.homeroom, world.school.guardian, world.school.student]) {
      const client = await clientOf(world, person);
      expect((await client.ask("GET", "/school-settings")).status).toBe(403);
      expect((await client.ask("PUT", "/school-settings/calendar", {})).status).toBe(403);
    }
  });
});
