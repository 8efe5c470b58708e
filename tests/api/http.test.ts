/** What holds for every route: how the product says no, who may write from where, what the headers and the log say. */
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { eq, sql } from "drizzle-orm";
import { zipSync } from "fflate";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { createAccounts } from "@doudou/db/repositories/accounts.ts";
import { addMemberships, addSchool } from "@doudou/db/repositories/office.ts";
import { tallyDifferences } from "@doudou/db/repositories/verification.ts";
import { hashPassword } from "@doudou/server/access/sessions.ts";
import { buildApp } from "@doudou/server/app.ts";
import { guardiansOf } from "@doudou/db/repositories/guardians.ts";
import type { NewGuardian } from "@doudou/shared/contract/joining.ts";
import { putSignInLink } from "@doudou/db/repositories/sign-in-providers.ts";
import { keepPaper } from "@doudou/db/repositories/summary-papers.ts";
import { addCredential } from "@doudou/db/repositories/credentials.ts";
import { signingKeyOf } from "@doudou/db/repositories/school-keys.ts";
import { MOST_CREDENTIALS } from "@doudou/shared/domain/credential-words.ts";
import { PROBLEMS, type ProblemCode } from "@doudou/server/http/problem-codes.ts";
import { INCIDENT_STEPS } from "@doudou/shared/domain/incidents.ts";
import { builtInRubric } from "@doudou/shared/domain/rubrics.ts";
import type { ClassVoices } from "@doudou/shared/contract/voices.ts";
import type { ChildWordReports } from "@doudou/shared/contract/word-reports.ts";
import type { StaffPage } from "@doudou/shared/contract/people.ts";
import type { IssuedCards } from "@doudou/shared/contract/cards.ts";
import type { AwardResults, VoidResults } from "@doudou/shared/contract/awards.ts";
import type { ProblemBody } from "@doudou/shared/contract/common.ts";
import type { RewardInput } from "@doudou/shared/contract/rewards.ts";
import type { RollOver } from "@doudou/shared/contract/roll-over.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import type { SchoolScheme } from "@doudou/shared/contract/indicators.ts";
import { perDimension } from "@doudou/shared/domain/words.ts";
import { createPictureFiles } from "@doudou/server/pictures/picture-files.ts";
import { LARGEST_TRANSFER, MOST_TRANSFERS, SIGNATURE_NAME } from "@doudou/shared/domain/transfer.ts";
import { MOST_TOLD_OF_TERM } from "@doudou/shared/domain/activities.ts";
import { MOST_WORKS_OF_TERM } from "@doudou/shared/domain/works.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { asking } from "../support/access.ts";
import { makePlan, planOf } from "../support/individual-plans.ts";
import { codesOn, joinAs, printLetters } from "../support/guardians.ts";
import { ENGINES } from "../support/databases.ts";
import { addNextYear } from "../support/next-year.ts";
import { pdf, wav } from "../support/media.ts";
import { newReward, openShop } from "../support/rewards.ts";
import { oneRosterFiles, packageOf } from "../support/rosters.ts";
import { agreeToPhotos, bomb, heic, photo, pictureOf, withdrawPhotos } from "../support/pictures.ts";
import { answering as answeringStep, factsOf, newIncident } from "../support/incidents.ts";
import { leaveSchool } from "../support/privacy.ts";
import { transferArchive } from "../support/transfers.ts";
import { createSchool, PASSWORD, type Person, type School, WORLD_NOW } from "../support/school.ts";
import { campus, providersFile } from "../support/provider-browser.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY = 86_400_000;
const NO_CALENDAR = { years: [], terms: [], days: [] };
const NO_SCHEME: SchoolScheme = {
  dimensions: perDimension(() => ({
    name: { zh: "育", en: "Dimension" },
    weight: 20,
    thresholds: { sprout: 1, leaf: 2, bloom: 3, fruit: 4 },
  })),
  indicators: [],
};
/** After what is uploaded at WORLD_NOW. */
const LATER = new Date(WORLD_NOW.getTime() + 1);

interface Request {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly payload?: object | string | Buffer;
  readonly headers?: Record<string, string>;
  readonly by?: Person;
  readonly address?: string;
}

const cookies = new Map<string, string>();

async function ask(world: World, { by, headers, address, ...request }: Request) {
  if (by && !cookies.has(by.login)) cookies.set(by.login, await world.signIn(by));
  const cookie = by && cookies.get(by.login);
  return await world.app.server.inject({
    ...request,
    remoteAddress: address ?? "127.0.0.1",
    headers: { ...(cookie === undefined ? {} : { cookie }), ...headers },
  });
}

const awardFor = (school: School, over: Record<string, unknown> = {}): object => ({
  ...awardIn(school, new Date(WORLD_NOW.getTime() - 60_000)),
  ...over,
});

/** Nobody listens there: nothing is sent unless a test does so. */
const WITH_MAIL = {
  DOUDOU_SMTP_URL: "smtp://127.0.0.1:9",
  DOUDOU_MAIL_FROM: "doudou@example.edu.cn",
  DOUDOU_ORIGIN: "https://doudou.example.edu.cn",
};

describe("every refusal", () => {
  let world: World;
  let strict: World;
  let broken: World;
  let careful: World;
  beforeAll(async () => {
    const file = await providersFile([campus("https://id.example.edu.cn")]);
    world = await createWorld("sqlite", { DOUDOU_SIGN_IN_PROVIDERS_FILE: file });
    careful = await createWorld("sqlite", { DOUDOU_REQUIRE_TOTP: "1", ...WITH_MAIL });
    strict = await createWorld("sqlite", { DOUDOU_REQUESTS_PER_MINUTE: "2", DOUDOU_MAX_QUEUED_WRITES: "1" });
    broken = await createWorld("sqlite", { DOUDOU_LOG: "silent" });
  });
  afterAll(() => Promise.all([world, strict, broken, careful].map((each) => each.close())));

  /** A refusal with how it came: as an answer of its own, or as one row's result. */
  type Refusal = ProblemBody & { readonly answer?: Awaited<ReturnType<typeof ask>> };
  type Provocation = (language: Record<string, string>) => Promise<Refusal | undefined>;

  const answer =
    (request: () => Request): Provocation =>
    async (headers) => {
      const wanted = request();
      const response = await ask(world, { ...wanted, headers: { ...headers, ...wanted.headers } });
      return { ...response.json<ProblemBody>(), answer: response };
    };
  const inOpenTest =
    (request: () => Request): Provocation =>
    async (headers) => {
      await ask(world, openingFitnessTest());
      return await answer(request)(headers);
    };
  const award =
    (
      over: () => Record<string, unknown>,
      by: (school: School) => Person = ({ homeroom }) => homeroom,
    ): Provocation =>
    async (headers) => {
      const payload = { awards: [awardFor(world.school, over())] };
      const url = "/api/v1/awards";
      const response = await ask(world, { method: "POST", url, headers, payload, by: by(world.school) });
      return response.json<AwardResults>().results[0]?.problem;
    };
  const at =
    (now: Date, provocation: Provocation): Provocation =>
    async (headers) => {
      world.setNow(now);
      cookies.clear(); // sessions of November are over by then
      return await provocation(headers).finally(() => {
        world.setNow(WORLD_NOW);
        cookies.clear();
      });
    };
  const voiding =
    (id: () => Promise<string> | string, by: (school: School) => Person, now = WORLD_NOW): Provocation =>
    async (headers) => {
      const ids = [await id()];
      world.setNow(now);
      const url = "/api/v1/awards/void";
      const request = {
        method: "POST",
        url,
        headers,
        payload: { ids, reason: "点错了" },
        by: by(world.school),
      } as const;
      const response = await ask(world, request).finally(() => world.setNow(WORLD_NOW));
      return response.json<VoidResults>().results[0]?.problem;
    };
  /** Where administrators need a second device. */
  const carefully =
    (request: () => Request): Provocation =>
    async (headers) => {
      const response = await ask(careful, { ...request(), headers });
      return { ...response.json<ProblemBody>(), answer: response };
    };
  /** Signs in somebody who has a second device. */
  const withCode =
    (given: object): Provocation =>
    async (headers) => {
      const { subject } = careful.school;
      const url = "/api/v1/account/second-factor";
      const begun = await ask(careful, { method: "POST", url, by: subject, payload: { password: PASSWORD } });
      if (begun.statusCode === 200) {
        const { secret } = begun.json<{ secret: string }>();
        const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({
          timestamp: WORLD_NOW.getTime(),
        });
        await ask(careful, { method: "POST", url: `${url}/confirm`, by: subject, payload: { code } });
      }
      const payload = { login: subject.login, password: PASSWORD, ...given };
      return await carefully(() => ({ method: "POST", url: "/api/v1/session", payload }))(headers);
    };
  /** @returns the token of an invitation to teach */
  const invited = async (): Promise<string> => {
    const made = await ask(world, {
      method: "POST",
      url: "/api/v1/staff-accounts/invitations",
      by: world.school.admin,
      payload: { name: "新老师", role: "teacher" },
    });
    return made.json<{ token: string }>().token;
  };
  const linkOf = (subject: string) => ({
    id: uuidv7(),
    providerId: "campus",
    issuer: "https://id.example.edu.cn",
    subject,
    shownAs: "某老师",
    askedAt: WORLD_NOW,
    decidedAt: null,
    usedAt: null,
  });
  const accountIdOf = async ({ membershipId }: Person): Promise<string> => {
    const rows = await world.database.read("*", ({ db, tables }) => db.select().from(tables.membership));
    return rows.find(({ id }) => id === membershipId)?.accountId ?? "";
  };
  /** @returns the membership of somebody in our school who has another elsewhere */
  const memberOf = async (schoolId: string, accountId: string): Promise<string> => {
    const id = uuidv7();
    const member = { schoolId, id, accountId, role: "teacher", displayName: "两校老师" } as const;
    await world.database.write(schoolId, ({ db, tables }) => db.insert(tables.membership).values(member));
    return id;
  };
  /** The administrator says who somebody is who came by a provider. */
  const answeringLink =
    (who: (subject: string) => Promise<string>): Provocation =>
    async (headers) => {
      const { id: schoolId, admin: by } = world.school;
      const link = linkOf(uuidv7());
      const membershipId = await who(link.subject);
      await world.database.write(schoolId, (store) =>
        putSignInLink(store, schoolId, { ...link, state: "waits", membershipId: null }),
      );
      const url = `/api/v1/school-sign-in/links/${link.id}`;
      return await answer(() => ({ method: "POST", url, by, payload: { membershipId } }))(headers);
    };
  /** Somebody takes an invitation with an own account. */
  const accepting =
    (by: () => Person): Provocation =>
    async (headers) => {
      const payload = { token: await invited() };
      const url = "/api/v1/staff-links/accept";
      return await answer(() => ({ method: "POST", url, payload, by: by() }))(headers);
    };
  /** Somebody uses an invitation. */
  const joining =
    (use: () => object): Provocation =>
    async (headers) => {
      const token = await invited();
      const payload = { token, login: uuidv7(), password: "竹林 windows 七月 river", ...use() };
      return await answer(() => ({ method: "POST", url: "/api/v1/staff-links/use", payload }))(headers);
    };
  const recorded = async (by: Person): Promise<string> => {
    const one = awardIn(world.school, WORLD_NOW);
    await ask(world, { method: "POST", url: "/api/v1/awards", payload: { awards: [one] }, by });
    return one.id;
  };
  const byLetter = (code: string, over: Partial<NewGuardian>): Request => ({
    method: "POST",
    url: "/api/v1/join",
    payload: {
      code,
      relation: "father",
      name: "陈爸爸",
      phone: "13800000001",
      login: uuidv7(),
      password: "a long enough one",
      agreesTo: "3",
      ...over,
    },
  });
  const addingChild = (code: string, by: Person): Request => ({
    method: "POST",
    url: "/api/v1/join/child",
    payload: { code, relation: "father", phone: "13800000001", agreesTo: "3" },
    by,
  });
  const uploadOf = (id: string, child = 1) => ({
    method: "PUT" as const,
    url: `/api/v1/evidence/${id}?studentIds=${world.school.children[child]?.id}`,
  });
  const fromHomeroom = async (headers: Record<string, string>) => ({
    ...headers,
    cookie: await world.signIn(world.school.homeroom),
    "content-type": "image/jpeg",
  });
  /** Sends a file as a picture of the second child, whose family agrees to photos. */
  const uploading =
    (
      file: () => Promise<Buffer> | Buffer,
      { id, child }: { id?: string; child?: number } = {},
    ): Provocation =>
    async (headers) => {
      if (child === undefined)
        await agreeToPhotos(world.database, world.school, world.school.children.slice(1, 2), LATER);
      const request = { ...uploadOf(id ?? uuidv7(), child), headers: await fromHomeroom(headers) };
      const response = await world.app.server.inject({ ...request, payload: await file() });
      return { ...response.json<ProblemBody>(), answer: response };
    };
  const uploaded = async (child?: number): Promise<string> => {
    const id = uuidv7();
    await uploading(photo, { id, ...(child === undefined ? {} : { child }) })({});
    return id;
  };
  const writingScheme = (method: "PUT" | "POST" | "DELETE", path: string, payload?: object): Request => ({
    method,
    url: `/api/v1/scheme-draft${path}`,
    by: world.school.admin,
    ...(payload && { payload }),
  });
  const setting = (payload: object): Request => ({
    method: "PUT",
    url: "/api/v1/school-settings/calendar",
    by: world.school.admin,
    payload,
  });
  const portfolio = (of: School) => `/api/v1/students/${of.children[0]?.id}/portfolio`;
  const summary = (of: School) => `/api/v1/students/${of.children[0]?.id}/summaries/${of.termId}`;
  /** In the other school, so that in this one nothing is published. */
  const answeringSummary = (method: "PUT" | "POST", what: string, payload: object): Request => ({
    method,
    url: `${summary(world.neighbour)}/${what}`,
    by: world.neighbour.guardian,
    payload,
  });
  const onPublished =
    (request: () => Request | Promise<Request>): Provocation =>
    async (headers) => {
      const by = world.neighbour.homeroom;
      const url = summary(world.neighbour);
      const payload = { comment: "很好", commentVersion: 0 };
      await ask(world, { method: "PUT", url: `${url}/comment`, by, payload });
      await ask(world, { method: "POST", url: `${url}/publish`, by });
      const wanted = await request();
      return await answer(() => wanted)(headers);
    };
  const signIn = (password: string, address: string): Request => ({
    method: "POST",
    url: "/api/v1/session",
    address,
    payload: { login: world.school.otherStudent.login, password },
  });

  const reminding = (over: object, studentId = world.school.children[0]?.id): Request => ({
    method: "POST",
    url: `/api/v1/students/${studentId}/reminders`,
    by: world.school.homeroom,
    payload: {
      id: uuidv7(),
      text: "记得带伞",
      guardianMaySee: false,
      occurredAt: WORLD_NOW.toISOString(),
      ...over,
    },
  });
  const withdrawing = (id: string, by: Person): Request => ({
    method: "POST",
    url: `/api/v1/students/${world.school.children[0]?.id}/reminders/${id}/withdraw`,
    by,
  });

  const openingFitnessTest = (): Request => ({
    method: "PUT",
    url: "/api/v1/fitness-test",
    by: world.school.admin,
  });
  const enteringFitness = (over: object = {}, day: object = {}): Request => ({
    method: "PUT",
    url: `/api/v1/classes/${world.school.classId}/fitness`,
    by: world.school.admin,
    payload: {
      testedOn: "2026-11-11",
      values: [{ studentId: world.school.children[0]?.id, item: "run-50", attempt: 1, value: 9.9, ...over }],
      ...day,
    },
  });
  const SOMEBODY = { name: "沈老师", contact: "教务处" };
  const [ratingRoundId, earlierRatingRoundId] = [uuidv7(), uuidv7()];
  const wordingRubric = (code: string, zh = "小芽", version = 0): Request => ({
    method: "PUT",
    url: `/api/v1/rubrics/${code}`,
    by: world.school.admin,
    payload: {
      version,
      levels: builtInRubric("arts").map((one, place) =>
        place === 0 ? { ...one, word: { zh, en: "Sprout" } } : one,
      ),
    },
  });
  const openingRatingRound = (over: object = {}, id = ratingRoundId): Request => ({
    method: "PUT",
    url: `/api/v1/rating-rounds/${id}`,
    by: world.school.admin,
    payload: { opensOn: "2026-11-11", closesOn: "2026-11-13", ...over },
  });
  const rating = (roundId: string, over: object = {}): Request => ({
    method: "PUT",
    url: `/api/v1/classes/${world.school.classId}/ratings/${roundId}`,
    by: world.school.homeroom,
    payload: { indicator: "arts", ratings: [{ studentId: world.school.children[0]?.id, level: 3 }], ...over },
  });

  const voiceRoundId = uuidv7();
  const roundOf = (over: object = {}, id = voiceRoundId, classId = world.school.classId): Request => ({
    method: "PUT",
    url: `/api/v1/classes/${classId}/voice-rounds/${id}`,
    by: world.school.homeroom,
    payload: { kind: "self", opensOn: "2026-11-11", closesOn: "2026-11-13", ...over },
  });
  const sayingOfSelf = (payload: object): Request => ({
    method: "PUT",
    url: `/api/v1/students/${world.school.children[0]?.id}/self-voices/moral`,
    by: world.school.student,
    payload,
  });
  const passingOn = (ids: readonly string[], { classId, homeroom } = world.school): Request => ({
    method: "POST",
    url: `/api/v1/classes/${classId}/peer-voices/answers`,
    by: homeroom,
    payload: { ids, answer: "release" },
  });
  const reportingWords = (awardId = uuidv7()): Request => ({
    method: "PUT",
    url: `${ofChild(world.school)}/word-reports/award/${awardId}`,
    by: world.school.student,
    payload: { reader: "homeroom", said: "" },
  });
  const answeringWordReport = (id: string): Request => ({
    method: "POST",
    url: `/api/v1/classes/${world.school.classId}/word-reports/${id}/answer`,
    by: world.school.homeroom,
    payload: { state: "kept", answer: "谢谢你告诉我" },
  });
  /** A note of a subject teacher that hurts the first child. @returns the report's id */
  const openWordReport = async (): Promise<string> => {
    const { school } = world;
    const given = awardFor(school, { studentId: school.children[0]?.id, note: "太慢了" }) as { id: string };
    const url = "/api/v1/awards";
    await ask(world, { method: "POST", url, by: school.subject, payload: { awards: [given] } });
    const reported = await ask(world, reportingWords(given.id));
    const { reports } = reported.json<ChildWordReports>();
    return reports.find(({ wordsId }) => wordsId === given.id)!.id;
  };
  /** Said of the second child of a school of its own, passed on, and said again. */
  const sayingOfMateAgain = async (): Promise<() => Request> => {
    const school = await createSchool(world.database, "mates");
    const { classId, children, points, homeroom, student } = school;
    const groupSetId = uuidv7();
    const groups = [{ name: "一", symbol: "sun", studentIds: children.slice(0, 2).map(({ id }) => id) }];
    const url = `/api/v1/classes/${classId}/group-sets/${groupSetId}`;
    await ask(world, { method: "PUT", url, by: homeroom, payload: { name: "两人", groups, version: 0 } });
    await ask(world, { ...roundOf({ kind: "peer", groupSetId }, uuidv7(), classId), by: homeroom });
    const saying = (): Request => ({
      method: "PUT",
      url: `/api/v1/students/${children[0]?.id}/peer-voices/${children[1]?.id}`,
      by: student,
      payload: { observationPointId: points.peers, starter: "thanks", words: "借我橡皮" },
    });
    await ask(world, saying());
    const rounds = `/api/v1/classes/${classId}/voice-rounds`;
    const { peer } = (await ask(world, { url: rounds, by: homeroom })).json<ClassVoices>();
    await ask(
      world,
      passingOn(
        peer.map(({ id }) => id),
        school,
      ),
    );
    return saying;
  };
  const tellingOfHome = (over: object = {}): Request => ({
    method: "POST",
    url: `/api/v1/students/${world.school.children[0]?.id}/home-voices`,
    by: world.school.guardian,
    payload: { id: uuidv7(), about: "home-sleep", level: 3, day: "2026-11-11", words: "", ...over },
  });
  const noting = (id: string, words: string): Request => ({
    method: "PUT",
    url: `/api/v1/students/${world.school.children[0]?.id}/notes/${id}`,
    by: world.school.homeroom,
    payload: { words, guardianMaySee: false },
  });

  const telling = (
    over: object = {},
    studentId = world.school.children[0]?.id,
    by = world.school.student,
  ): Request => ({
    method: "POST",
    url: `/api/v1/students/${studentId}/proposals`,
    by,
    payload: {
      id: uuidv7(),
      voice: "self",
      observationPointId: world.school.points.own,
      words: "我自己整理了书包",
      ...over,
    },
  });
  const thanking = (toStudentId: string | undefined) => ({
    voice: "peer",
    toStudentId,
    observationPointId: world.school.points.peers,
  });
  const toldByOther = uuidv7();
  const tellingOfOther = (over: object = {}) =>
    telling({ id: toldByOther, ...over }, world.school.otherChildren[0]?.id, world.school.otherStudent);
  const takingBack = (id: string): Request => ({
    method: "POST",
    url: `/api/v1/students/${world.school.otherChildren[0]?.id}/proposals/${id}/withdraw`,
    by: world.school.otherStudent,
  });

  /** The code of a new card of a child whose guardian has consented; its PIN is 0-1-2 once it has been used. */
  const newCard = async (isUsed: boolean): Promise<string> => {
    const by = world.school.homeroom;
    const payload = { studentIds: [world.school.children[0]?.id] };
    const url = `/api/v1/classes/${world.school.classId}/cards`;
    const { cards } = (await ask(world, { method: "POST", url, by, payload })).json<IssuedCards>();
    const code = cards[0]?.code ?? "";
    if (isUsed) await ask(world, cardSignIn(code, "0-1-2"));
    return code;
  };
  const cardSignIn = (code: string, pin: string): Request => ({
    method: "POST",
    url: "/api/v1/session/card",
    payload: { code, pin },
  });
  /** The cookies of a teacher on a shared tablet, with a PIN there: 135790. */
  const onTablet = async ({ login }: Person): Promise<string> => {
    const signedIn = await ask(world, {
      method: "POST",
      url: "/api/v1/session",
      payload: { login, password: PASSWORD, onSharedTablet: true },
    });
    const session = `doudou_session=${signedIn.cookies.find(({ name }) => name === "doudou_session")?.value}`;
    const chosen = await ask(world, {
      method: "PUT",
      url: "/api/v1/tablet/pin",
      headers: { cookie: session },
      payload: { password: PASSWORD, pin: "135790" },
    });
    return `${session}; doudou_tablet=${chosen.cookies.find(({ name }) => name === "doudou_tablet")?.value}`;
  };
  const lifting = (cookie: string): Request => ({
    method: "POST",
    url: "/api/v1/session/lift",
    headers: { cookie },
    payload: { pin: "000000" },
  });

  const PLAN = { name: "平时", subjectId: null, rows: 1, columns: 1, aisles: [], seats: [null], version: 0 };
  const GROUPS = { name: "四人小组", groups: [], version: 0 };
  const arranging = (what: "seating-plans" | "group-sets", payload: object): Request => ({
    method: "PUT",
    url: `/api/v1/classes/${world.school.classId}/${what}/${uuidv7()}`,
    payload,
    by: world.school.homeroom,
  });

  const bringing = (payload: Buffer | string, id: string = uuidv7()): Request => ({
    method: "PUT",
    url: `/api/v1/roster-imports/${id}?fileName=roster.csv`,
    by: world.school.admin,
    payload,
    headers: { "content-type": "text/csv" },
  });
  const ROSTER = "学号,姓名,班级\nN1,李梓涵,三年级1班\n";
  const tabling = (payload: Buffer | string) => answer(() => bringing(payload));
  const oneRoster = (other: Parameters<typeof packageOf>[0]) =>
    packageOf({ ...oneRosterFiles("1.2"), ...other });
  /** Asks for something about a roster that was brought, and perhaps applied. */
  const ofRoster =
    (what: string, before: readonly string[], payload?: object): Provocation =>
    async (headers) => {
      const id = uuidv7();
      await ask(world, bringing(ROSTER, id));
      const url = `/api/v1/roster-imports/${id}`;
      const by = world.school.admin;
      for (const step of before) await ask(world, { method: "POST", url: `${url}/${step}`, by });
      const method = payload ? "PUT" : "POST";
      return await answer(() => ({ method, url: `${url}/${what}`, by, ...(payload && { payload }) }))(
        headers,
      );
    };

  /** Asks the office for something about people, as its administrator. */
  const ofPeople = (path: string, payload: object): Request => ({
    method: "POST",
    url: `/api/v1/people/${path}`,
    by: world.school.admin,
    payload,
  });
  const movingOut = (classId: string | null, from: string, more: object = {}) =>
    ofPeople("pupils/moves", {
      from,
      moves: [{ studentId: world.school.children[2]?.id, classId, ...more }],
    });
  const assigning = (over: object = {}) =>
    ofPeople(`classes/${world.school.classId}/assignments`, {
      id: uuidv7(),
      membershipId: world.school.outsider.membershipId,
      subjectId: null,
      isHomeroom: false,
      from: "2026-11-11",
      until: null,
      ...over,
    });

  const leading = (over: object = {}) =>
    ofPeople(`staff/${world.school.outsider.membershipId}/leaderships`, {
      id: uuidv7(),
      grade: 3,
      from: "2026-11-11",
      until: null,
      ...over,
    });

  /** A school of its own at the turn of its year; what is asked of it comes after the steps before. */
  const turning =
    (
      asked: (of: { draft: RollOver["draft"]; seal: string; school: School }) => {
        readonly how: "PUT" | "POST";
        readonly what: string;
        readonly payload?: object;
      },
      before: readonly ("save" | "apply" | "move")[] = [],
      terms = true,
    ): Provocation =>
    async (headers) => {
      const school = await createSchool(world.database, "turning");
      const admin = await clientOf(world, school.admin);
      await addNextYear(admin, { terms });
      const { draft, preview } = await admin.get<RollOver>("/office/roll-over");
      let { seal } = preview;
      if (before.includes("save")) {
        const saved = await admin.ask("PUT", "/office/roll-over/draft", { version: 0, draft });
        seal = (JSON.parse(saved.body) as RollOver).preview.seal;
      }
      if (before.includes("apply")) await admin.ask("POST", "/office/roll-over/apply", { seal });
      if (before.includes("move")) {
        const moves = [{ studentId: school.children[1]!.id, classId: draft.classes[1]!.nextId }];
        await admin.ask("POST", "/people/pupils/moves", { from: "2027-10-11", moves });
      }
      const { how: method, what, payload } = asked({ draft, seal, school });
      const url = `/api/v1/office/roll-over/${what}`;
      return await answer(() => ({ method, url, by: school.admin, ...(payload && { payload }) }))(headers);
    };
  const drafting = (of: object, version = 0) =>
    ({ how: "PUT", what: "draft", payload: { version, draft: of } }) as const;
  const applying = (seal: string) => ({ how: "POST", what: "apply", payload: { seal } }) as const;
  const TAKING_BACK = { how: "POST", what: "undo" } as const;
  const addingPoint = (name: string): Request => ({
    method: "PUT",
    url: `/api/v1/classes/${world.school.classId}/class-points/${uuidv7()}`,
    by: world.school.homeroom,
    payload: { indicatorCode: "moral", name, kind: "behaviour", beans: 1, weeklyCap: 3 },
  });

  const outing = {
    title: "去看海",
    startsOn: "2026-11-02",
    endsOn: "2026-11-02",
    place: "海边",
    minutes: null,
    dimensions: [],
    about: "",
  };
  interface Shelving {
    readonly school: School;
    readonly studentId: string;
    readonly student: Client;
    readonly to: (method: "GET" | "PUT" | "POST" | "DELETE", path: string) => Request;
    readonly filing: (file: Buffer, id?: string) => Request;
    readonly keeping: (over?: object, id?: string) => Request;
    readonly honouring: (over?: object, id?: string) => Request;
    readonly telling: (over?: object, id?: string) => Request;
    readonly recording: (over?: object, id?: string) => Request;
    /** Keeps a work. @returns its id */
    readonly keep: (over?: object) => Promise<string>;
  }
  /** A school of its own whose first child puts something on its shelf. */
  interface Transferring {
    readonly school: School;
    readonly to: (method: "GET" | "POST" | "DELETE", path: string) => Request;
    readonly handing: (archive: Buffer, id?: string) => Request;
    /** @returns the id of one that waits */
    readonly bring: () => Promise<string>;
  }
  /** Calls of an office about what the first child of a school of its own brings from another. */
  const transferring = <Code extends string>(
    asked: Record<Code, (of: Transferring) => Request | Promise<Request>>,
  ): Record<Code, Provocation> => {
    const provoking =
      (request: (of: Transferring) => Request | Promise<Request>): Provocation =>
      async (headers) => {
        const school = await createSchool(world.database, "transfers");
        const ofFirst = `/api/v1/students/${school.children[0]!.id}`;
        const handing: Transferring["handing"] = (payload, id = uuidv7()) => ({
          method: "PUT",
          url: `${ofFirst}/transfers/${id}`,
          by: school.admin,
          payload,
          headers: { "content-type": "application/zip" },
        });
        const made = await request({
          school,
          handing,
          to: (method, path) => ({ method, url: `${ofFirst}/${path}`, by: school.admin }),
          async bring() {
            const id = uuidv7();
            await ask(world, handing(transferArchive(), id));
            return id;
          },
        });
        return await answer(() => made)(headers);
      };
    const all = Object.entries(asked) as [Code, (typeof asked)[Code]][];
    return Object.fromEntries(all.map(([code, request]) => [code, provoking(request)])) as Record<
      Code,
      Provocation
    >;
  };
  const shelving =
    (asked: (of: Shelving) => Request | Promise<Request>): Provocation =>
    async (headers) => {
      const school = await createSchool(world.database, "shelf");
      const studentId = school.children[0]!.id;
      const student = await clientOf(world, school.student);
      const to: Shelving["to"] = (method, path) => ({
        method,
        url: `/api/v1/students/${studentId}/${path}`,
        by: school.student,
      });
      const keeping: Shelving["keeping"] = (over = {}, id = uuidv7()) => ({
        ...to("PUT", `works/${id}`),
        payload: { title: "一幅画", dimension: "arts", reflection: "我画的", fileIds: [], ...over },
      });
      const request = await asked({
        school,
        studentId,
        student,
        to,
        keeping,
        filing: (payload, id = uuidv7()) => ({
          ...to("PUT", `files/${id}`),
          payload,
          headers: { "content-type": "application/octet-stream" },
        }),
        honouring: (over = {}, id = uuidv7()) => ({
          ...to("PUT", `honours/${id}`),
          by: school.guardian,
          payload: {
            title: "奖",
            level: "school",
            givenBy: "学校",
            day: "2026-11-02",
            dimension: "arts",
            ...over,
          },
        }),
        telling: (over = {}, id = uuidv7()) => ({
          ...to("PUT", `activities/${id}`),
          payload: { ...outing, sort: "family", ...over },
        }),
        recording: (over = {}, id = uuidv7()) => ({
          method: "PUT",
          url: `/api/v1/classes/${school.classId}/activities/${id}`,
          by: school.homeroom,
          payload: { ...outing, sort: "trip", students: [{ studentId }], ...over },
        }),
        async keep(over) {
          const id = uuidv7();
          await ask(world, keeping(over, id));
          return id;
        },
      });
      return await answer(() => ({ ...request, headers: { ...request.headers, ...headers } }))({});
    };
  const childAt = (place: number) => world.school.children[place]?.id ?? "";
  const badgeOf = (code: string, levels: number[]) => ({
    code,
    name: { zh: "章", en: "Badge" },
    words: { zh: "一句话", en: "Words" },
    shape: "sun",
    dimension: null,
    rule: { kind: "count", scope: { of: "any", codes: [] }, window: { span: "term" }, levels },
    after: [],
    giver: "homeroom",
  });
  /** What the office asks of badges; of a child's, its homeroom teacher. */
  const ofBadges = (method: "POST" | "PUT" | "DELETE", path: string, payload?: object): Request => ({
    method,
    url: `/api/v1${path}`,
    by: path.startsWith("/students") ? world.school.homeroom : world.school.admin,
    ...(payload && { payload }),
  });
  const publishedBadge = async (code: string) => {
    const id = uuidv7();
    await ask(world, ofBadges("PUT", `/badges/${id}`, badgeOf(code, [50])));
    await ask(world, ofBadges("POST", `/badges/${id}/publish`));
    return id;
  };
  const striving = (place: number, badgeId: string) =>
    ofBadges("PUT", `/students/${childAt(place)}/badge-quests/${uuidv7()}`, { badgeId });
  /** What a guardian asks of its child's credentials: a whole record, unless told otherwise. */
  const ofCredential = (
    method: "POST" | "PUT",
    path: string,
    {
      payload = { questId: null, isNamed: false },
      of = 0,
      by = world.school.guardian,
    }: { readonly payload?: object; readonly of?: 0 | "neighbour" | "other"; readonly by?: Person } = {},
  ): Request => ({
    method,
    url: `/api/v1/students/${
      of === 0 ? childAt(0) : (of === "other" ? world.school.otherChildren : world.neighbour.children)[0]?.id
    }/credentials/${path}`,
    by,
    ...(method === "PUT" && { payload }),
  });
  const honouring = (): Request => ({
    method: "PUT",
    url: `/api/v1/students/${childAt(0)}/honours/${uuidv7()}`,
    by: world.school.homeroom,
    payload: {
      title: "三好学生",
      level: "school",
      givenBy: "学校",
      day: "2026-11-02",
      dimension: "moral",
    },
  });
  const ofPlans =
    (school: School, studentId = school.children[1]!.id) =>
    (method: "PUT" | "POST", to: string, payload: object): Request => ({
      method,
      url: `/api/v1/students/${studentId}/individual-plans/${to}`,
      by: school.homeroom,
      payload,
    });
  /** A refusal to do something with the plan that a child of a school of its own has. */
  const onPlan =
    (
      asked: (to: ReturnType<typeof ofPlans>, made: Awaited<ReturnType<typeof makePlan>>) => Request[],
    ): Provocation =>
    async (headers) => {
      const school = await createSchool(world.database, "plans");
      const made = await makePlan(await clientOf(world, school.homeroom), school.children[1]!.id);
      const calls = asked(ofPlans(school), made);
      for (const call of calls.slice(0, -1)) await ask(world, call);
      return await answer(() => calls.at(-1)!)(headers);
    };
  const goalOf = (place: number, over: object = {}, id: string = uuidv7()) =>
    ofBadges("PUT", `/students/${childAt(place)}/goals/${id}`, {
      text: "每天整理书包",
      pointCode: null,
      steps: 5,
      reviewOn: "2026-12-01",
      ...over,
    });
  /** A call about the summaries of a class of a school of its own, which approves them first unless told otherwise. */
  const inRound =
    (asked: (school: School) => Request, { isReviewed = true, before = [] as string[] } = {}): Provocation =>
    async (headers) => {
      const school = await createSchool(world.database, "rounds");
      if (isReviewed) {
        const admin = await clientOf(world, school.admin);
        const { words, wordsVersion: version } = await admin.get<SchoolSettings>("/school-settings");
        await admin.ask("PUT", "/school-settings", { version, words: { ...words, reviewsSummaries: true } });
      }
      if (before.length === 0) return await answer(() => asked(school))(headers);
      const homeroom = await clientOf(world, school.homeroom);
      const { termId } = school;
      if (before.includes("write")) {
        const url = `/students/${school.children[0]!.id}/summaries/${termId}/comment`;
        await homeroom.ask("PUT", url, { comment: "你爱提问。", commentVersion: 0 });
      }
      if (before.includes("hand-in"))
        await homeroom.ask("POST", `/classes/${school.classId}/summaries/hand-in`, { termId });
      if (before.includes("plan")) {
        const plan = { termId, publishAt: "2027-01-20T11:00:00.000Z" };
        await homeroom.ask("PUT", `/classes/${school.classId}/summaries/publication`, plan);
      }
      return await answer(() => asked(school))(headers);
    };
  const ofRound = (
    { classId, termId, homeroom, admin }: School,
    method: "POST" | "PUT",
    what: "hand-in" | "review" | "publication",
    payload: object = {},
  ): Request => ({
    method,
    url: `/api/v1/classes/${classId}/summaries/${what}`,
    by: what === "review" ? admin : homeroom,
    payload: { termId, ...payload },
  });
  const deciding = (school: School, decision: "approve" | "return", readAt = "2026-11-11T02:00:00.000Z") =>
    ofRound(school, "POST", "review", { decision, remark: "", remarks: [], readAt });
  const planning = (school: School, publishAt = "2027-01-20T11:00:00.000Z") =>
    ofRound(school, "PUT", "publication", { publishAt });

  /** A shop in a school of its own, with an offer of 4 beans, and what is asked of it after the steps before. */
  const shopping =
    (
      asked: (
        shop: Awaited<ReturnType<typeof openShop>>,
        of: { readonly school: School; readonly rewardId: string },
      ) => Request | Promise<Request>,
      beans = 6,
    ): Provocation =>
    async (headers) => {
      const school = await createSchool(world.database, "shopping");
      const shop = await openShop(world, { beans, school });
      const { id: rewardId } = await shop.offer();
      const request = await asked(shop, { school, rewardId });
      return await answer(() => request)(headers);
    };
  const offering = (over: Partial<RewardInput>, id = uuidv7()) =>
    shopping((_, { school }) => ({
      method: "PUT",
      url: `/api/v1/rewards/${id}`,
      by: school.admin,
      payload: newReward(over),
    }));
  const wishing = (school: School, over: object): Request => ({
    method: "POST",
    url: `/api/v1/students/${school.children[0]?.id}/reward-requests`,
    by: school.student,
    payload: { id: uuidv7(), price: 4, ...over },
  });
  const answeringWish = (school: School, requestId: string): Request => ({
    method: "POST",
    url: `/api/v1/classes/${school.classId}/reward-requests/${requestId}/answer`,
    by: school.homeroom,
    payload: { answer: "approve" },
  });

  const provocations: Record<ProblemCode, Provocation> = {
    "subject-not-taught": answer(() => ({
      method: "PUT",
      url: `${summary(world.school)}/remark`,
      by: world.school.subject,
      payload: { subject: "art", text: "画得真好", version: 0 },
    })),
    "summary-not-approved": inRound((school) => planning(school)),
    "summary-review-off": inRound((school) => ofRound(school, "POST", "hand-in"), { isReviewed: false }),
    "summary-not-handed-in": inRound((school) => deciding(school, "approve")),
    "summary-changed-since": inRound((school) => deciding(school, "approve", "2026-01-01T00:00:00.000Z"), {
      before: ["write", "hand-in"],
    }),
    "review-remark-missing": inRound((school) => deciding(school, "return")),
    "publish-time-past": inRound((school) => planning(school, "2026-01-01T00:00:00.000Z")),
    "preparation-under-way": async (headers) => {
      const school = await createSchool(world.database, "pieces");
      const body = { termId: school.termId, classIds: [school.classId] };
      await (await clientOf(world, school.admin)).ask("POST", "/summary-preparations", body);
      const url = "/api/v1/summary-preparations";
      return await answer(() => ({ method: "POST", url, by: school.admin, payload: body }))(headers);
    },
    "publication-planned": inRound((school) => planning(school), { isReviewed: false, before: ["plan"] }),
    "publication-begun": inRound(({ classId, termId, homeroom: by }) => ({
      method: "DELETE",
      url: `/api/v1/classes/${classId}/summaries/publication?termId=${termId}`,
      by,
    })),
    "rewards-off": answer(() => ({
      url: `/api/v1/classes/${world.school.classId}/rewards`,
      by: world.school.homeroom,
    })),
    "reward-not-found": shopping((_, { school }) => wishing(school, { rewardId: uuidv7() })),
    "reward-grades-unordered": offering({ gradeFrom: 6, gradeTo: 5 }),
    "reward-shelf-full": shopping(async (shop, { school }) => {
      for (let more = 2; more <= 30; more++) await shop.offer({ title: `第${more}项` });
      const url = `/api/v1/rewards/${uuidv7()}`;
      return { method: "PUT", url, by: school.admin, payload: newReward() };
    }),
    "reward-things-too-many": offering({ kind: "thing" }),
    "reward-changed": shopping((_, { school, rewardId }) => wishing(school, { rewardId, price: 3 })),
    "reward-id-conflict": shopping(async (shop, { school, rewardId }) => {
      const { id } = await shop.wish(rewardId);
      return wishing(school, { id, rewardId, price: 3 });
    }),
    "reward-wishes-full": shopping(async (shop, { school, rewardId }) => {
      for (let wishes = 1; wishes <= 3; wishes++) await shop.wish(rewardId);
      return wishing(school, { rewardId });
    }, 18),
    "reward-child-limit": shopping(async (shop, { school }) => {
      const { id: rewardId } = await shop.offer({ price: 1, perChild: 1 });
      await shop.wish(rewardId, 1);
      return wishing(school, { rewardId, price: 1 });
    }),
    "reward-stock-gone": shopping(async (shop, { school }) => {
      const { id: rewardId } = await shop.offer({ price: 1, stock: { count: 1, per: "term" } });
      await shop.wish(rewardId, 1);
      return wishing(school, { rewardId, price: 1 });
    }),
    "reward-beans-short": shopping((_, { school, rewardId }) => wishing(school, { rewardId }), 3),
    "reward-request-not-found": shopping((_, { school }) => answeringWish(school, uuidv7())),
    "reward-request-settled": shopping(async (shop, { school, rewardId }) => {
      const { id } = await shop.wish(rewardId);
      await shop.answer(id, "decline");
      return answeringWish(school, id);
    }),
    "shopkeeper-not-in-class": shopping((_, { school }) => ({
      method: "PUT",
      url: `/api/v1/classes/${school.classId}/shopkeepers`,
      by: school.homeroom,
      payload: { studentIds: [school.otherChildren[0]?.id] },
    })),
    "not-shopkeeper": shopping((_, { school }) => ({
      url: `/api/v1/students/${school.children[0]?.id}/shop-counter`,
      by: school.student,
    })),
    "roll-over-year-missing": answer(() => ({ url: "/api/v1/office/roll-over", by: world.school.admin })),
    "roll-over-changed": turning(({ draft }) => drafting(draft, 4)),
    "roll-over-unfit": turning(({ draft, school }) =>
      drafting({ ...draft, nextClasses: [{ id: school.classId, grade: 4, name: "四年级1班" }] }),
    ),
    "roll-over-stale": turning(() => applying("other")),
    "roll-over-hindered": turning(({ seal }) => applying(seal), ["save"], false),
    "roll-over-applied": turning(({ seal }) => applying(seal), ["save", "apply"]),
    "roll-over-not-applied": turning(() => TAKING_BACK, ["save"]),
    "roll-over-in-use": turning(() => TAKING_BACK, ["save", "apply", "move"]),
    "pupil-elsewhere": answer(() => movingOut(null, "2026-11-11", { was: null })),
    "move-too-early": answer(() => movingOut(null, "2026-08-31")),
    "class-not-in-session": answer(() => movingOut(world.school.otherClassId, "2031-09-01")),
    "student-no-taken": answer(() =>
      ofPeople("pupils", {
        id: uuidv7(),
        name: "林小满",
        studentNo: "forest-0100",
        classId: world.school.classId,
        from: "2026-11-11",
      }),
    ),
    "homeroom-taken": answer(() => assigning({ isHomeroom: true })),
    "grade-not-in-session": answer(() => leading({ grade: 9 })),
    "leads-already": async (headers) => {
      await ask(world, leading());
      return await answer(() => leading())(headers);
    },
    "not-a-teacher": answer(() => assigning({ membershipId: world.school.admin.membershipId })),
    "days-backwards": answer(() => assigning({ until: "2026-11-10" })),
    "substitute-unfit": async (headers) => {
      const { membershipId } = world.school.homeroom;
      const url = `/api/v1/people/staff/${membershipId}`;
      const page = (await ask(world, { url, by: world.school.admin })).json<StaffPage>();
      const days = { from: "2026-11-11", until: "2026-11-11" };
      const standsIn = [{ id: uuidv7(), assignmentId: page.assignments[0]?.id }];
      return await answer(() => ofPeople("substitutes", { standsIn, membershipId, ...days }))(headers);
    },
    "invalid-input": answer(() => ({ method: "POST", url: "/api/v1/session", payload: { login: 7 } })),
    "not-signed-in": answer(() => ({ url: portfolio(world.school) })),
    "wrong-credentials": answer(() => signIn("wrong", "10.0.0.1")),
    "other-account": answer(() => ({
      url: "/api/v1/classes",
      by: world.school.homeroom,
      headers: { "doudou-account": uuidv7() },
    })),
    "origin-refused": answer(() => ({
      method: "POST",
      url: "/api/v1/awards",
      headers: { "sec-fetch-site": "cross-site" },
    })),
    "session-confined": async (headers) => {
      const cookie = await onTablet(world.school.subject);
      return await answer(() => ({ url: portfolio(world.school), headers: { cookie } }))(headers);
    },
    "session-locked": async (headers) => {
      const cookie = await onTablet(world.school.subject);
      await ask(world, { method: "POST", url: "/api/v1/session/lock", headers: { cookie } });
      return await answer(() => ({ url: portfolio(world.school), headers: { cookie } }))(headers);
    },
    "pin-wrong": async (headers) => {
      const cookie = await onTablet(world.school.subject);
      return await answer(() => lifting(cookie))(headers);
    },
    "pin-exhausted": async (headers) => {
      const cookie = await onTablet(world.school.subject);
      for (let attempt = 1; attempt <= 5; attempt++) await ask(world, lifting(cookie));
      return await answer(() => lifting(cookie))(headers);
    },
    "card-unknown": answer(() => cardSignIn("0000 0000 0000 0000", "0-1-2")),
    "card-without-consent": async (headers) => {
      const response = await ask(world, {
        method: "POST",
        url: `/api/v1/classes/${world.school.classId}/cards`,
        by: world.school.homeroom,
        headers,
        payload: { studentIds: [world.school.children[3]?.id] },
      });
      return response.json<IssuedCards>().cards[0]?.problem;
    },
    "card-pin-wrong": async (headers) => {
      const code = await newCard(true);
      return await answer(() => cardSignIn(code, "5-5-5"))(headers);
    },
    "card-none": answer(() => ({
      method: "DELETE",
      url: `/api/v1/students/${world.school.children[3]?.id}/card/pin`,
      by: world.school.homeroom,
    })),
    "code-needed": withCode({}),
    "code-wrong": withCode({ code: "000000" }),
    "passkey-refused": answer(() => ({
      method: "POST",
      url: "/api/v1/session/passkey",
      payload: { id: "AA", clientDataJSON: "AA", authenticatorData: "AA", signature: "AA" },
    })),
    "mail-off": answer(() => ({
      method: "PUT",
      url: "/api/v1/inbox/mail",
      by: world.school.guardian,
      payload: { address: "lin@example.edu.cn" },
    })),
    "mail-code-too-soon": async (headers) => {
      const payload = { address: "lin@example.edu.cn" };
      const request = () =>
        ({ method: "PUT", url: "/api/v1/inbox/mail", by: careful.school.guardian, payload }) as const;
      await carefully(request)(headers);
      return await carefully(request)(headers);
    },
    "mail-code-wrong": answer(() => ({
      method: "POST",
      url: "/api/v1/inbox/mail/confirm",
      by: world.school.guardian,
      payload: { code: "000000" },
    })),
    "passkey-unfit": answer(() => ({
      method: "POST",
      url: "/api/v1/account/passkeys",
      by: world.school.homeroom,
      payload: { name: "iPad", id: "AA", clientDataJSON: "AA", attestationObject: "AA", transports: [] },
    })),
    "second-factor-missing": carefully(() => ({ url: "/api/v1/classes", by: careful.school.admin })),
    "second-factor-required": carefully(() => ({
      method: "POST",
      url: "/api/v1/account/second-factor/drop",
      by: careful.school.admin,
      payload: { password: PASSWORD },
    })),
    "second-factor-changed": carefully(() => ({
      method: "POST",
      url: "/api/v1/account/second-factor/confirm",
      by: careful.school.admin,
      payload: { code: "123456" },
    })),
    "password-too-short": joining(() => ({ password: "短" })),
    "password-guessable": joining(() => ({ password: "1234567890" })),
    "login-missing": joining(() => ({ login: undefined })),
    "login-taken": joining(() => ({ login: world.school.homeroom.login })),
    "staff-link-over": joining(() => ({ token: "x" })),
    "sign-in-interrupted": answer(() => ({
      method: "POST",
      url: "/api/v1/sign-in/code",
      payload: { code: "123456" },
    })),
    "provider-rule-changed": answer(() => ({
      method: "PUT",
      url: "/api/v1/school-sign-in/campus",
      by: world.school.admin,
      payload: { was: { way: "approve" }, rule: { way: "match", claim: "email" } },
    })),
    "provider-link-elsewhere": answeringLink(async () => {
      return await memberOf(world.school.id, await accountIdOf(world.neighbour.subject));
    }),
    "provider-link-taken": answeringLink(async (subject) => {
      const { id: schoolId, homeroom } = world.neighbour;
      const linked = { state: "linked", membershipId: homeroom.membershipId } as const;
      await world.database.write(schoolId, (store) =>
        putSignInLink(store, schoolId, { ...linkOf(subject), ...linked }),
      );
      return world.school.outsider.membershipId;
    }),
    "staff-joined": accepting(() => world.school.homeroom),
    "staff-join-alone": accepting(() => world.school.student),
    "staff-reset-refused": answer(() => ({
      method: "POST",
      url: `/api/v1/staff-accounts/${world.school.admin.membershipId}/reset`,
      by: world.school.admin,
      payload: {},
    })),
    forbidden: answer(() => ({ url: portfolio(world.school), by: world.school.outsider })),
    "not-found": answer(() => ({ url: portfolio(world.neighbour), by: world.school.homeroom })),
    "too-large": answer(() => ({
      method: "POST",
      url: "/api/v1/awards",
      by: world.school.homeroom,
      payload: { awards: [awardFor(world.school, { note: "x".repeat(600_000) })] },
    })),
    "unsupported-media-type": answer(() => ({
      method: "POST",
      url: "/api/v1/awards",
      by: world.school.homeroom,
      payload: "<award/>",
      headers: { "content-type": "text/xml" },
    })),
    "too-many-attempts": async (headers) => {
      for (let attempt = 1; attempt <= 8; attempt++) await ask(world, signIn("wrong", "10.0.0.2"));
      return await answer(() => signIn(PASSWORD, "10.0.0.2"))(headers);
    },
    "too-many-requests": async (headers) => {
      for (let request = 1; request <= 2; request++)
        await ask(strict, { url: "/api/v1/session", address: "10.0.0.3" });
      const response = await ask(strict, { url: "/api/v1/session", address: "10.0.0.3", headers });
      return { ...response.json<ProblemBody>(), answer: response };
    },
    internal: async (headers) => {
      await breakLedger(broken);
      const payload = { awards: [awardFor(broken.school)] };
      const response = await ask(broken, {
        method: "POST",
        url: "/api/v1/awards",
        headers,
        payload,
        by: broken.school.homeroom,
      });
      return { ...response.json<ProblemBody>(), answer: response };
    },
    overloaded: async (headers) => {
      const cookie = await strict.signIn(strict.school.homeroom);
      const responses = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          ask(strict, {
            method: "POST",
            url: "/api/v1/awards",
            headers: { ...headers, cookie },
            address: `10.1.0.${i}`,
            payload: { awards: [awardFor(strict.school, {})] },
          }),
        ),
      );
      const refused = responses.find(({ statusCode }) => statusCode === 503);
      return refused && { ...refused.json<ProblemBody>(), answer: refused };
    },
    "board-link-over": answer(() => ({ url: `/api/v1/board/${uuidv7()}`, by: world.school.homeroom })),
    "board-code-wrong": answer(() => ({
      method: "POST",
      url: "/api/v1/board",
      payload: { code: "0000-0000" },
    })),
    "award-malformed": award(() => ({ points: -1 })),
    "award-id-conflict": async (headers) => {
      const id = await recorded(world.school.homeroom);
      return await award(() => ({ id, note: "另一件事" }))(headers);
    },
    "student-not-found": award(() => ({ studentId: world.neighbour.children[0]?.id })),
    "student-not-taught": award(() => ({ studentId: world.school.otherChildren[0]?.id })),
    "observation-point-not-found": award(() => ({ observationPointId: uuidv7() })),
    "observation-point-not-for-grade": award(() => ({ observationPointId: world.school.points.upperGrades })),
    "observation-point-not-for-role": award(() => ({ observationPointId: world.school.points.guardianOnly })),
    "points-out-of-range": award(() => ({ points: 4 })),
    "occurred-in-future": award(() => ({ occurredAt: "2026-11-11T02:10:01Z" })),
    "outside-term": at(
      new Date("2027-01-25T02:00:00Z"),
      award(() => ({ occurredAt: "2027-01-24T02:00:00Z" })),
    ),
    "term-closed": at(
      new Date("2027-02-06T02:00:00Z"),
      award(() => ({ occurredAt: "2027-01-22T02:00:00Z" })),
    ),
    "evidence-not-found": award(() => ({ evidenceIds: [uuidv7()] })),
    "evidence-required": award(() => ({ observationPointId: world.school.points.withPicture })),
    "evidence-of-others": async (headers) => {
      const evidenceIds = [await uploaded()];
      return await award(() => ({ evidenceIds, studentId: world.school.children[2]?.id }))(headers);
    },
    "evidence-taken": async (headers) => {
      const evidenceIds = [await uploaded()];
      await award(() => ({ evidenceIds }))(headers);
      return await award(() => ({ evidenceIds }))(headers);
    },
    "evidence-removed": async (headers) => {
      const child = world.school.children.slice(4, 5);
      await agreeToPhotos(world.database, world.school, child, new Date(LATER.getTime() + 1));
      const evidenceIds = [await uploaded(4)];
      await withdrawPhotos(world.database, world.school, child, LATER);
      return await award(() => ({ evidenceIds, studentId: child[0]?.id }))(headers);
    },
    "evidence-id-conflict": async (headers) => {
      const id = await uploaded();
      return await uploading(() => photo({ shade: 9 }), { id })(headers);
    },
    "photo-consent-missing": uploading(photo, { child: 3 }),
    "picture-too-large": uploading(() => Buffer.alloc(10 * 1024 * 1024 + 1)),
    "picture-too-many-pixels": uploading(() => bomb(20_000)),
    "picture-unreadable": uploading(async () => (await photo()).subarray(0, 900)),
    "picture-kind-not-taken": uploading(() => pictureOf("gif")),
    "picture-heic": uploading(() => heic),
    "upload-stalled": async (headers) => {
      const pictures = createPictureFiles({ dataDir: world.deps.config.dataDir, stalledAfterMs: 20 });
      const { server } = await buildApp({ ...world.deps, pictures });
      const incoming = new PassThrough();
      incoming.write(await photo());
      await agreeToPhotos(world.database, world.school, world.school.children.slice(1, 2), LATER);
      const response = await server.inject({
        ...uploadOf(uuidv7()),
        headers: await fromHomeroom(headers),
        payload: incoming,
      });
      await Promise.all([server.close(), pictures.close()]);
      return { ...response.json<ProblemBody>(), answer: response };
    },
    "award-not-found": voiding(uuidv7, ({ homeroom }) => homeroom),
    "void-not-allowed": voiding(
      () => recorded(world.school.homeroom),
      ({ subject }) => subject,
    ),
    "void-window-over": voiding(
      () => recorded(world.school.subject),
      ({ subject }) => subject,
      new Date(WORLD_NOW.getTime() + 8 * DAY),
    ),
    "reminder-empty": answer(() => reminding({ text: "  " })),
    "reminder-enough": async (headers) => {
      const about = world.school.children[2]?.id;
      for (let written = 1; written <= 5; written++) await ask(world, reminding({}, about));
      return await answer(() => reminding({}, about))(headers);
    },
    "reminder-id-conflict": async (headers) => {
      const id = uuidv7();
      await ask(world, reminding({ id }, world.school.children[3]?.id));
      return await answer(() => reminding({ id, text: "另一件事" }))(headers);
    },
    "reminder-not-found": answer(() => withdrawing(uuidv7(), world.school.homeroom)),
    "reminder-not-yours": async (headers) => {
      const id = uuidv7();
      await ask(world, reminding({ id }));
      return await answer(() => withdrawing(id, world.school.subject))(headers);
    },
    "seating-malformed": answer(() => arranging("seating-plans", { ...PLAN, seats: [] })),
    "seating-changed": answer(() => arranging("seating-plans", { ...PLAN, version: 7 })),
    "seating-too-many": async (headers) => {
      for (let saved = 1; saved <= 20; saved++) await ask(world, arranging("seating-plans", PLAN));
      return await answer(() => arranging("seating-plans", PLAN))(headers);
    },
    "groups-malformed": answer(() => arranging("group-sets", { ...GROUPS, name: " " })),
    "groups-changed": answer(() => arranging("group-sets", { ...GROUPS, version: 7 })),
    "groups-too-many": async (headers) => {
      for (let saved = 1; saved <= 20; saved++) await ask(world, arranging("group-sets", GROUPS));
      return await answer(() => arranging("group-sets", GROUPS))(headers);
    },
    "proposal-without-words": answer(() => telling({ words: "  " })),
    "words-unkind": answer(() =>
      telling({ ...thanking(world.school.children[1]!.id), words: "谢谢你，笨蛋" }),
    ),
    "proposal-enough": async (headers) => {
      for (let told = 1; told <= 3; told++) await ask(world, telling());
      return await answer(() => telling())(headers);
    },
    "thanks-enough": async (headers) => {
      for (const { id } of world.school.children.slice(1, 4)) await ask(world, telling(thanking(id)));
      return await answer(() => telling(thanking(world.school.children[4]?.id)))(headers);
    },
    "thanks-to-one-enough": async (headers) => {
      const { otherChildren, otherStudent } = world.school;
      const again = () => telling(thanking(otherChildren[1]?.id), otherChildren[0]?.id, otherStudent);
      await ask(world, again());
      return await answer(again)(headers);
    },
    "rubric-indicator-not-found": answer(() => wordingRubric("chess")),
    "rubric-malformed": answer(() => wordingRubric("arts", "差")),
    "rubric-conflict": answer(() => wordingRubric("arts", "小芽", 9)),
    "round-changed": async (headers) => {
      await ask(world, openingRatingRound());
      return await answer(() => openingRatingRound({ closesOn: "2026-11-12" }))(headers);
    },
    "rating-round-malformed": answer(() => openingRatingRound({ closesOn: "2026-11-01" })),
    "rating-round-running": async (headers) => {
      await ask(world, openingRatingRound());
      return await answer(() => openingRatingRound({}, uuidv7()))(headers);
    },
    "rating-round-not-found": answer(() => rating(uuidv7())),
    "rating-round-over": async (headers) => {
      const days = { opensOn: "2026-11-01", closesOn: "2026-11-02" };
      await ask(world, openingRatingRound(days, earlierRatingRoundId));
      return await answer(() => rating(earlierRatingRoundId))(headers);
    },
    "rating-not-asked": async (headers) => {
      await ask(world, openingRatingRound());
      return await answer(() => rating(ratingRoundId, { indicator: "chess" }))(headers);
    },
    "rating-child-not-in-class": async (headers) => {
      await ask(world, openingRatingRound());
      const ratings = [{ studentId: world.school.otherChildren[0]?.id, level: 3 }];
      return await answer(() => rating(ratingRoundId, { ratings }))(headers);
    },
    "fitness-test-not-open": answer(() => enteringFitness()),
    "fitness-not-asked": inOpenTest(() => enteringFitness({ item: "pull-ups" })),
    "fitness-value-implausible": inOpenTest(() => enteringFitness({ value: 1.2 })),
    "fitness-day-wrong": inOpenTest(() => enteringFitness({}, { testedOn: "2026-11-12" })),
    "fitness-child-not-in-class": inOpenTest(() =>
      enteringFitness({ studentId: world.school.otherChildren[0]?.id }),
    ),
    "fitness-retest-not-due": inOpenTest(() => enteringFitness({ attempt: 2 })),
    "voice-round-malformed": answer(() => roundOf({ closesOn: "2026-11-01" })),
    "voice-round-running": async (headers) => {
      await ask(world, roundOf());
      return await answer(() => roundOf({}, uuidv7()))(headers);
    },
    "voice-round-not-found": async (headers) => {
      await ask(world, roundOf());
      const { otherClassId, outsider } = world.school;
      return await answer(() => ({ ...roundOf({}, voiceRoundId, otherClassId), by: outsider }))(headers);
    },
    "voice-round-over": answer(() => ({
      method: "PUT",
      url: `/api/v1/students/${world.school.otherChildren[0]?.id}/self-voices/moral`,
      by: world.school.otherStudent,
      payload: { level: 2 },
    })),
    "voice-empty": answer(() => sayingOfSelf({})),
    "words-not-found": answer(() => reportingWords()),
    "word-report-not-found": answer(() => answeringWordReport(uuidv7())),
    "word-report-answered": async (headers) => {
      const id = await openWordReport();
      await ask(world, answeringWordReport(id));
      return await answer(() => answeringWordReport(id))(headers);
    },
    "voice-settled": async (headers) => await answer(await sayingOfMateAgain())(headers),
    "voice-not-found": answer(() => passingOn([uuidv7()])),
    "voice-id-conflict": async (headers) => {
      const id = uuidv7();
      await ask(world, tellingOfHome({ id, day: "2026-11-10" }));
      return await answer(() => tellingOfHome({ id, words: "别的" }))(headers);
    },
    "voice-day-out-of-term": answer(() => tellingOfHome({ day: "2026-08-01" })),
    "home-enough": async (headers) => {
      for (let told = 1; told <= 8; told++) await ask(world, tellingOfHome());
      return await answer(() => tellingOfHome())(headers);
    },
    "note-closed": async (headers) => {
      const id = uuidv7();
      await ask(world, noting(id, "第一次"));
      const later = new Date(WORLD_NOW.getTime() + 8 * DAY);
      return await at(
        later,
        answer(() => noting(id, "太晚了")),
      )(headers);
    },
    "classmate-not-found": answer(() => telling(thanking(world.school.otherChildren[0]?.id))),
    "proposal-id-conflict": async (headers) => {
      await ask(world, tellingOfOther());
      return await answer(() => tellingOfOther({ words: "另一件事" }))(headers);
    },
    "proposal-not-found": answer(() => takingBack(uuidv7())),
    "proposal-answered": async (headers) => {
      await ask(world, tellingOfOther());
      await ask(world, {
        method: "POST",
        url: `/api/v1/classes/${world.school.otherClassId}/proposals/answers`,
        by: world.school.outsider,
        payload: { answers: [{ id: toldByOther, answer: "decline" }] },
      });
      return await answer(() => takingBack(toldByOther))(headers);
    },
    "table-too-large": tabling(Buffer.alloc(20 * 1024 * 1024 + 1)),
    "table-unpacks-too-large": tabling(
      Buffer.from(zipSync({ "xl/workbook.xml": new Uint8Array(2_000_000) })),
    ),
    "table-kind-not-taken": tabling(Buffer.from([0x80, 0x00, 0xff])),
    "oneroster-version": tabling(oneRoster({ "manifest.csv": [["propertyName", "value"]] })),
    "oneroster-delta": tabling(
      oneRoster({
        "manifest.csv": [
          ["propertyName", "value"],
          ["oneroster.version", "1.2"],
          ["file.users", "delta"],
        ],
      }),
    ),
    "oneroster-incomplete": tabling(oneRoster({ "users.csv": [["sourcedId"]] })),
    "oneroster-several-schools": tabling(
      oneRoster({
        "classes.csv": [
          ["sourcedId", "title", "schoolSourcedId"],
          ["c-1", "三年级1班", "one"],
          ["c-2", "三年级1班", "two"],
        ],
      }),
    ),
    "table-old-excel": tabling(Buffer.from("d0cf11e0a1b11ae1", "hex")),
    "table-unreadable": tabling(Buffer.from("PK is no archive")),
    "table-empty": tabling(" \n \n"),
    "table-too-many-rows": tabling("李\n".repeat(20_001)),
    "table-too-many-columns": tabling(`${"李,".repeat(60)}李`),
    "roster-columns-unfit": ofRoster("columns", [], { fields: ["name", "name", null] }),
    "roster-staff-unfit": ofRoster("staff", [], { position: 1, membershipId: null }),
    "roster-columns-missing": async (headers) => {
      const id = uuidv7();
      await ask(world, bringing("甲,乙\n1,2", id));
      const url = `/api/v1/roster-imports/${id}/apply`;
      return await answer(() => ({ method: "POST", url, by: world.school.admin }))(headers);
    },
    "roster-import-id-conflict": async (headers) => {
      const id = uuidv7();
      await ask(world, bringing(ROSTER, id));
      return await answer(() => bringing("甲,乙\n1,2", id))(headers);
    },
    "roster-import-stale": async (headers) => {
      const id = uuidv7();
      await ask(world, bringing(ROSTER, id));
      await world.database.write(world.school.id, async ({ db, tables: { student: s } }) => {
        await db
          .update(s)
          .set({ pinyin: uuidv7() })
          .where(eq(s.id, world.school.children[4]?.id ?? ""));
      });
      const url = `/api/v1/roster-imports/${id}/apply`;
      return await answer(() => ({ method: "POST", url, by: world.school.admin }))(headers);
    },
    "roster-import-settled": ofRoster("apply", ["apply", "undo"]),
    "roster-import-not-applied": ofRoster("undo", []),
    "roster-undo-over": async (headers) => {
      const id = uuidv7();
      const by = world.school.admin;
      const url = `/api/v1/roster-imports/${id}`;
      await ask(world, bringing(ROSTER, id));
      await ask(world, { method: "POST", url: `${url}/apply`, by });
      return await at(
        new Date(WORLD_NOW.getTime() + 31 * DAY),
        answer(() => ({ method: "POST", url: `${url}/undo`, by })),
      )(headers);
    },
    "scheme-draft-missing": answer(() => writingScheme("PUT", "", { version: 1, scheme: NO_SCHEME })),
    "scheme-draft-changed": async (headers) => {
      await ask(world, writingScheme("POST", "", { from: "built-in" }));
      return await answer(() => writingScheme("POST", "", { from: "built-in" }))(headers);
    },
    "scheme-core-locked": async (headers) => {
      await ask(world, writingScheme("POST", "", { from: "built-in" }));
      return await answer(() => writingScheme("PUT", "", { version: 1, scheme: NO_SCHEME }))(headers);
    },
    "scheme-not-fit": async (headers) => {
      await world.database.write(world.school.id, async ({ db, tables: { schemeDraft: d } }) => {
        await db.delete(d).where(eq(d.schoolId, world.school.id));
      });
      await ask(world, writingScheme("POST", "", { from: "built-in" }));
      await world.database.write(world.school.id, async ({ db, tables: { schemeDraft: d } }) => {
        await db.update(d).set({ scheme: NO_SCHEME }).where(eq(d.schoolId, world.school.id));
      });
      const refusal = await answer(() =>
        writingScheme("POST", "/publish", { version: 1, termId: world.school.termId }),
      )(headers);
      await ask(world, writingScheme("DELETE", "?version=1"));
      return refusal;
    },
    "class-points-full": async (headers) => {
      for (let number = 1; number <= 5; number += 1) await ask(world, addingPoint(`第${number}个`));
      return await answer(() => addingPoint("第6个"))(headers);
    },
    "class-point-name-taken": answer(() => addingPoint("观测点 1")),
    "badge-not-found": answer(() => ofBadges("POST", `/badges/${uuidv7()}/publish`)),
    "badge-published": async (headers) => {
      const id = await publishedBadge("frozen");
      return await answer(() => ofBadges("DELETE", `/badges/${id}`))(headers);
    },
    "badge-draft-changed": answer(() =>
      ofBadges("PUT", `/badges/${uuidv7()}`, { ...badgeOf("unseen", [5]), from: "other" }),
    ),
    "badge-rule-not-fit": answer(() => ofBadges("PUT", `/badges/${uuidv7()}`, badgeOf("unfit", [5, 3]))),
    "badge-not-open": async (headers) => {
      const id = await publishedBadge("twice");
      await ask(world, striving(0, id));
      return await answer(() => striving(0, id))(headers);
    },
    "badges-enough": async (headers) => {
      for (const code of ["one", "two", "three"])
        await ask(world, striving(1, await publishedBadge(`enough-${code}`)));
      const id = await publishedBadge("enough-four");
      return await answer(() => striving(1, id))(headers);
    },
    "credential-not-found": answer(() => ofCredential("POST", `${uuidv7()}/withdraw`)),
    "credential-id-conflict": async (headers) => {
      await ask(world, honouring());
      const id = uuidv7();
      await ask(world, ofCredential("PUT", id));
      const named = { questId: null, isNamed: true };
      return await answer(() => ofCredential("PUT", id, { payload: named }))(headers);
    },
    "credential-name-refused": answer(() =>
      ofCredential("PUT", uuidv7(), {
        payload: { questId: null, isNamed: true },
        by: world.school.student,
      }),
    ),
    "credential-empty": answer(() =>
      ofCredential("PUT", uuidv7(), { of: "neighbour", by: world.neighbour.guardian }),
    ),
    "credentials-enough": async (headers) => {
      await ask(world, honouring());
      await ask(world, ofCredential("PUT", uuidv7()));
      const { id: schoolId, guardian, otherChildren } = world.school;
      const studentId = otherChildren[0]?.id ?? "";
      await world.database.write(schoolId, async (store) => {
        const keyId = (await signingKeyOf(store, schoolId))?.id ?? "";
        const given = {
          studentId,
          kind: "record",
          questId: null,
          keyId,
          sha256: "",
          isNamed: false,
        } as const;
        const issued = { issuedBy: guardian.membershipId, issuedAt: WORLD_NOW };
        for (let number = 0; number < MOST_CREDENTIALS; number += 1)
          await addCredential(store, schoolId, { id: uuidv7(), ...given, ...issued });
      });
      const by = world.school.otherGuardian;
      return await answer(() => ofCredential("PUT", uuidv7(), { of: "other", by }))(headers);
    },
    "credential-unknown": answer(() => ({
      method: "POST",
      url: "/api/v1/credential-verification",
      payload: { jws: "a.b.c" },
    })),
    ...transferring({
      "transfer-not-found": (of) => of.to("DELETE", `transfers/${uuidv7()}`),
      "transfer-id-conflict": async (of) => of.handing(transferArchive(), await of.bring()),
      "transfer-not-leaving": (of) => of.to("GET", "transfer.zip"),
      "transfer-enough": async (of) => {
        for (let count = 0; count < MOST_TRANSFERS; count += 1) await of.bring();
        return of.handing(transferArchive());
      },
      "transfer-settled": async (of) => {
        const url = `transfers/${await of.bring()}`;
        await ask(world, {
          ...of.to("POST", `${url}/answer`),
          by: of.school.guardian,
          payload: { answer: "no" },
        });
        return of.to("DELETE", url);
      },
      "transfer-too-large": (of) => of.handing(Buffer.alloc(LARGEST_TRANSFER + 1)),
      "transfer-not-read": (of) => of.handing(Buffer.from("just some words, and no archive")),
      "transfer-version": (of) => of.handing(transferArchive({ over: { format: "doudou-transfer/9" } })),
      "transfer-unsigned": (of) =>
        of.handing(transferArchive({ alter: ({ [SIGNATURE_NAME]: _, ...all }) => all })),
      "transfer-altered": (of) =>
        of.handing(transferArchive({ alter: (all) => ({ ...all, "more.txt": new Uint8Array(3) }) })),
      "transfer-file-refused": (of) =>
        of.handing(
          transferArchive({ files: [{ kind: "picture", ending: "webp", bytes: Buffer.alloc(99, 1) }] }),
        ),
    }),
    "quest-not-found": answer(() => ofBadges("DELETE", `/students/${childAt(0)}/badge-quests/${uuidv7()}`)),
    "individual-plan-not-found": answer(() =>
      ofPlans(world.school)("POST", `${uuidv7()}/end`, { whatHelped: "流程卡" }),
    ),
    "individual-plan-days": answer(() =>
      ofPlans(world.school)("PUT", uuidv7(), planOf({ endsOn: "2026-11-03" })),
    ),
    "individual-plan-open": onPlan((to) => [to("PUT", uuidv7(), planOf())]),
    "individual-plan-ended": onPlan((to, { planId }) => [
      to("POST", `${planId}/end`, { whatHelped: "流程卡" }),
      to("PUT", `${planId}/notes/${uuidv7()}`, { text: "迟到的话" }),
    ]),
    "individual-plan-changed": onPlan((to, { planId, plan }) => [
      to("PUT", planId, { ...plan, version: 7, focus: "别的话" }),
    ]),
    "individual-plan-point-fixed": onPlan((to, { planId, plan }) => {
      const points = plan.points.map((point) => ({ ...point, name: "换个说法", beans: 3 }));
      return [to("PUT", planId, { ...plan, version: 1, points })];
    }),
    "individual-plan-id-conflict": onPlan((to, { planId }) => {
      const noteId = uuidv7();
      return ["第一次", "第二次"].map((text) => to("PUT", `${planId}/notes/${noteId}`, { text }));
    }),
    "goal-not-found": answer(() => ofBadges("DELETE", `/students/${childAt(0)}/goals/${uuidv7()}`)),
    "goals-enough": async (headers) => {
      for (let number = 1; number <= 3; number += 1) await ask(world, goalOf(1));
      return await answer(() => goalOf(1))(headers);
    },
    "goal-review-not-fit": answer(() => goalOf(0, { reviewOn: "2026-11-10" })),
    "goal-not-ticked": async (headers) => {
      const id = uuidv7();
      await ask(world, goalOf(0, {}, id));
      return await answer(() => ofBadges("PUT", `/students/${childAt(0)}/goals/${id}/ticks`, { done: 3 }))(
        headers,
      );
    },
    "lesson-times-changed": answer(() => ({
      method: "PUT",
      url: "/api/v1/school-settings/lesson-times",
      by: world.school.admin,
      payload: { version: "other", lessonTimes: [] },
    })),
    "lesson-times-not-fit": answer(() => ({
      method: "PUT",
      url: "/api/v1/school-settings/lesson-times",
      by: world.school.admin,
      payload: { version: "", lessonTimes: [{ weekdays: [], spans: [] }] },
    })),
    "school-words-changed": async (headers) => {
      const read = await ask(world, { url: "/api/v1/school-settings", by: world.school.admin });
      const { words } = read.json<SchoolSettings>();
      return await answer(() => ({
        method: "PUT",
        url: "/api/v1/school-settings",
        by: world.school.admin,
        payload: { version: "other", words },
      }))(headers);
    },
    "calendar-changed": answer(() => setting({ version: "other", calendar: NO_CALENDAR })),
    "calendar-not-fit": answer(() =>
      setting({
        version: "",
        calendar: {
          ...NO_CALENDAR,
          years: [{ id: uuidv7(), name: " ", startsOn: "2026-09-01", endsOn: "2027-08-31" }],
        },
      }),
    ),
    "calendar-in-use": async (headers) => {
      const read = await ask(world, { url: "/api/v1/school-settings", by: world.school.admin });
      const { version } = read.json<{ version: string }>();
      return await answer(() => setting({ version, calendar: NO_CALENDAR }))(headers);
    },
    "academic-year-missing": async (headers) => {
      const { admin } = await schoolWithoutYear(world);
      return await answer(() => ({ ...bringing(ROSTER), by: admin }))(headers);
    },
    "term-not-found": answer(() => ({
      url: `${portfolio(world.school)}?termId=${uuidv7()}`,
      by: world.school.student,
    })),
    "summary-paper-damaged": async (headers) => {
      const { neighbour, database } = world;
      const of = { studentId: neighbour.children[0]!.id, termId: neighbour.termId, revision: 1 };
      const request = { url: `${summary(neighbour)}/pdf?revision=1`, by: neighbour.guardian };
      return await onPublished(async () => {
        const lost = { ...of, sha256: "0".repeat(64), keptAt: WORLD_NOW };
        await database.write(neighbour.id, async (store) => {
          for (const locale of ["zh-CN", "en"] as const)
            await keepPaper(store, neighbour.id, { ...lost, locale });
        });
        return request;
      })(headers);
    },
    "summary-not-published": answer(() => ({ url: summary(world.school), by: world.school.guardian })),
    "comment-conflict": answer(() => ({
      method: "PUT",
      url: `${summary(world.school)}/comment`,
      by: world.school.homeroom,
      payload: { comment: "很好", commentVersion: 7 },
    })),
    "remark-conflict": answer(() => ({
      method: "PUT",
      url: `${summary(world.school)}/remark`,
      by: world.school.subject,
      payload: { subject: "music", text: "很好", version: 7 },
    })),
    "tile-sets-full": async (headers) => {
      const another = (): Request => ({
        method: "PUT",
        url: `/api/v1/tile-sets/${uuidv7()}?classId=${world.school.classId}`,
        by: world.school.homeroom,
        payload: { name: "早读", subjectCode: null, pointCodes: ["D21"] },
      });
      for (let number = 0; number < 20; number += 1) await ask(world, another());
      return await answer(another)(headers);
    },
    "letter-unknown": answer(() => ({
      method: "POST",
      url: "/api/v1/join/look",
      payload: { code: "0000 0000 0000 0000" },
    })),
    "letter-not-for-you": async (headers) => {
      const { classId, children, homeroom, admin } = world.school;
      const studentId = children[3]!.id;
      const teacher = await clientOf(world, homeroom);
      const [first = ""] = await printLetters(teacher, classId, studentId);
      await joinAs(world, first, { name: "欧阳爸爸" });
      const guardians = await world.database.read(world.school.id, (store) =>
        guardiansOf(store, world.school.id, [studentId]),
      );
      await (
        await clientOf(world, admin)
      ).ask("POST", `/students/${studentId}/guardians/${guardians[0]!.guardianshipId}/removal`, {
        reason: "custody",
      });
      const [next = ""] = await printLetters(teacher, classId, studentId);
      return await answer(() => byLetter(next, { name: "欧阳爸爸" }))(headers);
    },
    "guardian-joined": async (headers) => {
      const { classId, children, homeroom, guardian } = world.school;
      const [code = ""] = await printLetters(await clientOf(world, homeroom), classId, children[0]!.id);
      return await answer(() => addingChild(code, guardian))(headers);
    },
    "guardian-join-alone": answer(() => addingChild("0000", world.school.student)),
    "guardian-not-found": answer(() => ({
      method: "POST",
      url: `/api/v1/students/${world.school.children[0]!.id}/guardians/${uuidv7()}/removal`,
      payload: { reason: "mistake" },
      by: world.school.admin,
    })),
    "guardians-complete": async (headers) => {
      const { classId, children, homeroom } = world.school;
      const url = `/api/v1/classes/${classId}/guardian-letters`;
      const printing = (): Request => {
        return { method: "POST", url, payload: { studentIds: [children[4]!.id] }, by: homeroom };
      };
      const printed = await ask(world, printing());
      if (printed.statusCode === 200) {
        const [code = ""] = await codesOn(new Uint8Array(printed.rawPayload));
        await joinAs(world, code, { name: "阿妈", phone: "13800000001" });
        await joinAs(world, code, { name: "阿爸", phone: "13800000002" });
      }
      return await answer(printing)(headers);
    },
    "code-unknown": answer(() => ({
      method: "GET",
      url: "/api/v1/summary-verification?code=2345-6789-ABCD",
    })),
    "summary-revised": onPublished(() => answeringSummary("PUT", "reading", { revision: 7, isAtEnd: true })),
    "signature-unreadable": onPublished(() => answeringSummary("PUT", "signature", { revision: 1 })),
    "message-id-conflict": onPublished(async () => {
      const id = uuidv7();
      await ask(world, answeringSummary("POST", "messages", { id, text: "谢谢老师" }));
      return answeringSummary("POST", "messages", { id, text: "另一句话" });
    }),
    "messages-enough": onPublished(async () => {
      const message = () => answeringSummary("POST", "messages", { id: uuidv7(), text: "谢谢老师" });
      for (let written = 1; written <= 40; written++) await ask(world, message());
      return message();
    }),
    "comment-missing": answer(() => ({
      method: "POST",
      url: `${summary(world.school)}/publish`,
      by: world.school.homeroom,
    })),
    "officer-changed": answer(() => ({
      method: "PUT",
      url: "/api/v1/privacy/officer",
      by: world.school.admin,
      payload: { was: SOMEBODY, officer: { ...SOMEBODY, contact: "校长室" } },
    })),
    "notice-version-old": answer(() => ({
      method: "POST",
      url: `${ofChild(world.school)}/consents`,
      by: world.school.guardian,
      payload: { purpose: "research", answer: "yes", noticeVersion: "0" },
    })),
    "notice-version-unknown": answer(() => onPaper({ noticeVersion: "0" })),
    "not-a-guardian": answer(() => onPaper({ guardianId: uuidv7() })),
    "request-id-conflict": async (headers) => {
      const id = uuidv7();
      await ask(world, requesting(id));
      return await answer(() => requesting(id, "restrict"))(headers);
    },
    "request-enough": async (headers) => {
      for (let asked = 1; asked <= 5; asked += 1) await ask(world, requesting());
      return await answer(() => requesting())(headers);
    },
    "request-not-found": answer(() => answering(uuidv7())),
    "request-settled": async (headers) => {
      const id = await openRequest();
      await ask(world, answering(id));
      return await answer(() => answering(id))(headers);
    },
    "answer-missing": async (headers) => {
      const id = await openRequest();
      return await answer(() => answering(id, " "))(headers);
    },
    "incident-not-found": answer(() => ({
      url: `/api/v1/privacy/incidents/${uuidv7()}`,
      by: world.school.admin,
    })),
    "incident-id-conflict": async (headers) => {
      const { id } = await openIncident();
      return await answer(() => startingIncident({ id, isDrill: true }))(headers);
    },
    "incident-closed": async (headers) => {
      const { id } = await openIncident();
      for (const step of INCIDENT_STEPS) await ask(world, enteringIncident(id, "steps", answeringStep(step)));
      await ask(world, enteringIncident(id, "close", { id: uuidv7(), note: "" }));
      return await answer(() => enteringIncident(id, "steps", answeringStep("stop")))(headers);
    },
    "incident-not-closed": async (headers) => {
      const { id } = await openIncident();
      return await answer(() => enteringIncident(id, "reopen", { id: uuidv7(), note: "还有事" }))(headers);
    },
    "incident-steps-open": async (headers) => {
      const { id } = await openIncident();
      return await answer(() => enteringIncident(id, "close", { id: uuidv7(), note: "" }))(headers);
    },
    "incident-words-missing": answer(() => startingIncident({ facts: factsOf({ what: " " }) })),
    "incident-time-to-come": answer(() =>
      startingIncident({ facts: factsOf({ noticedAt: "2030-01-01T00:00:00Z" }) }),
    ),
    "fact-not-found": answer(() => ({
      method: "POST",
      url: `${ofChild(world.school)}/sensitive/reveal`,
      by: world.school.admin,
      payload: { field: "phone", guardianId: uuidv7() },
    })),
    "report-year-to-come": answer(() => ({
      url: "/api/v1/privacy/report.pdf?year=2027",
      by: world.school.admin,
    })),
    "access-not-found": answer(() => endingAccess(uuidv7())),
    "access-id-conflict": async (headers) => {
      const asked = asking(world.school, { child: uuidv7() });
      await ask(world, wantingAccess(asked));
      const other = { ...asked, classId: world.school.otherClassId };
      const refusal = await answer(() => wantingAccess(other))(headers);
      await ask(world, endingAccess(asked.id));
      return refusal;
    },
    "access-reason-missing": answer(() => wantingAccess({ purpose: "other", reason: "" })),
    "access-not-needed": answer(() => wantingAccess({ classId: world.school.otherClassId })),
    "access-asked-already": async (headers) => {
      const asked = asking(world.school);
      await ask(world, wantingAccess(asked));
      const refusal = await answer(() => wantingAccess({}))(headers);
      await ask(world, endingAccess(asked.id));
      return refusal;
    },
    "access-enough": async (headers) => {
      const all = Array.from({ length: 5 }, (_, i) => asking(world.school, { child: `第${i}个` }));
      for (const each of all) await ask(world, wantingAccess(each));
      const refusal = await answer(() => wantingAccess({ child: "还有一个" }))(headers);
      for (const { id } of all) await ask(world, endingAccess(id));
      return refusal;
    },
    "access-own-device": async (headers) => {
      const payload = { login: world.school.outsider.login, password: PASSWORD, onSharedTablet: true };
      const opened = await ask(world, { method: "POST", url: "/api/v1/session", payload });
      const cookie = `doudou_session=${opened.cookies.find(({ name }) => name === "doudou_session")?.value}`;
      const liftingThere = {
        method: "POST",
        url: "/api/v1/session/lift",
        payload: { password: PASSWORD },
      } as const;
      await ask(world, { ...liftingThere, headers: { cookie } });
      const { by: _, ...emergency } = openingAtOnce({});
      return await answer(() => ({ ...emergency, headers: { cookie } }))(headers);
    },
    "access-emergencies-used": async (headers) => {
      for (const { name } of world.school.children.slice(0, 3))
        await ask(world, openingAtOnce({ child: name }));
      return await answer(() => openingAtOnce({}))(headers);
    },
    "access-child-not-found": answer(() => ({
      ...openingAtOnce({ child: "没有这个人", classId: world.school.otherClassId }),
      by: world.school.homeroom,
    })),
    "access-own": async (headers) => {
      const id = await accessAsked();
      const both = await addAdministrator(world, world.school.outsider);
      const refusal = await answer(() => answeringAccess(id, {}, world.school.outsider))(headers);
      await ask(world, endingAccess(id));
      await both.end();
      return refusal;
    },
    "access-settled": async (headers) => {
      const id = await accessAsked();
      await ask(world, endingAccess(id));
      return await answer(() => endingAccess(id))(headers);
    },
    "access-child-unclear": async (headers) => {
      const id = await accessAsked();
      const refusal = await answer(() => answeringAccess(id))(headers);
      await ask(world, endingAccess(id));
      return refusal;
    },
    "access-too-long": async (headers) => {
      const id = await accessAsked();
      const refusal = await answer(() => answeringAccess(id, { days: 14 }))(headers);
      await ask(world, endingAccess(id));
      return refusal;
    },
    "viewing-enough-today": async (headers) => {
      const { database, school } = world;
      const looked = { day: "2026-11-11", minutes: 30, lastMinute: WORLD_NOW };
      const [first] = school.children;
      await database.write(school.id, async ({ db, tables }) => {
        await db.delete(tables.viewing);
        await db.insert(tables.viewing).values({ schoolId: school.id, studentId: first!.id, ...looked });
      });
      const look = answer(() => ({ method: "GET", url: `${ofChild(school)}/portfolio`, by: school.student }));
      const refusal = await at(new Date(WORLD_NOW.getTime() + 60_000), look)(headers);
      await database.write(school.id, ({ db, tables }) => db.delete(tables.viewing));
      return refusal;
    },
    "erasure-name-differs": answer(() => erasing("request", "别人")),
    "erasure-still-here": answer(() => erasing("request")),
    "erasure-too-early": async (headers) => await whenLeft(answer(() => erasing("retention")))(headers),
    "file-too-large": shelving((of) => of.filing(Buffer.alloc(50 * 1024 * 1024 + 1))),
    "file-kind-not-taken": shelving((of) =>
      of.filing(Buffer.from("just some words, and no file of any kind")),
    ),
    "file-unreadable": shelving((of) => of.filing(Buffer.from("%PDF-1.7 and no end to it"))),
    "portfolio-file-not-found": shelving((of) => of.to("GET", `files/${uuidv7()}`)),
    "portfolio-file-conflict": shelving(async (of) => {
      const { id } = await of.student.addFile(of.studentId, pdf());
      return of.filing(wav(), id);
    }),
    "portfolio-file-removed": shelving(async (of) => {
      const [child] = of.school.children.slice(0, 1);
      await agreeToPhotos(world.database, of.school, [child!]);
      const { id } = await of.student.addFile(of.studentId, wav());
      await of.keep({ fileIds: [id] });
      await withdrawPhotos(world.database, of.school, [child!], LATER);
      return of.to("GET", `files/${id}`);
    }),
    "work-consent-missing": shelving((of) => of.filing(wav())),
    "work-empty": shelving((of) => of.keeping({ reflection: "" })),
    "work-indicator-not-found": shelving((of) => of.keeping({ indicatorId: uuidv7() })),
    "works-full": shelving(async (of) => {
      for (let count = 0; count < MOST_WORKS_OF_TERM; count += 1) await of.keep();
      return of.keeping();
    }),
    "work-not-found": shelving((of) => of.to("DELETE", `works/${uuidv7()}`)),
    "work-id-conflict": shelving(async (of) => of.keeping({ title: "另一幅" }, await of.keep())),
    "work-not-yours": shelving(async (of) => ({
      ...of.to("DELETE", `works/${await of.keep()}`),
      by: of.school.guardian,
    })),
    "work-term-over": shelving(async (of) => {
      const id = await of.keep();
      await world.database.write(of.school.id, ({ db, tables: { work } }) =>
        db.update(work).set({ termId: of.school.earlierTermId }).where(eq(work.id, id)),
      );
      return of.to("DELETE", `works/${id}`);
    }),
    "honour-not-found": shelving((of) => ({
      ...of.to("DELETE", `honours/${uuidv7()}`),
      by: of.school.guardian,
    })),
    "honour-id-conflict": shelving(async (of) => {
      const id = uuidv7();
      await ask(world, of.honouring({}, id));
      return of.honouring({ title: "另一个" }, id);
    }),
    "honour-settled": shelving(async (of) => {
      const id = uuidv7();
      await ask(world, of.honouring({}, id));
      const settle = (with_: string): Request => ({
        ...of.to("POST", `honours/${id}/answer`),
        by: of.school.homeroom,
        payload: { answer: with_ },
      });
      await ask(world, settle("confirm"));
      return settle("decline");
    }),
    "honour-day-ahead": shelving((of) => of.honouring({ day: "2031-01-01" })),
    "activity-not-found": shelving((of) => of.to("DELETE", `activities/${uuidv7()}`)),
    "activity-id-conflict": shelving(async (of) => {
      const id = uuidv7();
      await ask(world, of.telling({}, id));
      return of.telling({ title: "另一个" }, id);
    }),
    "activity-changed": shelving(async (of) => {
      const id = uuidv7();
      await ask(world, of.recording({}, id));
      return of.recording({ title: "另一个", version: "other" }, id);
    }),
    "activity-of-another-teacher": shelving(async (of) => {
      const id = uuidv7();
      await ask(world, of.recording({}, id));
      return { ...of.recording({ title: "另一个" }, id), by: of.school.subject };
    }),
    "activity-settled": shelving(async (of) => {
      const id = uuidv7();
      await ask(world, of.telling({}, id));
      await ask(world, {
        ...of.to("POST", `activities/${id}/answer`),
        by: of.school.homeroom,
        payload: { answer: "confirm" },
      });
      return of.to("DELETE", `activities/${id}`);
    }),
    "activity-days-unfit": shelving((of) => of.telling({ endsOn: "2026-10-01" })),
    "activity-child-not-in-class": shelving((of) =>
      of.recording({ students: [{ studentId: of.school.otherChildren[0]!.id }] }),
    ),
    "activity-class-not-yours": shelving((of) => ({
      method: "POST",
      url: "/api/v1/activities",
      by: of.school.homeroom,
      payload: {
        ...outing,
        sort: "trip",
        classes: [
          {
            classId: of.school.otherClassId,
            activityId: uuidv7(),
            students: [{ studentId: of.school.otherChildren[0]!.id }],
          },
        ],
      },
    })),
    "activities-full": shelving(async (of) => {
      for (let told = 0; told < MOST_TOLD_OF_TERM; told += 1) await ask(world, of.telling());
      return of.telling();
    }),
    "highlight-not-found": shelving((of) => ({
      ...of.to("PUT", "highlights"),
      payload: { highlights: [{ kind: "work", id: uuidv7() }] },
    })),
    "book-year-not-found": shelving((of) => of.to("GET", `books/${uuidv7()}/pdf`)),
    "erasure-not-asked": async (headers) => await whenLeft(answer(() => erasing("request")))(headers),
  };

  const ofChild = (school: School, place = 0) => `/api/v1/students/${school.children[place]?.id}`;
  const onPaper = (over: object): Request => ({
    method: "POST",
    url: `${ofChild(world.school)}/consents/paper`,
    by: world.school.homeroom,
    payload: {
      guardianId: world.school.guardian.membershipId,
      noticeVersion: "1",
      answers: [{ purpose: "research", answer: "yes" }],
      ...over,
    },
  });
  const requesting = (id = uuidv7(), kind = "export"): Request => ({
    method: "POST",
    url: `${ofChild(world.school)}/privacy-requests`,
    by: world.school.guardian,
    payload: { id, kind, text: "" },
  });
  const answering = (id: string, words = "已经办好。"): Request => ({
    method: "POST",
    url: `/api/v1/privacy/requests/${id}/answer`,
    by: world.school.admin,
    payload: { state: "granted", answer: words },
  });
  /** Settles what waits first: a child has only so many that wait. */
  const openRequest = async (): Promise<string> => {
    const { by } = answering("");
    const office = (await ask(world, { url: "/api/v1/privacy", ...(by && { by }) })).json<{
      open: { id: string }[];
    }>();
    for (const { id } of office.open) await ask(world, answering(id));
    const id = uuidv7();
    await ask(world, requesting(id));
    return id;
  };
  const startingIncident = (over: Parameters<typeof newIncident>[0] = {}): Request => ({
    method: "POST",
    url: "/api/v1/privacy/incidents",
    by: world.school.admin,
    payload: newIncident(over),
  });
  const enteringIncident = (id: string, what: string, payload: object): Request => ({
    method: "POST",
    url: `/api/v1/privacy/incidents/${id}/${what}`,
    by: world.school.admin,
    payload,
  });
  const openIncident = async (): Promise<{ id: string }> =>
    (await ask(world, startingIncident())).json<{ id: string }>();
  const wantingAccess = (over: object): Request => ({
    method: "POST",
    url: "/api/v1/access",
    by: world.school.outsider,
    payload: asking(world.school, over),
  });
  const openingAtOnce = (over: object): Request => ({
    method: "POST",
    url: "/api/v1/access/emergency",
    by: world.school.outsider,
    payload: {
      id: uuidv7(),
      classId: world.school.classId,
      child: world.school.children[0]?.name,
      reason: "找不到人",
      password: PASSWORD,
      ...over,
    },
  });
  const endingAccess = (id: string): Request => ({
    method: "POST",
    url: `/api/v1/access/${id}/end-own`,
    by: world.school.outsider,
  });
  const answeringAccess = (id: string, over: object = {}, by = world.school.admin): Request => ({
    method: "POST",
    url: `/api/v1/access/${id}/answer`,
    by,
    payload: { approves: true, words: "", ...over },
  });
  /** Of a child that nobody is. */
  const accessAsked = async (): Promise<string> => {
    const asked = asking(world.school, { child: uuidv7() });
    await ask(world, wantingAccess(asked));
    return asked.id;
  };
  const erasing = (ground: string, name = world.school.children[4]?.name): Request => ({
    method: "POST",
    url: `${ofChild(world.school, 4)}/erasure`,
    by: world.school.admin,
    payload: { ground, name },
  });
  const whenLeft =
    (provocation: Provocation): Provocation =>
    async (headers) => {
      const id = world.school.children[4]?.id ?? "";
      await leaveSchool(world, id, "2026-11-10");
      const refusal = await provocation(headers);
      await leaveSchool(world, id, null);
      return refusal;
    };

  const PARTS = new Set(["type", "title", "status", "code", "detail", "requestId", "errors", "triesLeft"]);

  test("is listed, and every one that is listed can be provoked", () => {
    expect(Object.keys(provocations).sort()).toEqual(Object.keys(PROBLEMS).sort());
  });

  test.each(Object.keys(PROBLEMS) as ProblemCode[])(
    "%s is said in Chinese and in English, and shows no inside",
    async (code) => {
      for (const [language, words] of [
        ["zh-CN,en;q=0.5", "zh"],
        ["en-GB,zh;q=0.5", "en"],
      ] as const) {
        const refusal = await provocations[code]({ "accept-language": language });
        if (!refusal) throw new Error(`${code} was not provoked`);
        const { answer: response, ...body } = refusal;
        expect(body).toMatchObject({ code, status: PROBLEMS[code].status, title: PROBLEMS[code][words] });
        expect(/\p{Script=Han}/u.test(body.title)).toBe(words === "zh");
        expect(Object.keys(body).filter((part) => !PARTS.has(part))).toEqual([]);
        expect(JSON.stringify(body)).not.toMatch(/\bat .+:\d+|node_modules|sqlite|select |insert /i);
        if (!response) continue;
        expect(response.statusCode).toBe(PROBLEMS[code].status);
        expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
        expect(response.headers["cache-control"]).toBe("no-store");
        expect(body.requestId).toMatch(/^[0-9a-f-]{36}$/);
        if (response.statusCode === 429 || response.statusCode === 503) {
          expect(Number(response.headers["retry-after"])).toBeGreaterThanOrEqual(1);
        }
      }
    },
  );

  test("input that does not fit names each field by its path", async () => {
    const { school } = world;
    const by = school.homeroom;
    const paths = async (request: Request) =>
      (await ask(world, request))
        .json<ProblemBody>()
        .errors?.map(({ path }) => path)
        .sort();
    const comment = `${summary(school)}/comment`;
    expect(await paths({ method: "POST", url: "/api/v1/session", payload: {} })).toEqual([
      "/login",
      "/password",
    ]);
    expect(
      await paths({ method: "PUT", url: comment, by, payload: { comment: 7, commentVersion: -1 } }),
    ).toEqual(["/comment", "/commentVersion"]);
    expect(await paths({ url: `/api/v1/classes/${school.classId}/awards?limit=0`, by })).toEqual(["/limit"]);
    expect(await paths({ url: `${portfolio(school)}?termId=autumn`, by })).toEqual(["/termId"]);
    expect(
      await paths({ url: `/api/v1/students/${school.children[0]?.id}/timeline?cursor=last`, by }),
    ).toEqual(["/cursor"]);
    const { results } = (
      await ask(world, {
        method: "POST",
        url: "/api/v1/awards",
        by,
        payload: { awards: [awardFor(school), awardFor(school, { points: 1.5, note: 7 })] },
      })
    ).json<AwardResults>();
    expect(results[1]?.problem?.errors?.map(({ path }) => path).sort()).toEqual([
      "/awards/1/note",
      "/awards/1/points",
    ]);
  });

  test("what is not even JSON, not even an address, or has no body is refused like anything else", async () => {
    const by = world.school.homeroom;
    const json = { "content-type": "application/json" };
    const post = (payload: string) =>
      ask(world, { method: "POST", url: "/api/v1/awards", by, payload, headers: json });
    const answers = [
      await post("{"),
      await post(""),
      await post('{"awards":[],"__proto__":{"isAdmin":true}}'),
      await ask(world, { method: "POST", url: "/api/v1/awards", by }),
      await ask(world, { url: "/api/v1/classes/%zz/roster", by }),
      await ask(world, { url: `/api/v1/classes/${"x".repeat(5000)}/roster`, by }),
    ];
    for (const response of answers) {
      expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
      expect([response.statusCode, response.json<ProblemBody>().code]).toEqual(
        response.statusCode === 404 ? [404, "not-found"] : [400, "invalid-input"],
      );
    }
  });

  test("an address that is not there says so to programs, in JSON", async () => {
    for (const url of ["/api/v1/ranks", "/api/v2/session", "/api/", "/nowhere.php"]) {
      const response = await ask(world, { url, headers: { accept: "application/json" } });
      expect([url, response.statusCode, response.json<ProblemBody>().code]).toEqual([url, 404, "not-found"]);
    }
  });

  test("nobody can make the server keep more than the body limit in memory, even without saying how long it will be", async () => {
    await world.app.server.listen({ port: 0, host: "127.0.0.1" });
    const address = world.app.server.server.address();
    if (address === null || typeof address === "string") throw new Error("not listening");
    const socket = connect(address.port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    let answered = "";
    socket.setEncoding("utf8").on("data", (text: string) => (answered += text));
    socket.on("error", () => {}); // the server hangs up while we are still sending
    const closed = once(socket, "close");
    socket.write(
      "POST /api/v1/session HTTP/1.1\r\nHost: school\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
    );
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    for (let sent = 0; sent < 12 && socket.writable; sent++) socket.write(chunk);
    while (!answered.includes("too-large") && !socket.destroyed)
      await Promise.race([once(socket, "data"), closed]);
    expect(answered).toMatch(/^HTTP\/1\.1 413 /);
    expect(answered).toContain("application/problem+json");
  });
});

describe("a write from somewhere else", () => {
  const host = { host: "school.example" };
  const tries: [string, Record<string, string>, boolean][] = [
    ["our own page", { "sec-fetch-site": "same-origin", origin: "http://school.example" }, true],
    ["our own page in an old browser", { origin: "http://school.example" }, true],
    ["an address typed by hand", { "sec-fetch-site": "none" }, true],
    ["a program", {}, true],
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, false],
    ["another site in an old browser", { origin: "https://evil.example" }, false],
    [
      "a neighbour under the same domain",
      { "sec-fetch-site": "same-site", origin: "http://blog.school.example" },
      false,
    ],
    ["the same host on another port", { origin: "http://school.example:8080" }, false],
    ["the same host without TLS", { origin: "https://school.example" }, false],
    ["a sandboxed frame", { "sec-fetch-site": "cross-site", origin: "null" }, false],
    [
      "a page that lies about where it is",
      { "sec-fetch-site": "same-origin", origin: "https://evil.example" },
      false,
    ],
  ];
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());

  test.each(tries)("%s", async (_who, headers, isWelcome) => {
    const cookie = await world.signIn(world.school.homeroom);
    const { children, termId, points } = world.school;
    const writes = [
      { method: "PATCH", url: "/api/v1/account", payload: { locale: "zh-CN" } },
      { method: "PUT", url: `/api/v1/observation-points/${points.helps}/favourite` },
      { method: "DELETE", url: `/api/v1/observation-points/${points.helps}/favourite` },
      { method: "POST", url: "/api/v1/awards", payload: { awards: [awardFor(world.school)] } },
      { method: "POST", url: `/api/v1/students/${children[0]?.id}/summaries/${termId}/publish` },
      { method: "DELETE", url: "/api/v1/session" },
    ] as const;
    for (const write of writes) {
      const response = await ask(world, { ...write, headers: { cookie, ...host, ...headers } });
      const isRefused = response.statusCode === 403 && response.json<ProblemBody>().code === "origin-refused";
      expect([write.url, isRefused]).toEqual([write.url, !isWelcome]);
    }
    const stillIn = await ask(world, { url: "/api/v1/session", headers: { cookie, ...host, ...headers } });
    expect(stillIn.statusCode).toBe(isWelcome ? 401 : 200);
  });

  test("a link from another site may be followed", async () => {
    const headers = { ...host, "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    const response = await ask(world, { url: "/api/v1/classes", headers, by: world.school.homeroom });
    expect(response.statusCode).toBe(200);
    expect(response.headers["access-control-allow-origin"]).toBeUndefined();
  });

  test("where the public address is configured, only that one counts", async () => {
    const configured = await createWorld("sqlite", { DOUDOU_ORIGIN: "https://doudou.example.edu.cn" });
    onTestFinished(() => configured.close());
    const signIn = (origin: string) =>
      ask(configured, {
        method: "POST",
        url: "/api/v1/session",
        headers: { host: "10.0.0.5:3000", origin },
        payload: { login: configured.school.homeroom.login, password: PASSWORD },
      });
    expect((await signIn("https://doudou.example.edu.cn")).statusCode).toBe(200);
    expect((await signIn("http://10.0.0.5:3000")).statusCode).toBe(403);
    const { headers } = await signIn("https://doudou.example.edu.cn");
    expect(headers["strict-transport-security"]).toMatch(/max-age=\d{7,}/);
  });
});

describe("headers and the web app", () => {
  let world: World;
  let webDir: string;
  let app: Awaited<ReturnType<typeof buildApp>>;
  beforeAll(async () => {
    world = await createWorld();
    webDir = await mkdtemp(join(tmpdir(), "doudou-web-"));
    await writeFile(
      join(webDir, "index.html"),
      `<!doctype html><title>豆豆</title><script type="module" src="/a.js"></script>`,
    );
    await mkdir(join(webDir, "pages"));
    await mkdir(join(webDir, "_app/immutable"), { recursive: true });
    await writeFile(join(webDir, "_app/immutable/class.abc.js"), "export {};");
    await writeFile(join(webDir, "pages/class.html"), `<!doctype html><title>豆豆 班级</title>`);
    await writeFile(
      join(webDir, "pages.json"),
      JSON.stringify([{ path: "^\\/classes\\/([^/]+?)\\/?$", shell: "pages/class.html" }]),
    );
    app = await buildApp({ ...world.deps, config: { ...world.deps.config, webDir } });
  });
  afterAll(async () => {
    await app.server.close();
    await world.close();
    await rm(webDir, { recursive: true });
  });

  test("what a page loads is kept for good where its name holds its hash; nothing beside the web app can be asked for", async () => {
    const status = async (url: string) => (await app.server.inject({ url })).statusCode;
    const part = await app.server.inject({ url: "/_app/immutable/class.abc.js" });
    expect([part.statusCode, part.headers["cache-control"]]).toEqual([
      200,
      "public, max-age=31536000, immutable",
    ]);
    expect(await status("/_app/immutable/gone.js")).toBe(404);
    for (const way of ["..%2f..%2f", "%2e%2e/%2e%2e/", "..%5c"])
      expect([way, await status(`/_app/${way}package.json`)]).toEqual([way, 404]);
  });

  test("a page is answered with the shell that names what it loads, any other path with the common one", async () => {
    const page = async (url: string) =>
      await app.server.inject({ url, headers: { accept: "text/html,application/xhtml+xml" } });
    const ofClass = await page("/classes/0190?panel=open");
    expect(ofClass.body).toContain("豆豆 班级");
    expect(ofClass.headers["cache-control"]).toBe("no-cache");
    for (const url of ["/classes", "/classes/0190/seating", "/no-such-page"]) {
      const common = await page(url);
      expect(common.statusCode).toBe(200);
      expect(common.body).toContain("/a.js");
    }
  });

  const policyOf = (header: unknown) =>
    new Map(
      String(header)
        .split(";")
        .map((directive) => directive.trim().split(/\s+/))
        .map(([name = "", ...sources]) => [name, sources]),
    );

  test("scripts and styles come from our own files and from nowhere else, not even the page itself", async () => {
    const response = await app.server.inject({ url: "/", headers: { accept: "text/html" } });
    expect(response.statusCode).toBe(200);
    const policy = policyOf(response.headers["content-security-policy"]);
    expect(policy.get("script-src")).toEqual(["'self'"]);
    expect(policy.get("style-src")).toEqual(["'self'"]);
    expect(policy.get("default-src")).toEqual(["'self'"]);
    expect(policy.get("object-src")).toEqual(["'none'"]);
    expect(policy.get("base-uri")).toEqual(["'none'"]);
    expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
    for (const [name, sources] of policy) {
      expect([name, sources.filter((source) => /^(\*|https?:)/.test(source))]).toEqual([name, []]);
    }
  });

  test("answers with a child in them are kept nowhere, and nothing is guessed or framed", async () => {
    const cookie = await world.signIn(world.school.homeroom);
    const url = `/api/v1/classes/${world.school.classId}/roster`;
    const { headers } = await app.server.inject({ url, headers: { cookie } });
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-frame-options": "SAMEORIGIN",
      "referrer-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=(self), geolocation=()"),
    });
    expect(headers["x-powered-by"]).toBeUndefined();
    expect(policyOf(headers["content-security-policy"]).get("script-src")).not.toContain("'unsafe-inline'");
  });

  test("long answers are packed for whoever takes them so, short ones and others' are not, and requests never", async () => {
    const cookie = await world.signIn(world.school.homeroom);
    const get = (path: string, taken: string | undefined = "gzip, deflate, br") =>
      app.server.inject({ url: `/api/v1${path}`, headers: { cookie, "accept-encoding": taken } });
    const roster = `/classes/${world.school.classId}/roster`;
    for (const path of [roster, "/openapi.json"]) {
      const [packed, plain] = [await get(path), await get(path, "identity")];
      expect(packed.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
      expect(plain.headers["content-encoding"]).toBeUndefined();
      expect(packed.rawPayload.byteLength).toBeLessThan(plain.rawPayload.byteLength / 2);
      expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
    }
    const short = await get("/classes");
    expect([short.statusCode, short.headers["content-encoding"]]).toEqual([200, undefined]);
    const refused = await app.server.inject({
      method: "POST",
      url: "/api/v1/awards",
      headers: { cookie, "content-type": "application/json", "content-encoding": "gzip" },
      payload: gzipSync(JSON.stringify({ awards: [awardIn(world.school, WORLD_NOW)] })),
    });
    expect([refused.statusCode, refused.json<ProblemBody>().code]).toEqual([400, "invalid-input"]);
  });

  test("every page of the app is the same shell; an address of the API never is", async () => {
    const page = (url: string) => app.server.inject({ url, headers: { accept: "text/html,*/*" } });
    const shell = await page("/family/summaries?term=1");
    expect([shell.statusCode, shell.headers["cache-control"]]).toEqual([200, "no-cache"]);
    expect(shell.body).toContain("<title>豆豆</title>");
    expect((await page("/api/v1/nothing")).statusCode).toBe(404);
    for (const url of ["/../package.json", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd"]) {
      expect((await page(url)).body).not.toMatch(/root:|"scripts"/);
    }
  });
});

test("an orchestra of machines asks whether the server lives, is ready, and how it does", async () => {
  const world = await createWorld();
  let isClosed = false;
  onTestFinished(async () => {
    if (!isClosed) await world.close();
  });
  const { school } = world;
  await ask(world, { url: `/api/v1/students/${school.children[0]?.id}/portfolio`, by: school.homeroom });
  expect((await ask(world, { url: "/healthz" })).json()).toEqual({ status: "ok" });
  expect((await ask(world, { url: "/readyz" })).json()).toEqual({ status: "ready" });

  const { body, headers } = await ask(world, { url: "/metrics" });
  expect(headers["content-type"]).toMatch(/^text\/plain/);
  expect(body).toContain('route="/api/v1/students/:studentId/portfolio",status="200"');
  expect(body).toMatch(/^doudou_database_committed_jobs [1-9]/m);
  expect(body).toMatch(/^doudou_database_queued 0$/m);
  for (const personal of [school.children[0]?.id, school.homeroom.login, "林小满"])
    expect(body).not.toContain(personal);

  await world.database.close();
  const notReady = await ask(world, { url: "/readyz" });
  expect([notReady.statusCode, notReady.json()]).toEqual([503, { status: "not-ready" }]);
  expect((await ask(world, { url: "/healthz" })).statusCode).toBe(200);
  await world.close();
  isClosed = true;
});

test("the log tells which route failed for which request, and names no person", async () => {
  const world = await createWorld("sqlite", { DOUDOU_LOG: "debug" });
  const lines: string[] = [];
  const app = await buildApp(world.deps, { write: (line) => void lines.push(line) });
  onTestFinished(async () => {
    await app.server.close();
    await world.close();
  });
  const { school } = world;
  const [child] = school.children;
  const note = "他说了一句很私人的话";
  const headers = { cookie: await world.signIn(school.homeroom) };
  const request = { headers, remoteAddress: "203.0.113.9" };
  const signIn = (payload: object | string) =>
    app.server.inject({
      method: "POST",
      url: "/api/v1/session",
      remoteAddress: request.remoteAddress,
      headers: { "content-type": "application/json" },
      payload,
    });
  const record = () =>
    app.server.inject({
      ...request,
      method: "POST",
      url: "/api/v1/awards",
      payload: { awards: [awardFor(school, { note })] },
    });

  await signIn({ login: school.subject.login, password: PASSWORD });
  await signIn({ login: school.subject.login, password: "hunter2hunter2" });
  expect((await record()).json<AwardResults>().results[0]?.status).toBe("recorded");
  await signIn(`{"login":"${school.subject.login}"`);
  await app.server.inject({ ...request, url: `/api/v1/students/${child?.id}/timeline?cursor=1_secret` });
  await app.server.inject({ ...request, url: `/api/v1/classes/${encodeURIComponent("林小满")}/roster` });
  await app.server.inject({ ...request, url: `/nowhere/${encodeURIComponent("林小满")}?name=secret` });
  await breakLedger(world);
  const failed = await record();
  expect(failed.statusCode).toBe(500);

  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const ofFailure = entries.filter(({ reqId }) => reqId === failed.json<ProblemBody>().requestId);
  expect(ofFailure).toContainEqual(expect.objectContaining({ level: 50, msg: "unexpected error" }));
  expect(ofFailure).toContainEqual(
    expect.objectContaining({ req: { method: "POST", route: "/api/v1/awards" } }),
  );
  expect(ofFailure).toContainEqual(expect.objectContaining({ res: { status: 500 } }));
  expect(lines.join()).toContain("/api/v1/students/:studentId/timeline");

  const personal = [
    note,
    PASSWORD,
    "hunter2",
    "secret",
    "203.0.113.9",
    "doudou_session",
    headers.cookie.split("=")[1],
    "林小满",
    encodeURIComponent("林小满"),
    "王老师",
    school.subject.login,
    school.homeroom.login,
    child?.id,
    school.children[1]?.id,
    school.homeroom.membershipId,
  ];
  const log = lines.join("");
  for (const word of personal)
    expect([word, word !== undefined && log.includes(word)]).toEqual([word, false]);
});

describe.each(ENGINES)("more writes than may wait (%s)", (engine) => {
  test("some are told to come back in a moment; coming back loses and doubles nothing", async () => {
    const world = await createWorld(engine, { DOUDOU_MAX_QUEUED_WRITES: "2" });
    onTestFinished(() => world.close());
    const { school } = world;
    const cookie = await world.signIn(school.homeroom);
    const awards = Array.from({ length: 60 }, (_, i) =>
      awardFor(school, { studentId: school.children[i % school.children.length]?.id }),
    );
    const send = (each: object) =>
      ask(world, { method: "POST", url: "/api/v1/awards", payload: { awards: [each] }, headers: { cookie } });
    const answers = await Promise.all(awards.map(send));
    const refused = answers.filter(({ statusCode }) => statusCode === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(60);
    for (const response of refused) {
      expect(response.headers["retry-after"]).toBe("1");
      expect(response.json()).toMatchObject({ code: "overloaded", status: 503 });
    }
    const accepted = answers.filter(({ statusCode }) => statusCode === 200);
    expect(
      accepted.every((response) => response.json<AwardResults>().results[0]?.status === "recorded"),
    ).toBe(true);
    expect(accepted.length + refused.length).toBe(60);

    const statuses: (string | undefined)[] = [];
    for (const each of awards) statuses.push((await send(each)).json<AwardResults>().results[0]?.status);
    expect(statuses.filter((status) => status === "duplicate").length).toBe(accepted.length);
    expect(statuses.filter((status) => status === "recorded").length).toBe(refused.length);
    const differences = await world.database.read(school.id, (store) => tallyDifferences(store, school.id));
    expect(differences).toEqual([]);
  });
});

test.each(ENGINES)(
  "text that no database can hold is refused or mended, never an error of ours (%s)",
  async (engine) => {
    const world = await createWorld(engine);
    onTestFinished(() => world.close());
    const { school } = world;
    const by = school.homeroom;
    const nul = "\u0000";
    const send = async (note: string) => {
      const payload = { awards: [awardFor(school, { note })] };
      const response = await ask(world, { method: "POST", url: "/api/v1/awards", by, payload });
      return response.json<AwardResults>().results[0];
    };
    expect(await send(`a${nul}b`)).toMatchObject({
      status: "rejected",
      problem: { code: "award-malformed" },
    });
    expect(await send("half a face \ud83d")).toMatchObject({ status: "recorded" });

    const [child] = school.children;
    const summary = `/api/v1/students/${child?.id}/summaries/${school.termId}`;
    const requests: Request[] = [
      { method: "POST", url: "/api/v1/session", payload: { login: `a${nul}`, password: "wrong" } },
      { method: "PUT", url: `${summary}/comment`, by, payload: { comment: nul, commentVersion: 0 } },
      { method: "POST", url: "/api/v1/awards/void", by, payload: { ids: [uuidv7()], reason: nul } },
      { url: "/api/v1/classes/%00/roster", by },
      { url: "/api/v1/students/%00/portfolio", by },
      { url: "/api/v1/observation-points?classId=%00", by },
      { url: `/api/v1/students/${child?.id}/portfolio?termId=%00`, by },
      { url: `/api/v1/students/${child?.id}/timeline?cursor=%00`, by },
      { url: `/api/v1/students/${child?.id}/timeline?cursor=999999999999999_${uuidv7()}`, by },
      { url: `/api/v1/students/${child?.id}/summaries/%00`, by },
      { method: "PUT", url: "/api/v1/observation-points/%00/favourite", by },
    ];
    for (const request of requests) {
      const { statusCode } = await ask(world, request);
      expect([request.url, [200, 400, 404].includes(statusCode) ? "fine" : statusCode]).toEqual([
        request.url,
        "fine",
      ]);
    }
  },
);

/** Takes the ledger away under the running server: the next award meets an error nobody foresaw. */
async function breakLedger(world: World): Promise<void> {
  await world.database
    .write(EVERY_SCHOOL, async ({ db }) => {
      await db.run(sql`alter table award rename to award_gone`);
    })
    .catch(() => {}); // it is gone already
}

/** A school that is there, with somebody in its office, and nothing else. */
/** Makes a teacher an administrator as well, for a while. */
async function addAdministrator({ database, school }: World, { membershipId, name }: Person) {
  const id = uuidv7();
  await database.write(EVERY_SCHOOL, async ({ db, tables: { membership: m } }) => {
    const [teacher] = await db.select().from(m).where(eq(m.id, membershipId));
    const also = { schoolId: school.id, id, accountId: teacher?.accountId ?? null, displayName: name };
    await db.insert(m).values({ ...also, role: "school-admin", studentId: null, endedAt: null });
  });
  return {
    end: () =>
      database.write(EVERY_SCHOOL, async ({ db, tables: { membership: m } }) => {
        await db.delete(m).where(eq(m.id, id));
      }),
  };
}

async function schoolWithoutYear({ database }: World): Promise<{ admin: Person }> {
  const [schoolId, accountId, membershipId] = [uuidv7(), uuidv7(), uuidv7()];
  const login = `bare@${schoolId}`;
  const passwordHash = await hashPassword(PASSWORD);
  const about = { locale: "zh-CN", createdAt: WORLD_NOW } as const;
  await database.write(EVERY_SCHOOL, async (store) => {
    await addSchool(store, { schoolId, code: login, name: "新学校", timeZone: "Asia/Shanghai", ...about });
    await createAccounts(store, [{ id: accountId, login, displayName: "校长", passwordHash, ...about }]);
    await addMemberships(store, schoolId, [
      { id: membershipId, accountId, role: "school-admin", displayName: "校长" },
    ]);
  });
  return { admin: { membershipId, login, name: "校长" } };
}
