/** Every route as every role, in relation and out of relation, in the own and in another school, against the table. */
import { text } from "node:stream/consumers";
import { and, eq } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import Fastify from "fastify";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DeclaredRoute, installGuard, type RouteAccess } from "@doudou/server/access/guard.ts";
import {
  isWithinReach,
  isWithinReachLocked,
  PERMISSIONS,
  type Standing,
} from "@doudou/server/access/permissions.ts";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { addLeadership } from "@doudou/db/repositories/grade-leaderships.ts";
import { letRead } from "../support/access.ts";
import { boardLink } from "../support/board.ts";
import { type Client, clientOf } from "../support/client.ts";
import { addMember, PASSWORD, type Person, type School } from "../support/school.ts";
import { addTester } from "../support/fitness.ts";
import { pdf } from "../support/media.ts";
import { createWorld, type World } from "../support/world.ts";

type Persona =
  | "grantee"
  | "childGrantee"
  | "formerGrantee"
  | "homeroom"
  | "subject"
  | "tester"
  | "gradeLeader"
  | "outsider"
  | "admin"
  | "guardian"
  | "otherGuardian"
  | "student"
  | "otherStudent";

/** Where each person of the test's school stands towards its first class and that class's first child. */
const STANDINGS: Record<Persona, { members: Standing[]; class: Standing[]; student: Standing[] }> = {
  homeroom: {
    members: ["teacher:school"],
    class: ["teacher:homeroom", "teacher:class", "teacher:publisher"],
    student: ["teacher:homeroom", "teacher:class", "teacher:publisher"],
  },
  subject: { members: ["teacher:school"], class: ["teacher:class"], student: ["teacher:class"] },
  // Teaches it physical education.
  tester: {
    members: ["teacher:school"],
    class: ["teacher:class", "teacher:pe"],
    student: ["teacher:class", "teacher:pe"],
  },
  // Leads its grade, at a school that approves summaries.
  gradeLeader: { members: ["teacher:school"], class: ["teacher:grade"], student: [] },
  outsider: { members: ["teacher:school"], class: [], student: [] },
  // Let read the class, let read the child, let read the class until a moment ago.
  grantee: { members: ["teacher:school"], class: ["teacher:granted"], student: ["teacher:granted"] },
  childGrantee: { members: ["teacher:school"], class: [], student: ["teacher:granted"] },
  formerGrantee: { members: ["teacher:school"], class: [], student: [] },
  admin: {
    members: ["school-admin:school"],
    class: ["school-admin:school"],
    student: ["school-admin:school"],
  },
  guardian: { members: ["guardian:school"], class: [], student: ["guardian:child"] },
  otherGuardian: { members: ["guardian:school"], class: [], student: [] },
  student: { members: ["student:school"], class: [], student: ["student:self"] },
  otherStudent: { members: ["student:school"], class: [], student: [] },
};
/**
 * What staff may ask for about a class without a trace in the log, and why: everything else about a class or a child
 * leaves one.
 */
const LEAVES_NO_TRACE: Readonly<Record<string, string>> = {
  "/api/v1/students/:studentId/individual-plans": "a plan that is shown leaves one, and this child has none",
  "/api/v1/observation-points":
    "what may be awarded; what hangs on one child's plan is noted where there is such",
  "/api/v1/classes/:classId/class-points": "what may be awarded in this class alone; of no child",
  "/api/v1/classes/:classId/lesson-times": "when lessons are; of no child",
  "/api/v1/classes/:classId/goal": "what the class does together; of no child",
  "/api/v1/classes/:classId/board-links": "which screens are open; of no child",
  "/api/v1/classes/:classId/seating-plans":
    "where children sit, by ids: their names come with the roster, which is noted",
  "/api/v1/classes/:classId/group-sets":
    "who works with whom, by ids: their names come with the roster, which is noted",
};

/** What a board link opens, and what opens nothing else. */
const isOfBoard = ({ access }: DeclaredRoute) => access.to === "board";
const PERSONAS = Object.keys(STANDINGS) as Persona[];

describe("every route keeps to the permission table", () => {
  let world: World;
  const cookies = new Map<string, string>();
  /** Of a board link of each school, and its token. */
  const linkIds = new Map<string, string>();
  const tokens = new Map<string, string>();
  /** Of a file that belongs to a work of each school's first child. */
  const fileIds = new Map<string, string>();
  const people = new Map<string, Record<Persona, Person>>();
  const personOf = (school: School, persona: Persona) => people.get(school.id)![persona];
  beforeAll(async () => {
    world = await createWorld();
    for (const school of [world.school, world.neighbour]) {
      people.set(school.id, {
        ...school,
        ...(await addGrantees(world, school)),
        tester: await addTester(world, school),
        gradeLeader: await addGradeLeader(world, school),
      });
      for (const persona of PERSONAS) {
        const person = personOf(school, persona);
        cookies.set(person.login, await world.signIn(person));
      }
      const homeroom = await clientOf(world, school.homeroom);
      const opened = await boardLink(homeroom, school.classId);
      linkIds.set(school.id, opened.link.id);
      tokens.set(school.id, opened.token!);
      fileIds.set(school.id, await addWorkWithFile(homeroom, school.children[0]!.id));
    }
  });
  afterAll(() => world.close());

  const call = async (
    server: FastifyInstance,
    route: DeclaredRoute,
    school: School,
    person?: Person,
    from: ReadonlyMap<string, string> = cookies,
    tokenHeaders: Record<string, string> = {},
  ) => {
    // A link can be ended once: each who tries has one of its own to end, made in a session of its own, for one
    // of the routes ends all others of a person.
    const isEnding = route.method === "DELETE" && route.url.includes(":linkId");
    const linkId = isEnding
      ? (await boardLink(await clientOf(world, school.homeroom), school.classId)).link.id
      : linkIds.get(school.id)!;
    const url = route.url
      .replace(":classId", school.classId)
      .replace(":studentId", school.children[0]!.id)
      .replace(":termId", school.termId)
      .replace(":linkId", linkId)
      .replace(":fileId", fileIds.get(school.id)!)
      .replace(":evidenceId", school.children[0]!.id)
      .replace(":guardianshipId", school.children[0]!.id)
      .replace(":observationPointId", school.points.helps)
      .replace(":tileSetId", school.children[0]!.id);
    // A stream of events is granted when it begins; it has no end to wait for.
    const isStream = route.url.endsWith("/live");
    // Who locks its device is let through to nothing afterwards: that is done with a session of its own.
    const isLocking = route.url.endsWith("/session/lock");
    const cookie = person && (isLocking ? await signInOnTablet(world, person) : from.get(person.login));
    const response = await server.inject({
      payloadAsStream: isStream,
      method: route.method as "GET",
      url: `${url}?classId=${school.classId}&termId=${school.termId}`,
      headers: { ...tokenHeaders, ...(cookie === undefined ? {} : { cookie }) },
      ...(["POST", "PUT", "PATCH"].includes(route.method) ? { payload: {} } : {}),
    });
    const isProblem = String(response.headers["content-type"]).includes("problem");
    if (isStream && !isProblem) {
      response.stream().destroy();
      return "granted";
    }
    const body = isStream ? await text(response.stream()) : response.body;
    const code = isProblem ? (JSON.parse(body) as { code: string }).code : "";
    const refusals = [
      "not-signed-in",
      "forbidden",
      "not-found",
      "session-confined",
      "session-locked",
      "board-link-over",
    ];
    return refusals.includes(code) ? code : "granted";
  };
  type Guarded = DeclaredRoute & { access: Exclude<RouteAccess, { to: "everybody" | "board" }> };
  /** Routes for people; those for boards have tests of their own. */
  const guarded = () =>
    world.app.routes.filter(
      (route): route is Guarded =>
        route.access.to !== "everybody" && !isOfBoard(route) && route.method !== "HEAD",
    );
  const forBoards = () => world.app.routes.filter((route) => isOfBoard(route) && route.method !== "HEAD");

  test("the table knows the routes: there are some for classes, students and members", () => {
    expect(new Set(guarded().map(({ access }) => access.to))).toEqual(
      new Set(["signed-in", "members", "class", "student"]),
    );
  });

  test("nobody gets in without a session", async () => {
    for (const route of guarded()) {
      expect([route.method, route.url, await call(world.app.server, route, world.school)]).toEqual([
        route.method,
        route.url,
        "not-signed-in",
      ]);
    }
  });

  test.each(PERSONAS)("%s gets what the table grants and nothing else", async (persona) => {
    for (const route of guarded()) {
      const { access } = route;
      const isGranted =
        access.to === "signed-in" ||
        STANDINGS[persona][access.to].some((standing) =>
          (PERMISSIONS[access.action] as readonly Standing[]).includes(standing),
        );
      const answer = await call(world.app.server, route, world.school, personOf(world.school, persona));
      expect([route.method, route.url, answer]).toEqual([
        route.method,
        route.url,
        isGranted ? "granted" : "forbidden",
      ]);
    }
  });

  test.each(PERSONAS)(
    "%s on a shared tablet gets what is within reach there, and no more",
    async (persona) => {
      const person = personOf(world.school, persona);
      const onTablet = new Map([[person.login, await signInOnTablet(world, person)]]);
      for (const route of guarded()) {
        const { access } = route;
        const isGranted =
          access.to === "signed-in" ||
          STANDINGS[persona][access.to].some((standing) =>
            (PERMISSIONS[access.action] as readonly Standing[]).includes(standing),
          );
        const isInReach =
          access.to === "signed-in" ? access.whileConfined === true : isWithinReach(access.action, true);
        const answer = await call(world.app.server, route, world.school, person, onTablet);
        expect([route.method, route.url, answer]).toEqual([
          route.method,
          route.url,
          isGranted ? (isInReach ? "granted" : "session-confined") : "forbidden",
        ]);
      }
    },
  );

  test("a locked device is let through to nothing but what brings in its outbox", async () => {
    const person = world.school.homeroom;
    const locked = new Map([[person.login, await signInOnTablet(world, person)]]);
    const server = world.app.server;
    await server.inject({
      method: "POST",
      url: "/api/v1/session/lock",
      headers: { cookie: locked.get(person.login)! },
    });
    for (const route of guarded()) {
      const { access } = route;
      const isForLocked =
        access.to === "signed-in" ? access.whileLocked === true : isWithinReachLocked(access.action);
      const answer = await call(server, route, world.school, person, locked);
      expect([route.method, route.url, answer]).toEqual([
        route.method,
        route.url,
        isForLocked ? "granted" : "session-locked",
      ]);
    }
  });

  test.each(PERSONAS)("%s of another school finds no class and no child here", async (persona) => {
    for (const route of guarded()) {
      if (route.access.to !== "class" && route.access.to !== "student") continue;
      const answer = await call(world.app.server, route, world.school, personOf(world.neighbour, persona));
      expect([route.method, route.url, answer]).toEqual([route.method, route.url, "not-found"]);
    }
  });

  test("a board's routes take its own token and nothing else: no session of anybody, no other board's token", async () => {
    expect(forBoards().length).toBeGreaterThan(1);
    for (const route of forBoards()) {
      const as = async (headers: Record<string, string>) =>
        await call(world.app.server, route, world.school, undefined, undefined, headers);
      for (const persona of PERSONAS)
        expect([
          route.url,
          persona,
          await as({ cookie: cookies.get(personOf(world.school, persona).login)! }),
        ]).toEqual([route.url, persona, "board-link-over"]);
      expect(await as({})).toBe("board-link-over");
      const bearer = (school: School) => ({ authorization: `Bearer ${tokens.get(school.id)}` });
      expect(await as(bearer(world.neighbour))).toBe("board-link-over");
      expect(await as(bearer(world.school))).toBe("granted");
      expect(await as({ cookie: `doudou_board=${tokens.get(world.school.id)}` })).toBe("granted");
    }
  });

  test("a board's token opens no route for people", async () => {
    const token = tokens.get(world.school.id);
    for (const route of guarded()) {
      for (const headers of [
        { authorization: `Bearer ${token}` },
        { cookie: `doudou_board=${token}; doudou_session=${token}` },
      ] as Record<string, string>[]) {
        const answer = await call(world.app.server, route, world.school, undefined, undefined, headers);
        expect([route.method, route.url, answer]).toEqual([route.method, route.url, "not-signed-in"]);
      }
    }
  });

  test("a route that does not say who may call it stops the start", async () => {
    const app = Fastify();
    installGuard(app, world.deps);
    expect(() => app.get("/forgotten", () => "open to all")).toThrow(/does not declare who may call it/);
  });

  test("what staff read of a child or a class is in the log, but for what is said to leave no trace", async () => {
    const { school, app } = world;
    const reads = async ({ membershipId }: Person) =>
      await world.database.read(
        school.id,
        async ({ db, tables: { auditEntry: e } }) =>
          await db
            .select({ studentId: e.studentId, classId: e.classId })
            .from(e)
            .where(and(eq(e.kind, "read"), eq(e.membershipId, membershipId))),
      );
    const isAbout = ({ method, url, access }: Guarded) =>
      method === "GET" &&
      (access.to === "student" || access.to === "class" || /:(student|class)Id/.test(url));
    const staff = PERSONAS.filter((persona) =>
      STANDINGS[persona].members.some((standing) => /^(teacher|school-admin):/.test(standing)),
    );
    const asked = new Set<string>();
    for (const route of guarded().filter(isAbout)) {
      for (const persona of staff) {
        const person = personOf(school, persona);
        const before = (await reads(person)).length;
        if ((await call(app.server, route, school, person)) !== "granted") continue;
        asked.add(route.url);
        const added = (await reads(person)).slice(before);
        const isTraced = added.some(({ studentId, classId }) =>
          route.url.includes(":studentId")
            ? studentId === school.children[0]!.id
            : classId === school.classId,
        );
        expect([route.url, persona, isTraced]).toEqual([route.url, persona, !(route.url in LEAVES_NO_TRACE)]);
      }
    }
    expect(Object.keys(LEAVES_NO_TRACE).filter((url) => !asked.has(url))).toEqual([]);
  });

  test("a staff read of a child's record is logged, the child's own and a guardian's is not", async () => {
    const { school } = world;
    const logged = async () =>
      (
        await world.database.read(
          school.id,
          async ({ db, tables }) => await db.select().from(tables.auditEntry),
        )
      ).filter(
        ({ studentId, action }) => studentId === school.children[0]!.id && action === "portfolio.read",
      );
    const before = (await logged()).length;
    for (const persona of ["homeroom", "guardian", "student"] as const) {
      const response = await world.app.server.inject({
        url: `/api/v1/students/${school.children[0]!.id}/portfolio`,
        headers: { cookie: cookies.get(school[persona].login)! },
      });
      expect(response.statusCode).toBe(200);
    }
    const after = await logged();
    expect(after.length).toBe(before + 1);
    expect(after.at(-1)).toMatchObject({ membershipId: school.homeroom.membershipId });
  });
});

/** Teachers who do not teach the school's first class, and were let read it, or its first child. */
async function addGrantees(
  world: World,
  school: School,
): Promise<Record<"grantee" | "childGrantee" | "formerGrantee", Person>> {
  const add = (login: string, name: string) =>
    world.database.write(EVERY_SCHOOL, (store) =>
      addMember(store, school.id, { role: "teacher", login, name }),
    );
  const grantee = await add("grantee", "孙老师");
  const childGrantee = await add("child-grantee", "吴老师");
  const formerGrantee = await add("former-grantee", "郑老师");
  await letRead(world, school, grantee);
  await letRead(world, school, childGrantee, { child: school.children[0]!.name });
  const accessId = await letRead(world, school, formerGrantee);
  const { status } = await (await clientOf(world, formerGrantee)).ask("POST", `/access/${accessId}/end-own`);
  if (status !== 200) throw new Error("the leave was not ended");
  return { grantee, childGrantee, formerGrantee };
}

async function addGradeLeader({ database }: World, { id, yearId }: School): Promise<Person> {
  const login = { role: "teacher", login: "grade-leader", name: "冯老师" } as const;
  return await database.write(EVERY_SCHOOL, async (store) => {
    const leader = await addMember(store, id, login);
    const days = { startsOn: "2026-09-01", endsOn: "2027-07-09" };
    const { membershipId } = leader;
    await addLeadership(store, id, { id: uuidv7(), membershipId, academicYearId: yearId, grade: 3, ...days });
    const { school } = store.tables;
    await store.db.update(school).set({ reviewsSummaries: true }).where(eq(school.schoolId, id));
    return leader;
  });
}

/** @returns the id of the file */
async function addWorkWithFile(by: Client, studentId: string): Promise<string> {
  const { id } = await by.addFile(studentId, pdf());
  const work = { title: "秋天的树", dimension: "arts", reflection: "", fileIds: [id] };
  const { status } = await by.ask("PUT", `/students/${studentId}/works/${uuidv7()}`, work);
  if (status !== 200) throw new Error("the work was not kept");
  return id;
}

async function signInOnTablet(world: World, { login }: Person): Promise<string> {
  const response = await world.app.server.inject({
    method: "POST",
    url: "/api/v1/session",
    payload: { login, password: PASSWORD, onSharedTablet: true },
  });
  const cookie = response.cookies.find(({ name }) => name === "doudou_session");
  return `doudou_session=${cookie?.value}`;
}
