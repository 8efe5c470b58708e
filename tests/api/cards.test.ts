/** A child signs in by card and PIN: chosen at first use, slow to guess, quickly over, and dead once replaced. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import type { CardView, ClassCards, IssuedCards } from "@doudou/shared/contract/cards.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { codesOn } from "../support/guardians.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const PIN = "3-0-11";

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let teacher: Client;
  let addresses = 0;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: WORLD_NOW });
    world = await createWorld(engine);
    teacher = await clientOf(world, world.school.homeroom);
  });
  beforeEach(() => at(0));
  afterAll(async () => {
    vi.useRealTimers();
    await world.close();
  });

  /** Moves both clocks, as session.test.ts does. */
  const at = (minutes: number) => {
    const now = new Date(WORLD_NOW.getTime() + minutes * MINUTE);
    vi.setSystemTime(now);
    world.setNow(now);
  };
  const child = () => world.school.children[0]!.id;
  const issue = async (...studentIds: string[]) => {
    const answer = await teacher.ask("POST", `/classes/${world.school.classId}/cards`, { studentIds });
    return (JSON.parse(answer.body) as IssuedCards).cards;
  };
  const newCard = async () => (await issue(child()))[0]?.code ?? "";
  const post = async (path: string, payload: object, address = `10.2.0.${(addresses += 1) % 250}`) => {
    const response = await world.app.server.inject({
      method: "POST",
      url: `/api/v1${path}`,
      remoteAddress: address,
      payload,
    });
    const isProblem = String(response.headers["content-type"]).includes("problem");
    const cookie = response.cookies.find(({ name }) => name === "doudou_session");
    return {
      code: isProblem ? response.json<{ code: string }>().code : response.statusCode,
      cookie: `doudou_session=${cookie?.value}`,
      maxAge: cookie?.maxAge,
      response,
    };
  };
  const look = (code: string) => post("/session/card/look", { code });
  const signIn = (code: string, pin = PIN, address?: string) => post("/session/card", { code, pin }, address);
  const whoAmI = async (cookie: string) =>
    (await world.app.server.inject({ url: "/api/v1/session", headers: { cookie } })).statusCode;

  test("the first use chooses the PIN, every later one asks for it", async () => {
    const code = await newCard();
    const first = (await look(code)).response.json<CardView>();
    expect(first).toEqual({ name: "林小满", pinKind: "pictures", hasPin: false });
    const view = (await signIn(code)).response.json<SessionView>();
    expect(view.place).toBe("student-card");
    expect(view.memberships[0]?.students[0]?.id).toBe(child());
    expect((await look(code)).response.json<CardView>().hasPin).toBe(true);
    expect((await signIn(code, "3-0-10")).code).toBe("card-pin-wrong");
    expect((await signIn(code)).code).toBe(200);
  });

  test("a card is read however it is typed", async () => {
    const code = await newCard();
    const typed = code
      .toLowerCase()
      .replaceAll("0", "o")
      .replaceAll("1", "l")
      .replaceAll(/(.{4})/g, "$1 - ");
    expect((await look(typed)).code).toBe(200);
  });

  test("a PIN is of the kind that fits the grade", async () => {
    const code = await newCard();
    for (const pin of ["0417", "3-0", "3-0-12", "3-0-1-2"])
      expect([pin, (await signIn(code, pin)).code]).toEqual([pin, "invalid-input"]);
    const { otherChildren, otherClassId, outsider } = world.school;
    const fifthGrade = await clientOf(world, outsider);
    const issued = await fifthGrade.ask("POST", `/classes/${otherClassId}/cards`, {
      studentIds: [otherChildren[0]!.id],
    });
    const other = (JSON.parse(issued.body) as IssuedCards).cards[0]?.code ?? "";
    expect((await look(other)).response.json<CardView>().pinKind).toBe("digits");
    expect((await signIn(other, "0417")).code).toBe(200);
  });

  test("a session by card ends after a quarter of an hour, however much it is used", async () => {
    const { cookie, maxAge } = await signIn(await newCard());
    expect(maxAge).toBe(15 * 60);
    for (const minute of [4, 8, 12, 14.9]) {
      at(minute);
      expect([minute, await whoAmI(cookie)]).toEqual([minute, 200]);
    }
    at(15);
    expect(await whoAmI(cookie)).toBe(401);
  });

  test("three wrong PINs wait two minutes, from wherever; the teacher can help at once", async () => {
    const code = await newCard();
    await signIn(code);
    for (let attempt = 1; attempt <= 3; attempt++)
      expect((await signIn(code, "1-1-1")).code).toBe("card-pin-wrong");
    expect((await signIn(code)).code).toBe("too-many-attempts");
    at(2);
    expect((await signIn(code)).code).toBe(200);
    for (let attempt = 1; attempt <= 3; attempt++) await signIn(code, "1-1-1");
    expect((await signIn(code)).code).toBe("too-many-attempts");
    expect((await teacher.ask("DELETE", `/students/${child()}/card/pin`)).status).toBe(204);
    expect((await look(code)).response.json<CardView>().hasPin).toBe(false);
    expect((await signIn(code, "5-5-5")).code).toBe(200);
  });

  test("codes cannot be tried out: an address that shows unknown ones is made to wait", async () => {
    const guess = (n: number) => signIn(String(n).padStart(16, "0"), PIN, "10.9.9.9");
    for (let n = 1; n <= 120; n++) expect((await guess(n)).code).toBe("card-unknown");
    expect((await guess(121)).code).toBe("too-many-attempts");
  });

  test("a new card puts an end to the old one, its PIN and its sessions", async () => {
    const old = await newCard();
    const { cookie } = await signIn(old);
    const next = await newCard();
    expect(await whoAmI(cookie)).toBe(401);
    expect((await look(old)).code).toBe("card-unknown");
    expect((await look(next)).response.json<CardView>().hasPin).toBe(false);
  });

  test("without a guardian's consent there is no card; with it an account is opened for one", async () => {
    const [withConsent, second, third] = world.school.children;
    const cards = await issue(withConsent!.id, second!.id, third!.id, world.school.otherChildren[0]!.id);
    expect(cards.map(({ code, problem }) => problem?.code ?? typeof code)).toEqual([
      "string",
      "card-without-consent",
      "card-without-consent",
      "student-not-found",
    ]);
    await world.database.write(world.school.id, async ({ db, tables: { consent } }) => {
      const [one] = await db.select().from(consent).where(eq(consent.studentId, withConsent!.id));
      await db.insert(consent).values({ ...one!, id: crypto.randomUUID(), studentId: second!.id });
    });
    const code = (await issue(second!.id))[0]?.code ?? "";
    const view = (await signIn(code)).response.json<SessionView>();
    expect(view.memberships[0]?.students[0]?.name).toBe(second!.name);
    const listed = await teacher.get<ClassCards>(`/classes/${world.school.classId}/cards`);
    expect(listed.students.map(({ hasConsent, card }) => [hasConsent, card?.hasPin])).toEqual([
      [true, false],
      [true, true],
      [false, undefined],
      [false, undefined],
      [false, undefined],
    ]);

    await world.database.write(world.school.id, async ({ db, tables: { consent } }) => {
      await db.update(consent).set({ withdrawnAt: WORLD_NOW }).where(eq(consent.studentId, second!.id));
    });
    expect((await look(code)).code).toBe("card-without-consent");
    expect((await signIn(code)).code).toBe("card-without-consent");
  });

  test("cards just issued are a PDF to cut out; with a code that opens nothing, or another's, there is none", async () => {
    const { classId, otherChildren } = world.school;
    const code = await newCard();
    const path = `/classes/${classId}/cards/sheet`;
    const sheet = await teacher.ask("POST", path, { cards: [{ studentId: child(), code }] });
    expect(sheet.headers["content-type"]).toBe("application/pdf");
    expect(await codesOn(sheet.bytes)).toEqual([code.replaceAll(/(.{4})(?=.)/g, "$1 ")]);
    const old = code;
    const next = await newCard();
    const refused = async (studentId: string, shown: string) =>
      (await teacher.ask("POST", path, { cards: [{ studentId, code: shown }] })).code;
    expect(await refused(child(), old)).toBe("card-unknown");
    expect(await refused(world.school.children[3]!.id, next)).toBe("card-unknown");
    expect(await refused(otherChildren[0]!.id, next)).toBe("student-not-found");
  });

  test("neither a code nor a PIN is kept, and nothing on the card tells of the child", async () => {
    const code = await newCard();
    await signIn(code, "7-8-9");
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    const everything = JSON.stringify(await dumpOf(world.database));
    expect(everything).not.toContain(code);
    expect(everything).not.toContain("7-8-9");
    const cards = await world.database.read(
      EVERY_SCHOOL,
      async ({ db, tables }) => await db.select().from(tables.studentCard),
    );
    expect(cards.some(({ pinHash }) => pinHash?.startsWith("$argon2id$"))).toBe(true);
  });
});
