/** Who leads a grade: named by the office, told of a class that is handed in, and reviewing it; its own class the office does. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassList } from "@doudou/shared/contract/classes.ts";
import type { StaffList } from "@doudou/shared/contract/people.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import type { ClassSummaries } from "@doudou/shared/contract/summaries.ts";
import { ask, expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("the leader of a grade", () => {
  let stage: Stage;
  /** Of the first class of grade three. */
  let homeroom: Page;
  let classId: string;
  beforeAll(async () => {
    stage = await openStage();
    homeroom = await stage.signIn("teacher1", "tablet");
    classId = (await ask<ClassList>(homeroom, "/classes")).classes.find(({ isHomeroom }) => isHomeroom)!.id;
  });
  afterAll(() => stage.close());

  const summaries = () => ask<ClassSummaries>(homeroom, `/classes/${classId}/summaries`);
  const handIn = async () => {
    const { students, term } = await summaries();
    const { id, commentVersion } = students[0]!;
    const comment = "你总把伞让给同学，还陪他走到医务室。";
    await homeroom.request.put(`/api/v1/students/${id}/summaries/${term.id}/comment`, {
      data: { comment, commentVersion },
    });
    const answer = await homeroom.request.post(`/api/v1/classes/${classId}/summaries/hand-in`, {
      data: { termId: term.id },
    });
    expect(answer.status()).toBe(204);
  };

  test("is named on the teacher's page, for this school year", async () => {
    const office = await stage.signIn("admin", "tablet");
    const { words, wordsVersion: version } = await ask<SchoolSettings>(office, "/school-settings");
    const data = { version, words: { ...words, reviewsSummaries: true } };
    expect((await office.request.put("/api/v1/school-settings", { data })).ok()).toBe(true);
    const { staff } = await ask<StaffList>(office, "/people/staff");
    const teacher = staff.find(({ teaches }) =>
      teaches.some((post) => post.isHomeroom && post.classId === classId),
    )!;
    await openPath(office, `/office/people/staff/${teacher.id}`);
    await office.getByText("没有担任年级组长。").waitFor();
    await office.getByRole("button", { name: "任命年级组长" }).click();
    const sheet = office.getByRole("dialog");
    await sheet.getByLabel("年级", { exact: true }).selectOption({ label: "三年级" });
    await takePicture(office, "grade-leader-name-tablet");
    await expectAccessible(office);
    await sheet.getByRole("button", { name: "确定任命" }).click();
    await office.getByText("三年级组长").waitFor();
    await expectAccessible(office);
    await takePicture(office, "grade-leader-member-tablet");
    await office.context().close();
  });

  test("finds the own class among the grade's, left to the office", async () => {
    await openPath(homeroom, "/classes");
    await homeroom.getByRole("link", { name: "年级审核" }).tap();
    await homeroom.getByText("您是这个班的班主任，由学校审核").waitFor();
    expect(await homeroom.locator(`main a[href*="${classId}"]`).count()).toBe(0);
    await expectAccessible(homeroom);
    await takePicture(homeroom, "grade-leader-own-tablet");
  });

  test("is told of a class that is handed in, reads it and returns it with a remark", async () => {
    await handIn();
    const leader = await stage.signIn("teacher15", "phone");
    await openPath(leader, "/inbox");
    await leader.getByText("三年级1班交来了学期成长报告，请审核").waitFor();
    await openPath(leader, "/classes");
    await takePicture(leader, "grade-leader-classes-phone");
    await leader.getByRole("link", { name: "1 个班交来待审核" }).tap();
    await leader.getByRole("heading", { name: "年级审核" }).waitFor();
    await expectAccessible(leader);
    await takePicture(leader, "grade-leader-reviews-phone");
    await leader.getByRole("link", { name: /三年级1班/ }).tap();
    await leader.getByRole("button", { name: /^批注/ }).first().tap();
    await leader.getByLabel(/这份的批注$/).fill("再写一件只属于这个孩子的事。");
    await expectAccessible(leader);
    await takePicture(leader, "grade-leader-review-phone");
    await leader.reload();
    const kept = leader.getByLabel(/这份的批注$/);
    await expect.poll(() => kept.inputValue()).toBe("再写一件只属于这个孩子的事。");
    await leader.getByRole("button", { name: "退回修改" }).tap();
    await leader.getByText("已退回，请修改").waitFor();
    await leader.getByRole("link", { name: "年级审核" }).tap();
    await leader.getByText("没有等待审核的班").waitFor();
    const left = await leader.evaluate(() =>
      Object.keys(localStorage).filter((key) => key.includes(".review.")),
    );
    expect(left).toEqual([]);
    await leader.context().close();
    expect((await summaries()).students[0]?.returned).toBe("再写一件只属于这个孩子的事。");
  });

  test("approves what is handed in again, in English too", async () => {
    await handIn();
    const leader = await stage.signIn("teacher15", "tablet", "en");
    await openPath(leader, "/classes");
    await takePicture(leader, "grade-leader-classes-tablet-en");
    await leader.getByRole("link", { name: "1 class handed in to you" }).tap();
    await leader.getByRole("heading", { name: "Review of your grade" }).waitFor();
    await expectAccessible(leader);
    await takePicture(leader, "grade-leader-reviews-tablet-en");
    await leader.getByRole("link", { name: /三年级1班/ }).tap();
    await leader.getByRole("button", { name: "Approve", exact: true }).tap();
    await leader.getByText(/^Approved ·/).waitFor();
    await expectAccessible(leader);
    await leader.context().close();
    expect((await summaries()).round.state).toBe("approved");
  });

  test("leads no more once the office has ended it, and what was stays to be read", async () => {
    const office = await stage.signIn("admin", "phone");
    const { staff } = await ask<StaffList>(office, "/people/staff");
    const { id } = staff.find(
      ({ leads, teaches }) => leads.length > 0 && !teaches.some((t) => t.isHomeroom),
    )!;
    await openPath(office, `/office/people/staff/${id}`);
    await takePicture(office, "grade-leader-member-phone");
    await expectAccessible(office);
    await office.getByRole("button", { name: "结束任命" }).tap();
    await office.getByRole("dialog").getByLabel("最后一天").fill("2026-11-10");
    await office.getByRole("button", { name: "确定结束" }).tap();
    await office.getByText("以往年级（1）").tap();
    await office.getByText("三年级组长").waitFor();
    await office.context().close();
    const leader = await stage.signIn("teacher15", "tablet", "en");
    await openPath(leader, "/reviews");
    await leader.getByText("No class for you to review").waitFor();
    await expectAccessible(leader);
    await leader.context().close();
  });
});
