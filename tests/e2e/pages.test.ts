/** Every page, in both languages, on the screens it is for: opens without an error in the console, and axe finds nothing. */
import type { Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList, Roster } from "@doudou/shared/contract/classes.ts";
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type { SummaryList } from "@doudou/shared/contract/summaries.ts";
import {
  expectAccessible,
  openPath,
  openStage,
  type SCREENS,
  type Stage,
  takePicture,
} from "../support/stage.ts";

type Screen = keyof typeof SCREENS;

/** To open it, to make sure, and as the page before it was left: a few times. A page that asks in a circle asks dozens. */
const AS_OFTEN_AS_A_CALM_PAGE_ASKS = 8;

describe.each(["zh-CN", "en"] as const)("in %s", (locale) => {
  let stage: Stage;
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
      await takePicture(page, `${name}-${screen}-${locale}`);
      page.off("request", count);
      expect([...asked].filter(([, times]) => times > AS_OFTEN_AS_A_CALM_PAGE_ASKS)).toEqual([]);
    }
    expect(complaints.join("\n")).toBe("");
    await page.context().close();
  };
  const ask = async <T>(page: Page, path: string): Promise<T> =>
    (await (await page.request.get(`/api/v1${path}`)).json()) as T;

  test("signing in, and a page that is not there", async () => {
    for (const screen of ["tablet", "phone"] as const) {
      const page = await (await stage.openContext(screen, locale)).newPage();
      await openPath(page, "/sign-in");
      await expectAccessible(page);
      await takePicture(page, `sign-in-${screen}-${locale}`);
      await openPath(page, "/join");
      await expectAccessible(page);
      await openPath(page, "/privacy");
      await expectAccessible(page);
      await openPath(page, "/nowhere");
      await expectAccessible(page);
      await page.context().close();
    }
  });

  test.each(["tablet", "portrait", "phone"] as const)("a teacher's pages: %s", async (screen) => {
    const paths = async (page: Page) => {
      const { classes } = await ask<ClassList>(page, "/classes");
      const classId = classes[0]!.id;
      const { students } = await ask<Roster>(page, `/classes/${classId}/roster`);
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
        access: "/access",
        inbox: "/inbox",
        portfolio: `/students/${students[0]!.id}`,
      };
    };
    await expectSoundPages("teacher1", screen, paths);
  });

  test(
    "an administrator's classes and office",
    () =>
      expectSoundPages("admin", "desktop", async (page) => ({
        "classes-admin": "/classes",
        office: "/office",
        dashboard: "/office/dashboard",
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
        "office-access": "/office/access",
        "sign-in-office": "/office/sign-in",
        account: "/account",
      })),
    240_000,
  );

  test.each(["tablet", "phone"] as const)("a child's page: %s", (screen) =>
    expectSoundPages("student1", screen, async () => ({ me: "/me" })),
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
});
