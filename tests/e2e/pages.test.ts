/**
 * Every page, in both languages, on the screens it is for: opens without an error in the console, is no wider than the
 * screen, and axe finds nothing.
 */
import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page, Request } from "playwright-core";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";
import type { AwardablePoints, ClassList, Roster } from "@doudou/shared/contract/classes.ts";
import type { IncidentRegister } from "@doudou/shared/contract/incidents.ts";
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import type { GuardianList, PupilList, SchoolClassList, StaffList } from "@doudou/shared/contract/people.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type { ClassSummaries, SummaryList } from "@doudou/shared/contract/summaries.ts";
import type { LedClasses } from "@doudou/shared/contract/summary-rounds.ts";
import { csvOf } from "../support/rosters.ts";
import {
  expectAccessible,
  openPath,
  openStage,
  type SCREENS,
  type Stage,
  takePicture,
} from "../support/stage.ts";

const ROUTES = join(import.meta.dirname, "../../web/src/routes");

type Screen = keyof typeof SCREENS;

/** To open it, to make sure, and as the page before it was left: a few times. A page that asks in a circle asks dozens. */
const AS_OFTEN_AS_A_CALM_PAGE_ASKS = 8;

describe.each(["zh-CN", "en"] as const)("in %s", (locale) => {
  let stage: Stage;
  /** Every path that was looked at. */
  const seen = new Set<string>();
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const expectSoundPages = async (
    login: string,
    screen: Screen,
    paths: (page: Page) => Promise<Record<string, string>>,
  ) => {
    const page = await stage.signIn(login, screen, locale);
    const complaints: string[] = [];
    const complain = (what: string) => complaints.push(`${page.url()}: ${what}`);
    page.on("console", (message) => message.type() === "error" && complain(message.text()));
    page.on("pageerror", (error) => complain(String(error)));
    for (const [name, path] of Object.entries(await paths(page))) {
      const asked = new Map<string, number>();
      const count = (request: Request) => asked.set(request.url(), (asked.get(request.url()) ?? 0) + 1);
      page.on("request", count);
      await openPath(page, path);
      await expectAccessible(page);
      seen.add(path);
      await takePicture(page, `${name}-${screen}-${locale}`);
      page.off("request", count);
      if ((await tooWide(page)) > 0) complaints.push(`${name} is ${await tooWide(page)} px too wide`);
      expect([...asked].filter(([, times]) => times > AS_OFTEN_AS_A_CALM_PAGE_ASKS)).toEqual([]);
    }
    expect(complaints.join("\n")).toBe("");
    await page.context().close();
  };
  /** How far a page can be pushed sideways, in pixels: wider things scroll in frames of their own. */
  const tooWide = (page: Page) =>
    page.evaluate(() =>
      Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
    );
  const ask = async <T>(page: Page, path: string): Promise<T> =>
    (await (await page.request.get(`/api/v1${path}`)).json()) as T;

  test("what is open to anybody, and a page that is not there", async () => {
    const open = {
      "sign-in": "/sign-in",
      "sign-in-card": "/sign-in/card",
      join: "/join",
      "join-staff": "/join/staff",
      privacy: "/privacy",
      verify: "/verify",
      "mail-stop": "/mail/stop",
      "board-code": "/board",
      nowhere: "/nowhere",
    };
    for (const screen of ["tablet", "phone"] as const) {
      const page = await (await stage.openContext(screen, locale)).newPage();
      for (const [name, path] of Object.entries(open)) {
        await openPath(page, path);
        await expectAccessible(page);
        seen.add(path);
        await takePicture(page, `${name}-${screen}-${locale}`);
      }
      await page.context().close();
    }
  });

  /** A child of the class that is helped by a plan. */
  const withPlan = async (page: Page, classId: string) => {
    const { ownPoints } = await ask<AwardablePoints>(page, `/observation-points?classId=${classId}`);
    return ownPoints[0]!.studentId;
  };

  test.each(["tablet", "portrait", "phone"] as const)(
    "a teacher's pages: %s",
    async (screen) => {
      const paths = async (page: Page) => {
        const { classes } = await ask<ClassList>(page, "/classes");
        const classId = classes[0]!.id;
        const { students } = await ask<Roster>(page, `/classes/${classId}/roster`);
        const { term } = await ask<ClassSummaries>(page, `/classes/${classId}/summaries`);
        return {
          classes: "/classes",
          class: `/classes/${classId}`,
          attention: `/classes/${classId}/attention`,
          summaries: `/classes/${classId}/summaries`,
          remarks: `/classes/${classId}/remarks`,
          cards: `/classes/${classId}/cards`,
          proposals: `/classes/${classId}/proposals`,
          shelf: `/classes/${classId}/shelf`,
          rewards: `/classes/${classId}/rewards`,
          seating: `/classes/${classId}/seating`,
          groups: `/classes/${classId}/groups`,
          badges: `/classes/${classId}/badges`,
          activities: `/classes/${classId}/activities`,
          ratings: `/classes/${classId}/ratings`,
          voices: `/classes/${classId}/voices`,
          "class-word-reports": `/classes/${classId}/word-reports`,
          growth: `/classes/${classId}/growth`,
          consents: `/classes/${classId}/consents`,
          "class-points": `/classes/${classId}/points`,
          "tile-sets": `/classes/${classId}/tiles`,
          "class-guardians": `/classes/${classId}/guardians`,
          "earlier-answers": `/classes/${classId}/summaries/earlier`,
          "summary-of-child": `/classes/${classId}/summaries/${students[0]!.id}/${term.id}`,
          access: "/access",
          inbox: "/inbox",
          portfolio: `/students/${students[0]!.id}`,
          "portfolio-with-plan": `/students/${await withPlan(page, classId)}`,
        };
      };
      await expectSoundPages("teacher1", screen, paths);
    },
    300_000,
  );

  test.each(["tablet", "portrait", "phone"] as const)("a fitness test's sheet: %s", async (screen) => {
    const { login, classId } = await tester();
    await expectSoundPages(login, screen, async () => ({ fitness: `/classes/${classId}/fitness` }));
  });

  /** Who teaches a class physical education, and that class. */
  const tester = async () => {
    const { request } = await stage.openContext("tablet", locale);
    for (let n = 1; n <= 40; n += 1) {
      const login = `teacher${n}`;
      await request.post("/api/v1/session", { data: { login, password: DEMO_PASSWORD } });
      const { classes } = (await (await request.get("/api/v1/classes")).json()) as ClassList;
      for (const { id: classId } of classes)
        if ((await request.get(`/api/v1/classes/${classId}/fitness`)).ok()) return { login, classId };
    }
    throw new Error("nobody tests a class");
  };

  test(
    "an administrator's classes and office",
    () =>
      expectSoundPages("admin", "desktop", async (page) => ({
        "classes-admin": "/classes",
        office: "/office",
        dashboard: "/office/dashboard",
        "school-growth": "/office/dashboard/growth",
        "office-summaries": "/office/summaries",
        "roster-upload": "/office/roster",
        "office-guardians": "/office/guardians",
        guardians: `/classes/${(await ask<ClassList>(page, "/classes")).classes[0]!.id}/guardians`,
        audit: "/office/audit",
        indicators: "/office/indicators",
        "badges-office": "/office/badges",
        "rewards-office": "/office/rewards",
        "credentials-office": "/office/credentials",
        "rubrics-office": "/office/rubrics",
        settings: "/office/settings",
        "people-pupils": "/office/people/pupils",
        "people-staff": "/office/people/staff",
        "people-guardians": "/office/people/guardians",
        "people-classes": "/office/people/classes",
        "staff-accounts": "/office/staff-accounts",
        "privacy-office": "/office/privacy",
        incidents: "/office/privacy/incidents",
        incident: `/office/privacy/incidents/${(await ask<IncidentRegister>(page, "/privacy/incidents")).incidents[0]!.id}`,
        "office-access": "/office/access",
        "office-word-reports": "/office/word-reports",
        "sign-in-office": "/office/sign-in",
        account: "/account",
        "second-factor": "/account/second-factor",
      })),
    300_000,
  );

  test.each(["desktop", "tablet"] as const)(
    "one of each in the office: %s",
    (screen) =>
      expectSoundPages("admin", screen, async (page) => {
        const { pupils } = await ask<PupilList>(page, "/people/pupils");
        const { staff } = await ask<StaffList>(page, "/people/staff");
        const classId = (await ask<SchoolClassList>(page, "/people/classes")).classes[0]!.id;
        return {
          "office-fitness": "/office/fitness",
          "office-fitness-class": `/office/fitness/${classId}`,
          "office-pupil": `/office/people/pupils/${pupils[0]!.id}`,
          "office-staff-member": `/office/people/staff/${staff[0]!.id}`,
          "office-guardian": `/office/people/guardians/${await guardianOf(page, classId)}`,
          "office-class": `/office/people/classes/${classId}`,
          "office-class-summaries": `/office/summaries/${classId}`,
          "office-class-rubrics": `/office/rubrics/${classId}`,
          "roster-import": `/office/roster/${await bringRoster(page)}`,
        };
      }),
    240_000,
  );

  test("the turn of the year, for which it is too early in the middle of one", async () => {
    const path = "/office/roll-over";
    const page = await stage.signIn("admin", "desktop", locale);
    await openPath(page, path); // The server's no is an error in the console.
    await expectAccessible(page);
    seen.add(path);
    await takePicture(page, `roll-over-desktop-${locale}`);
    await page.context().close();
  });

  const guardianOf = async (page: Page, classId: string) => {
    const { guardians } = await ask<GuardianList>(page, `/people/guardians?classId=${classId}`);
    return guardians[0]!.id;
  };

  /** A roster of one row, looked at and not applied. @returns the import's id */
  const bringRoster = async (page: Page) => {
    const id = uuidv7();
    const answer = await page.request.put(`/api/v1/roster-imports/${id}`, {
      params: { fileName: "roster.csv" },
      headers: { "content-type": "application/octet-stream" },
      data: csvOf([
        ["班级", "姓名"],
        ["三年级1班", "阿依古丽·买买提"],
      ]),
    });
    expect(answer.ok()).toBe(true);
    return id;
  };

  test.each(["tablet", "phone"] as const)("a child's pages: %s", (screen) =>
    expectSoundPages("student1", screen, async (page) => {
      const [own] = (await ask<SessionView>(page, "/session")).memberships.flatMap(
        ({ students }) => students,
      );
      const { summaries } = await ask<SummaryList>(page, `/students/${own!.id}/summaries`);
      return { me: "/me", "own-story": `/me/stories/${summaries[0]!.term.id}` };
    }),
  );

  test.each(["phone", "tablet"] as const)("a guardian's pages: %s", async (screen) => {
    const paths = async (page: Page) => {
      const { memberships } = await ask<SessionView>(page, "/session");
      const children = memberships.flatMap(({ students }) => students.map(({ id }) => id));
      for (const studentId of children) {
        const { summaries } = await ask<SummaryList>(page, `/students/${studentId}/summaries`);
        const [latest] = summaries;
        if (!latest) continue;
        const { term } = await ask<Portfolio>(page, `/students/${studentId}/portfolio`);
        return {
          family: "/family",
          "family-inbox": "/inbox",
          child: `/family/${studentId}`,
          "family-privacy": `/family/${studentId}/privacy`,
          story: `/family/${studentId}/summaries/${latest.term.id}`,
          "story-together": `/family/${studentId}/summaries/${latest.term.id}/story`,
          unpublished: `/family/${studentId}/summaries/${term.id}`,
        };
      }
      throw new Error("the demo guardian has no published summary to read");
    };
    const page = await stage.signIn("parent1", "phone", locale);
    const { unpublished, ...published } = await paths(page);
    await openPath(page, unpublished);
    await expectAccessible(page);
    await page.context().close();
    await expectSoundPages("parent1", screen, async () => published);
  });

  test.each(["tablet", "phone"] as const)("what the leader of a grade reviews: %s", async (screen) => {
    await haveSummariesApproved();
    await expectSoundPages("teacher15", screen, async (page) => {
      const { classes } = await ask<LedClasses>(page, "/summary-rounds/led");
      return { reviews: "/reviews", review: `/reviews/${classes[0]!.class.id}` };
    });
  });

  const haveSummariesApproved = async () => {
    const page = await stage.signIn("admin", "desktop", locale);
    const { words, wordsVersion: version } = await ask<SchoolSettings>(page, "/school-settings");
    const data = { version, words: { ...words, reviewsSummaries: true } };
    expect((await page.request.put("/api/v1/school-settings", { data })).ok()).toBe(true);
    await page.context().close();
  };

  test("there is no page that was not looked at", () => {
    const unseen = routes().filter(({ shape }) => ![...seen].some((path) => shape.test(path)));
    expect(unseen.map(({ folder }) => folder)).toEqual([]);
  });
});

/** Every page of the app, by its folder, with the shape of its addresses. */
function routes(): { readonly folder: string; readonly shape: RegExp }[] {
  return globSync("**/+page.svelte", { cwd: ROUTES }).map((file) => {
    const folder = dirname(file);
    const parts = folder.split("/").filter((part) => !part.startsWith("("));
    return {
      folder,
      shape: new RegExp(`^/${parts.map((part) => (part.startsWith("[") ? "[^/]+" : part)).join("/")}$`),
    };
  });
}
