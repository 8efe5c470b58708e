/** Every route as every role, in relation and out of relation, in the own and in another school, against the table. */
import { text } from "node:stream/consumers";
import type { FastifyInstance } from "fastify";
import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DeclaredRoute, installGuard, type RouteAccess } from "@doudou/server/access/guard.ts";
import { isWithinReach, PERMISSIONS, type Standing } from "@doudou/server/access/permissions.ts";
import { PASSWORD, type Person, type School } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

type Persona =
  | "homeroom"
  | "subject"
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
    class: ["teacher:homeroom", "teacher:class"],
    student: ["teacher:homeroom", "teacher:class"],
  },
  subject: { members: ["teacher:school"], class: ["teacher:class"], student: ["teacher:class"] },
  outsider: { members: ["teacher:school"], class: [], student: [] },
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
const PERSONAS = Object.keys(STANDINGS) as Persona[];

describe("every route keeps to the permission table", () => {
  let world: World;
  const cookies = new Map<string, string>();
  beforeAll(async () => {
    world = await createWorld();
    for (const school of [world.school, world.neighbour]) {
      for (const persona of PERSONAS) cookies.set(school[persona].login, await world.signIn(school[persona]));
    }
  });
  afterAll(() => world.close());

  const call = async (
    server: FastifyInstance,
    route: DeclaredRoute,
    school: School,
    person?: Person,
    from: ReadonlyMap<string, string> = cookies,
  ) => {
    const url = route.url
      .replace(":classId", school.classId)
      .replace(":studentId", school.children[0]!.id)
      .replace(":termId", school.termId)
      .replace(":evidenceId", school.children[0]!.id)
      .replace(":observationPointId", school.points.helps);
    // A stream of events is granted when it begins; it has no end to wait for.
    const isStream = route.url.endsWith("/live");
    const response = await server.inject({
      payloadAsStream: isStream,
      method: route.method as "GET",
      url: `${url}?classId=${school.classId}&termId=${school.termId}`,
      ...(person ? { headers: { cookie: from.get(person.login)! } } : {}),
      ...(["POST", "PUT", "PATCH"].includes(route.method) ? { payload: {} } : {}),
    });
    const isProblem = String(response.headers["content-type"]).includes("problem");
    if (isStream && !isProblem) {
      response.stream().destroy();
      return "granted";
    }
    const body = isStream ? await text(response.stream()) : response.body;
    const code = isProblem ? (JSON.parse(body) as { code: string }).code : "";
    const refusals = ["not-signed-in", "forbidden", "not-found", "session-confined"];
    return refusals.includes(code) ? code : "granted";
  };
  type Guarded = DeclaredRoute & { access: Exclude<RouteAccess, { to: "everybody" }> };
  const guarded = () =>
    world.app.routes.filter(
      (route): route is Guarded => route.access.to !== "everybody" && route.method !== "HEAD",
    );

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
      const answer = await call(world.app.server, route, world.school, world.school[persona]);
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
      const person = world.school[persona];
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

  test.each(PERSONAS)("%s of another school finds no class and no child here", async (persona) => {
    for (const route of guarded()) {
      if (route.access.to !== "class" && route.access.to !== "student") continue;
      const answer = await call(world.app.server, route, world.school, world.neighbour[persona]);
      expect([route.method, route.url, answer]).toEqual([route.method, route.url, "not-found"]);
    }
  });

  test("a route that does not say who may call it stops the start", async () => {
    const app = Fastify();
    installGuard(app, world.deps);
    expect(() => app.get("/forgotten", () => "open to all")).toThrow(/does not declare who may call it/);
  });

  test("a staff read of a child's record is logged, the child's own and a guardian's is not", async () => {
    const { school } = world;
    const logged = async () =>
      (
        await world.database.read(
          school.id,
          async ({ db, tables }) => await db.select().from(tables.accessLog),
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

async function signInOnTablet(world: World, { login }: Person): Promise<string> {
  const response = await world.app.server.inject({
    method: "POST",
    url: "/api/v1/session",
    payload: { login, password: PASSWORD, onSharedTablet: true },
  });
  const cookie = response.cookies.find(({ name }) => name === "doudou_session");
  return `doudou_session=${cookie?.value}`;
}
