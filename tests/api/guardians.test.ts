/** A family comes in by a letter on paper, sees its child and no other, and can be kept out again at once. */
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import type { ClassGuardians } from "@doudou/shared/contract/guardians.ts";
import type { LetterView } from "@doudou/shared/contract/joining.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { codesOn, joinAs, printLetters } from "../support/guardians.ts";
import { createSchool, type School, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY = 86_400_000;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let school: School;
  let teacher: Client;
  let admin: Client;
  let addresses = 0;
  beforeAll(async () => {
    world = await createWorld(engine);
  });
  beforeEach(async () => {
    world.setNow(WORLD_NOW);
    school = await createSchool(world.database, "forest");
    teacher = await clientOf(world, school.homeroom);
    admin = await clientOf(world, school.admin);
  });
  afterAll(() => world.close());

  const child = (nth = 1) => school.children[nth]!.id;
  const letterFor = async (staff: Client, ...studentIds: string[]) =>
    (await printLetters(staff, school.classId, ...studentIds))[0] ?? "";
  const look = async (code: string, address = `10.6.0.${(addresses += 1) % 250}`) => {
    const response = await world.app.server.inject({
      method: "POST",
      url: "/api/v1/join/look",
      remoteAddress: address,
      payload: { code },
    });
    const isProblem = String(response.headers["content-type"]).includes("problem");
    return { code: isProblem ? response.json<{ code: string }>().code : response.statusCode, response };
  };
  const asks = async (cookie: string, method: "GET" | "POST", path: string, payload?: object) => {
    const request = { method, url: `/api/v1${path}`, headers: { cookie } };
    const response = await world.app.server.inject(payload ? { ...request, payload } : request);
    const isProblem = String(response.headers["content-type"]).includes("problem");
    return isProblem ? response.json<{ code: string }>().code : response.statusCode;
  };
  const sees = async (cookie: string, studentId: string) =>
    await asks(cookie, "GET", `/students/${studentId}/portfolio`);
  const addChild = async (cookie: string, code: string, more: object = {}) =>
    await asks(cookie, "POST", "/join/child", {
      code,
      relation: "mother",
      phone: "13800000001",
      agreesTo: "3",
      ...more,
    });
  const rowOf = async (staff: Client, studentId: string) => {
    const { students } = await staff.get<ClassGuardians>(`/classes/${school.classId}/guardians`);
    return students.find(({ student }) => student.id === studentId)!;
  };
  const remove = async (studentId: string, guardianshipId: string, body: object = { reason: "custody" }) =>
    await admin.ask("POST", `/students/${studentId}/guardians/${guardianshipId}/removal`, body);

  test("a letter is made, a mother joins by it, sees her child and no other, and the list says so", async () => {
    expect((await rowOf(teacher, child())).state).toBe("none");
    const code = await letterFor(teacher, child());
    expect(await rowOf(teacher, child())).toMatchObject({ state: "letter", guardians: [] });

    const view = (await look(code.toLowerCase())).response.json<LetterView>();
    expect(view).toMatchObject({ schoolName: "学校 forest", child: "周○○", noticeVersion: "3" });
    const joined = await joinAs(world, code, { name: "周妈妈" });
    expect(joined.view?.memberships[0]).toMatchObject({ role: "guardian", displayName: "周妈妈" });
    expect(joined.view?.memberships[0]?.students.map(({ id }) => id)).toEqual([child()]);
    expect(await sees(joined.cookie, child())).toBe(200);
    for (const other of [child(0), child(2), school.otherChildren[0]!.id])
      expect(await sees(joined.cookie, other)).toBe("forbidden");
    expect(await sees(joined.cookie, world.neighbour.children[0]!.id)).toBe("not-found");

    const row = await rowOf(teacher, child());
    expect(row.state).toBe("one");
    expect(row.guardians).toMatchObject([
      { name: "周妈妈", relation: "mother", hasAccount: true, verified: { by: "letter" } },
    ]);
    // The consent that was given lets the child have a card.
    const consents = await world.database.read(
      school.id,
      async ({ db, tables: { consent } }) =>
        await db.select().from(consent).where(eq(consent.studentId, child())),
    );
    expect(consents).toMatchObject([{ purpose: "account", noticeVersion: "3", method: "online" }]);
  });

  test("two guardians use a letter; to a third it is no letter any more", async () => {
    const code = await letterFor(teacher, child());
    expect((await joinAs(world, code, { name: "周妈妈", phone: "13800000001" })).code).toBe(200);
    expect(
      (await joinAs(world, code, { name: "周爸爸", phone: "13800000002", relation: "father" })).code,
    ).toBe(200);
    expect((await rowOf(teacher, child())).state).toBe("two");
    const third = await joinAs(world, code, {
      name: "周爷爷",
      phone: "13800000003",
      relation: "grandfather",
    });
    expect(third.code).toBe("letter-unknown");
    const again = await teacher.ask("POST", `/classes/${school.classId}/guardian-letters`, {
      studentIds: [child()],
    });
    expect(again.code).toBe("guardians-complete");
  });

  test("a class's letters are one PDF, each with its own code; children of other classes are none of it", async () => {
    const { classId, children, otherChildren } = school;
    const ids = children.map(({ id }) => id);
    const codes = await printLetters(teacher, classId, ...ids);
    expect(new Set(codes).size).toBe(ids.length);
    const strange = { studentIds: [ids[0], otherChildren[0]!.id] };
    expect((await teacher.ask("POST", `/classes/${classId}/guardian-letters`, strange)).code).toBe(
      "student-not-found",
    );
    const everything = JSON.stringify(await dumpOf(world.database));
    for (const code of codes) expect(everything).not.toContain(code.replaceAll(" ", ""));
  });

  test("a newer letter, an end by hand and the date each make a letter worth nothing, all in the same words", async () => {
    const first = await letterFor(teacher, child());
    const second = await letterFor(teacher, child());
    expect((await look(first)).code).toBe("letter-unknown");
    expect((await look(second)).code).toBe(200);
    expect((await teacher.ask("DELETE", `/students/${child()}/guardian-letter`)).status).toBe(204);
    expect((await look(second)).code).toBe("letter-unknown");
    expect((await rowOf(teacher, child())).state).toBe("none");

    const third = await letterFor(teacher, child());
    world.setNow(new Date(WORLD_NOW.getTime() + 30 * DAY));
    const bodies = await Promise.all(
      [first, second, third, "0000 0000 0000 0000", "?"].map(async (code) => {
        const { requestId: _, ...body } = (await look(code)).response.json<Record<string, unknown>>();
        return body;
      }),
    );
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect((await joinAs(world, third)).code).toBe("letter-unknown");
  });

  test("whom the roster knows by name, or by phone and relation, is not doubled", async () => {
    const { id: schoolId } = school;
    const known = async (studentId: string, name: string, phone: string, relation: string) => {
      const membershipId = uuidv7();
      await world.database.write(schoolId, async ({ db, tables }) => {
        await db.insert(tables.membership).values({
          schoolId,
          id: membershipId,
          role: "guardian",
          displayName: name,
        });
        await db.insert(tables.guardianContact).values({ schoolId, membershipId, phone });
        await db
          .insert(tables.guardianship)
          .values({ schoolId, id: uuidv7(), membershipId, studentId, relation });
      });
      return membershipId;
    };
    const mother = await known(child(1), "周 妈妈", "13900000001", "mother");
    const father = await known(child(1), "周大山", "+86 139-0000-0002", "father");
    const code = await letterFor(teacher, child(1));
    const first = await joinAs(world, code, { name: "周妈妈", phone: "13700000009" });
    expect(first.view?.memberships[0]?.id).toBe(mother);
    const second = await joinAs(world, code, { name: "周山", phone: "13900000002", relation: "father" });
    expect(second.view?.memberships[0]?.id).toBe(father);
    expect((await rowOf(teacher, child(1))).guardians.map(({ name }) => name)).toEqual(["周妈妈", "周山"]);
  });

  test("who takes over a known guardian sees none of its other children by that", async () => {
    const { id: schoolId } = school;
    const membershipId = uuidv7();
    await world.database.write(schoolId, async ({ db, tables }) => {
      await db
        .insert(tables.membership)
        .values({ schoolId, id: membershipId, role: "guardian", displayName: "周妈妈" });
      for (const [studentId, verifiedAt] of [
        [child(1), null],
        [child(2), WORLD_NOW],
        [child(3), null],
      ] as const)
        await db
          .insert(tables.guardianship)
          .values({ schoolId, id: uuidv7(), membershipId, studentId, relation: "mother", verifiedAt });
    });
    const joined = await joinAs(world, await letterFor(teacher, child(1)), { name: "周妈妈" });
    expect(joined.view?.memberships[0]?.students.map(({ id }) => id)).toEqual([child(1)]);
    expect(await sees(joined.cookie, child(2))).toBe("forbidden");
    expect(await sees(joined.cookie, child(3))).toBe("forbidden");
  });

  test("a guardian adds a second child with its letter, and a teacher may be a mother as well", async () => {
    const cookie = await world.signIn(school.guardian);
    expect(await addChild(cookie, await letterFor(teacher, child(1)))).toBe(204);
    for (const nth of [0, 1]) expect(await sees(cookie, child(nth))).toBe(200);
    expect(await addChild(cookie, await letterFor(teacher, child(1)))).toBe("guardian-joined");
    const { memberships } = (
      await world.app.server.inject({ url: "/api/v1/session", headers: { cookie } })
    ).json<SessionView>();
    expect(memberships.map(({ students }) => students.length)).toEqual([2]);

    const colleague = await world.signIn(school.outsider);
    expect(await sees(colleague, child(2))).toBe("forbidden");
    expect(await addChild(colleague, await letterFor(teacher, child(2)))).toBe(204);
    expect(await sees(colleague, child(2))).toBe(200);
    expect(await sees(colleague, child(3))).toBe("forbidden");
    const pupil = await world.signIn(school.student);
    expect(await addChild(pupil, await letterFor(teacher, child(0)))).toBe("guardian-join-alone");
  });

  test("mistakes are told: login taken, short password, strange phone, an older notice", async () => {
    const code = await letterFor(teacher, child());
    expect((await joinAs(world, code, { login: school.guardian.login })).code).toBe("login-taken");
    expect((await joinAs(world, code, { password: "short" })).code).toBe("password-too-short");
    expect((await joinAs(world, code, { phone: "call me" })).code).toBe("invalid-input");
    expect((await joinAs(world, code, { name: "  " })).code).toBe("invalid-input");
    expect((await joinAs(world, code, { agreesTo: "0" })).code).toBe("notice-version-old");
    expect((await rowOf(teacher, child())).state).toBe("letter");
  });

  test("a guardian who is removed sees nothing from that moment: session, letter and way back are gone", async () => {
    const code = await letterFor(teacher, child());
    const { cookie } = await joinAs(world, code, {
      name: "周爸爸",
      relation: "father",
      login: "zhou@example",
    });
    const [guardian] = (await rowOf(admin, child())).guardians;
    const stream = await world.app.server.inject({
      url: "/api/v1/session/live",
      headers: { cookie },
      payloadAsStream: true,
    });
    const isOver = new Promise((resolve) => stream.stream().once("end", resolve).resume());
    expect(stream.statusCode).toBe(200);

    const note = "法院判决：探视权中止";
    expect((await remove(child(), guardian!.id, { reason: "custody", note })).status).toBe(204);
    await isOver;
    expect(await sees(cookie, child())).toBe("not-signed-in");
    expect((await look(code)).code).toBe("letter-unknown");
    const anew = await world.app.server.inject({
      method: "POST",
      url: "/api/v1/session",
      payload: { login: "zhou@example", password: "a long enough one" },
    });
    expect(anew.json<SessionView>().memberships).toEqual([]);
    expect((await remove(child(), guardian!.id)).code).toBe("guardian-not-found");

    // Only the office is told why.
    const row = await rowOf(admin, child());
    expect(row).toMatchObject({ state: "none", guardians: [] });
    expect(row.removed).toMatchObject([{ name: "周爸爸", reason: "custody", note, removedBy: "校长" }]);
    expect((await rowOf(teacher, child())).removed).toEqual([]);

    // A letter of the class lets the other parent in, not this one: neither the account nor name and phone anew.
    const next = await letterFor(teacher, child());
    const session = anew.cookies.find(({ name }) => name === "doudou_session");
    const own = `doudou_session=${session?.value}`;
    expect(await addChild(own, next)).toBe("letter-not-for-you");
    expect((await joinAs(world, next, { name: "周爸爸", phone: "13611112222" })).code).toBe(
      "letter-not-for-you",
    );
    expect((await joinAs(world, next, { name: "老周", phone: "13800000001" })).code).toBe(
      "letter-not-for-you",
    );
    expect((await joinAs(world, next, { name: "周妈妈", phone: "13800000002" })).code).toBe(200);

    // An administrator's letter for this one takes it back, once.
    const path = `/students/${child()}/guardians/${guardian!.id}/letter`;
    expect((await teacher.ask("POST", path)).code).toBe("forbidden");
    const [back = ""] = await codesOn((await admin.ask("POST", path)).bytes);
    expect(await addChild(own, back, { relation: "father" })).toBe(204);
    expect(await sees(own, child())).toBe(200);
    expect((await look(back)).code).toBe("letter-unknown");
    expect((await rowOf(admin, child())).removed).toEqual([]);
    expect((await admin.ask("POST", path)).code).toBe("guardians-complete");
  });

  test("removed from one child, a guardian still has the other, after signing in anew", async () => {
    const cookie = await world.signIn(school.guardian);
    await addChild(cookie, await letterFor(teacher, child(1)));
    const own = (await rowOf(admin, child(0))).guardians[0]!;
    await remove(child(0), own.id, { reason: "mistake" });
    expect(await sees(cookie, child(1))).toBe("not-signed-in");
    const anew = await world.signIn(school.guardian);
    expect(await sees(anew, child(0))).toBe("forbidden");
    expect(await sees(anew, child(1))).toBe(200);
  });

  test("everything of it is in the audit log, and neither codes nor reasons' words are", async () => {
    const code = await letterFor(teacher, child());
    await joinAs(world, code, { name: "周爸爸" });
    const [guardian] = (await rowOf(admin, child())).guardians;
    await remove(child(), guardian!.id, { reason: "custody", note: "法院判决" });
    await admin.ask("POST", `/students/${child()}/guardians/${guardian!.id}/letter`);
    await admin.ask("DELETE", `/students/${child()}/guardian-letter`);
    const entries = await world.database.read(
      school.id,
      async ({ db, tables: { auditEntry: a } }) => await db.select().from(a).where(eq(a.studentId, child())),
    );
    expect(entries.map(({ action }) => action)).toEqual([
      "guardian.invite",
      "guardian.join",
      "guardian.remove",
      "guardian.readmit",
      "guardian.end-letter",
    ]);
    const details = await world.database.read(
      school.id,
      async ({ db, tables: { auditDetail } }) => await db.select().from(auditDetail),
    );
    expect(JSON.stringify(details)).not.toMatch(/法院判决/);
    expect(JSON.stringify(details)).not.toContain(code);
  });

  test("two parents who join at the same moment, and one who presses twice, come in once each", async () => {
    const code = await letterFor(teacher, child());
    const people = [
      { name: "周妈妈", phone: "13800000001" },
      { name: "周爸爸", phone: "13800000002" },
      { name: "周爷爷", phone: "13800000003" },
    ];
    const codes = (await Promise.all(people.map((person) => joinAs(world, code, person)))).map((j) => j.code);
    expect(codes.filter((answer) => answer === 200)).toHaveLength(2);
    expect(codes.filter((answer) => answer === "letter-unknown")).toHaveLength(1);
    const cookie = await world.signIn(school.guardian);
    const next = await letterFor(teacher, child(2));
    const twice = await Promise.all([addChild(cookie, next), addChild(cookie, next)]);
    expect(twice.map(String).sort()).toEqual(["204", "guardian-joined"]);
    const ofGuardian = await world.database.read(
      EVERY_SCHOOL,
      async ({ db, tables: { guardianship: g } }) =>
        await db
          .select()
          .from(g)
          .where(
            and(
              eq(g.membershipId, school.guardian.membershipId),
              eq(g.studentId, child(2)),
              isNull(g.endedAt),
            ),
          ),
    );
    expect(ofGuardian).toHaveLength(1);
  });

  test("codes cannot be tried out: an address waits after ten, everybody after six hundred", async () => {
    const guess = async (n: number, address: string) => await look(String(n).padStart(16, "0"), address);
    for (let n = 1; n <= 10; n++) expect((await guess(n, "10.4.0.1")).code).toBe("letter-unknown");
    const { code, response } = await guess(11, "10.4.0.1");
    expect(code).toBe("too-many-attempts");
    expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
    // A right one is not told there either, nor can it be used.
    const right = await letterFor(teacher, child());
    expect((await look(right, "10.4.0.1")).code).toBe("too-many-attempts");
    expect((await joinAs(world, right, {}, "10.4.0.1")).code).toBe("too-many-attempts");
    expect((await look(right, "10.4.0.2")).code).toBe(200);
    for (let n = 11; n <= 600; n += 10)
      await Promise.all(
        Array.from({ length: 10 }, (_, i) => guess(n + i, `10.5.${Math.floor(n / 250)}.${n % 250}`)),
      );
    expect((await look(right, "10.4.0.3")).code).toBe("too-many-attempts");
    // Signing in goes on meanwhile.
    await world.signIn(school.guardian);
  });
});
