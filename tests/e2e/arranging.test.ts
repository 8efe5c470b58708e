/** Where children sit and who works with whom: by hand, by keyboard, by chance; for the teachers of the class alone. */
import type { Page } from "playwright-core";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { GroupSets } from "@doudou/shared/contract/groups.ts";
import type { SeatingPlans } from "@doudou/shared/contract/seating.ts";
import { expectAccessible, openStage, type SCREENS, type Stage, takePicture } from "../support/stage.ts";

const PATIENT = { timeout: 15_000 };

describe("seats and groups", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ isAsAtHome: true });
  });
  afterAll(() => stage.close());

  const open = async (
    what: "seating" | "groups" | "",
    screen: keyof typeof SCREENS,
    locale: "zh-CN" | "en" = "zh-CN",
  ) => {
    const page = await stage.signIn("teacher1", screen, locale);
    const { classes } = (await (await page.request.get("/api/v1/classes")).json()) as ClassList;
    await page.goto(`/classes/${classes[0]!.id}/${what}`);
    return { page, classId: classes[0]!.id };
  };
  const desks = (page: Page) => page.locator("[data-desk]");
  const nameAt = (page: Page, index: number) => desks(page).nth(index).innerText();
  const tray = (page: Page) => page.locator("[data-place=tray]");
  const plansOf = async (page: Page, classId: string) =>
    (await (await page.request.get(`/api/v1/classes/${classId}/seating-plans`)).json()) as SeatingPlans;
  const dragTo = async (page: Page, from: ReturnType<Page["locator"]>, to: ReturnType<Page["locator"]>) => {
    const [start, end] = [(await from.boundingBox())!, (await to.boundingBox())!];
    await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
    await page.mouse.down();
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 6 });
    await page.mouse.up();
  };

  test("children change desks by dragging and by keyboard; undo, save, and both views on paper", async () => {
    const { page, classId } = await open("seating", "tablet");
    await desks(page).first().waitFor();
    const before = [await nameAt(page, 10), await nameAt(page, 17)] as const;
    expect(before.every((name) => name !== "")).toBe(true);
    await dragTo(page, desks(page).nth(10), desks(page).nth(17));
    expect([await nameAt(page, 17), await nameAt(page, 10)]).toEqual(before);
    await expectAccessible(page);
    await takePicture(page, "seating-tablet");
    await page.getByRole("button", { name: "撤销上一步" }).click();
    expect([await nameAt(page, 10), await nameAt(page, 17)]).toEqual(before);

    await desks(page).nth(10).focus();
    await page.keyboard.press("Enter");
    await page.getByText(`已选${before[0]}`).waitFor();
    await page.keyboard.press("ArrowRight");
    const beside = await nameAt(page, 11);
    await page.keyboard.press("Enter");
    expect([await nameAt(page, 10), await nameAt(page, 11)]).toEqual([beside, before[0]]);

    await dragTo(page, desks(page).nth(11), tray(page));
    await tray(page).getByRole("button", { name: before[0], exact: true }).waitFor();
    await page.getByText("有改动，还没保存").waitFor();
    await page.reload();
    await tray(page).getByRole("button", { name: before[0], exact: true }).waitFor();
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await page.getByText(/^已保存/).waitFor();
    const { plans, students } = await plansOf(page, classId);
    const moved = students.find(({ name }) => name === before[0])!;
    expect(plans[0]?.seats).not.toContain(moved.id);

    await page.getByRole("radio", { name: "学生视角" }).check({ force: true });
    const shown = await desks(page).allInnerTexts();
    const names = new Map(students.map(({ id, name }) => [id, name]));
    expect(shown).toEqual(plans[0]!.seats.map((id) => (id === null ? "" : names.get(id))));
    await page.getByRole("button", { name: "按名单补位" }).click();
    await page.getByText("都有座位了").waitFor();
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await page.getByText(/^已保存/).waitFor();

    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".printed section").count()).toBe(2);
    expect(await page.locator(".printed section").first().isVisible()).toBe(true);
    expect(await desks(page).first().isVisible()).toBe(false);
    await takePicture(page, "seating-print");
    await page.context().close();
  });

  test("the class page shows the children as they sit, without scrolling, with and without a network", async () => {
    const { page } = await open("", "tablet");
    await page.getByRole("listbox").waitFor();
    await page.getByRole("button", { name: "课堂工具" }).tap();
    await page.getByRole("dialog").getByRole("button", { name: "按座位排" }).tap();
    await page.keyboard.press("Escape");
    const cells = page.getByRole("listbox").getByRole("option");
    await expect.poll(() => cells.first().evaluate((cell) => cell.style.gridRow), PATIENT).not.toBe("");
    const room = page.locator(".room");
    expect(
      await room.evaluate(
        (box) => box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth,
      ),
    ).toBe(true);
    const first = await cells.first().innerText();
    await cells.first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    expect(await page.locator(":focus").innerText()).toBe(first);
    await expectAccessible(page);
    await takePicture(page, "class-seats-tablet");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.context().setOffline(true);
    await page.reload();
    await expect.poll(() => cells.first().evaluate((cell) => cell.style.gridRow), PATIENT).not.toBe("");
    await page.context().close();
  });

  test("a subject teacher sees the class as it sits in the own subject, and may have it sit as in all others", async () => {
    const { classId } = await open("", "tablet");
    const page = await stage.signIn("teacher21", "tablet");
    await page.goto(`/classes/${classId}`);
    await page.getByRole("listbox").waitFor();
    await page.getByRole("button", { name: "课堂工具" }).tap();
    const tools = page.getByRole("dialog", { name: "课堂工具" });
    await tools.getByRole("button", { name: "按座位排" }).tap();
    const which = tools.getByLabel("哪张座位表");
    const shown = () => which.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.label);
    await expect.poll(shown, PATIENT).toBe("科学实验室");
    await expectAccessible(page);
    await takePicture(page, "class-seats-which-tablet");
    const sitting = () =>
      page
        .locator("[role=listbox] [role=option]")
        .evaluateAll((cells: HTMLElement[]) =>
          cells.map(({ innerText, style }) => `${innerText} ${style.gridRow} ${style.gridColumn}`).sort(),
        );
    const inLaboratory = await sitting();
    await which.selectOption({ label: "教室座位" });
    await expect.poll(sitting, PATIENT).not.toEqual(inLaboratory);
    const usually = await sitting();
    await page.reload();
    await expect.poll(sitting, PATIENT).toEqual(usually);
    await page.context().close();
  });

  test("groups by chance keep a pair apart; one tap on a group and an award reach its children who are here", async () => {
    const { page, classId } = await open("groups", "tablet");
    await page.getByText("尽量分开的孩子").click();
    await page.getByRole("button", { name: /^不再分开/ }).waitFor();
    await expectAccessible(page);
    await takePicture(page, "groups-tablet");
    await page.getByLabel("怎么分").selectOption({ label: "分成 8 组" });
    await page.getByRole("button", { name: "随机分组" }).click();
    await expect.poll(() => page.locator("[data-place^=group]").count(), PATIENT).toBe(8);
    expect(await page.getByText(/没能分开/).count()).toBe(0);
    await page.getByText("都在小组里了").waitFor();

    const place = (index: number) => page.locator("[data-place^=group]").nth(index);
    const chip = place(0).locator("[data-moves]").first();
    const name = await chip.innerText();
    await dragTo(page, chip, tray(page));
    const waiting = tray(page).getByRole("button", { name, exact: true });
    await waiting.waitFor();
    await waiting.focus();
    await page.keyboard.press("Enter");
    const put = place(1).getByRole("button", { name: `把${name}放到这里` });
    await put.focus();
    await page.keyboard.press("Enter");
    await place(1).getByRole("button", { name, exact: true }).waitFor();
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await page.getByText(/^已保存/).waitFor();
    const sets = (await (
      await page.request.get(`/api/v1/classes/${classId}/group-sets`)
    ).json()) as GroupSets;
    const second = sets.sets[0]!.groups[1]!;
    expect(second.studentIds.map((id) => sets.students.find((student) => student.id === id)?.name)).toContain(
      name,
    );

    await page.goto(`/classes/${classId}`);
    await page.getByRole("listbox").waitFor();
    await page.getByRole("button", { name: "课堂工具" }).tap();
    await page.getByRole("dialog").getByRole("button", { name: "小组", exact: true }).tap();
    const strip = page.getByRole("toolbar", { name: "小组" });
    await strip.getByRole("button", { name: new RegExp(`^${second.name}，`) }).tap();
    const chosen = page.locator("[role=option][aria-selected=true]");
    const absent = await page
      .getByRole("option")
      .filter({ hasText: "今天没来" })
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset["child"] ?? ""));
    const here = second.studentIds.filter((id) => !absent.includes(id));
    await expect.poll(() => chosen.count(), PATIENT).toBe(here.length);
    await expectAccessible(page);
    await takePicture(page, "group-strip-tablet");
    const sent = page.waitForRequest((request) => request.url().endsWith("/api/v1/awards"));
    await page.getByRole("tabpanel").locator("button.tile").first().tap();
    const { awards } = (await sent).postDataJSON() as { awards: { studentId: string }[] };
    expect(awards.map(({ studentId }) => studentId).sort()).toEqual([...here].sort());
    await page.context().close();
  });

  test("pupils and families get neither seats nor groups", async () => {
    const teacher = await open("seating", "tablet");
    for (const login of ["student1", "parent1"]) {
      const page = await stage.signIn(login, "phone");
      for (const what of ["seating-plans", "group-sets", "kept-apart"]) {
        const answer = await page.request.get(`/api/v1/classes/${teacher.classId}/${what}`);
        expect([login, what, answer.status()]).toEqual([login, what, 403]);
      }
      await page.context().close();
    }
    await teacher.page.context().close();
  });

  // From here on the account speaks English.
  test("a colleague was quicker: nothing is lost, and the teacher decides", async () => {
    const { page, classId } = await open("seating", "portrait", "en");
    await desks(page).first().waitFor();
    const { plans } = await plansOf(page, classId);
    await page.getByLabel("Name", { exact: true }).fill("Mine");
    const { id, version, name, subjectId, rows, columns, aisles, seats } = plans[0]!;
    const theirs = { name: "Theirs", subjectId, rows, columns, aisles, seats, version };
    await page.request.put(`/api/v1/classes/${classId}/seating-plans/${id}`, { data: theirs });
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(/has changed this one, too/).waitFor();
    await expectAccessible(page);
    await takePicture(page, "seating-conflict-portrait-en");
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Mine");
    await page.getByRole("button", { name: "Save mine" }).click();
    await page.getByText(/^Saved/).waitFor();
    expect((await plansOf(page, classId)).plans[0]?.name).toBe("Mine");
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(/Your changes stay on this device/).waitFor();
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(/^Saved/).waitFor();
    await page.context().close();
  });

  test("another plan opened while the first is being saved knows nothing of the first one's conflict", async () => {
    const { page, classId } = await open("seating", "tablet", "en");
    const { plans } = await plansOf(page, classId);
    const { id, version, name, subjectId, rows, columns, aisles, seats } = plans[0]!;
    const contents = { subjectId, rows, columns, aisles, seats };
    const put = (planId: string, plan: object) =>
      page.request.put(`/api/v1/classes/${classId}/seating-plans/${planId}`, {
        data: { ...contents, ...plan },
      });
    expect((await put(uuidv7(), { name: "Second", version: 0 })).ok()).toBe(true);
    await page.reload();
    const field = page.getByLabel("Name", { exact: true });
    const which = page.getByRole("combobox").first();
    await which.selectOption({ label: name });
    await field.fill("Mine");
    let letGo = () => {};
    const held = new Promise<void>((go) => (letGo = go));
    const path = `**/seating-plans/${id}`;
    await page.route(path, (route) => held.then(() => route.continue()));
    await page.getByRole("button", { name: "Save", exact: true }).click();
    expect((await put(id, { name: "Theirs", version })).ok()).toBe(true);
    await which.selectOption({ label: "Second" });
    const told = page.waitForResponse((response) => response.url().endsWith("/seating-plans"));
    letGo();
    await told;
    await which.selectOption({ label: "Mine" });
    await page.getByText(/has changed this one, too/).waitFor();
    await which.selectOption({ label: "Second" });
    expect(await page.getByText(/has changed this one, too/).count()).toBe(0);
    expect(await field.inputValue()).toBe("Second");
    await which.selectOption({ label: "Mine" });
    await page.unroute(path);
    await page.getByRole("button", { name: "Save mine" }).click();
    await page.getByText(/^Saved/).waitFor();
    const names = (await plansOf(page, classId)).plans.map((plan) => plan.name);
    expect(names.sort()).toEqual(["Mine", "Second", "科学实验室"]);
    await page.context().close();
  });

  test.each(["seating", "groups"] as const)(
    "%s on a phone, in English, with nothing to scroll sideways",
    async (what) => {
      const { page } = await open(what, "phone", "en");
      await page.locator("[data-place=tray]").waitFor();
      await expectAccessible(page);
      await takePicture(page, `${what}-phone-en`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await page.context().close();
    },
  );
});
