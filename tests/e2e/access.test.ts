/** Reading a child whom one does not teach: asked for, approved for a while, read, told to nobody who need not know. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";
import type { OwnAccesses } from "@doudou/shared/contract/access-grants.ts";
import { expectAccessible, openPath, openStage, type Stage, takePicture } from "../support/stage.ts";

describe("reading beyond one's own classes", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test("is asked for, approved by somebody else, open for a while, and in an emergency at once", async () => {
    const teacher = await stage.signIn("teacher1", "tablet");
    const complaints: string[] = [];
    teacher.on("pageerror", (error) => complaints.push(String(error)));
    await teacher.getByRole("link", { name: "查阅申请（可看 1）" }).click();
    await teacher.getByText("下周起代课").waitFor();
    await expectAccessible(teacher);
    await takePicture(teacher, "access-tablet");
    await teacher.getByRole("button", { name: "申请查阅" }).click();
    const asking = teacher.getByRole("dialog");
    await asking.getByText("全班", { exact: true }).click();
    await asking.getByLabel("用途").selectOption({ label: "代课交接" });
    await asking.getByLabel("补充说明").fill("下周三起代两天课。");
    await expectAccessible(teacher);
    await takePicture(teacher, "access-ask-tablet");
    await asking.getByRole("button", { name: "提交申请" }).click();
    await teacher.getByText("下周三起代两天课。").waitFor();

    const admin = await stage.signIn("admin", "desktop");
    await admin.getByRole("link", { name: "查阅申请（3 件待办）" }).click();
    await admin.getByText("待核查的紧急查阅（1）").waitFor();
    await expectAccessible(admin);
    await takePicture(admin, "access-office-desktop");
    const asked = admin.getByRole("listitem").filter({ hasText: "下周三起代两天课。" });
    await asked.getByRole("button", { name: /^审批/ }).click();
    const deciding = admin.getByRole("dialog");
    await deciding.getByLabel("看多久").selectOption({ label: "1 天" });
    await takePicture(admin, "access-decide-desktop");
    await deciding.getByRole("button", { name: "确定" }).click();
    await asked.getByText("还剩").waitFor();
    const alarm = admin.getByRole("listitem").filter({ hasText: "没有人接" });
    await alarm.getByRole("button", { name: /^核查/ }).click();
    await deciding.getByLabel(/^理由/).fill("已问过当天值班老师，孩子平安接走。");
    await deciding.getByRole("button", { name: "确定" }).click();
    await admin.getByText("待核查的紧急查阅").waitFor({ state: "hidden" });

    await teacher.reload();
    await teacher.getByText("还剩 23 小时").or(teacher.getByText("还剩 1 天")).first().waitFor();
    const { accesses } = (await (await teacher.request.get("/api/v1/access")).json()) as OwnAccesses;
    const ofClass = accesses.find(({ phase, isOfClass }) => phase === "current" && isOfClass)!;
    await teacher.getByRole("link", { name: new RegExp(`打开.*${ofClass.class.name}`) }).click();
    await teacher.getByRole("heading", { name: ofClass.class.name }).first().waitFor();
    await takePicture(teacher, "access-class-tablet");
    await openPath(teacher, "/access");
    const child = accesses.find(({ student }) => student !== null)!.student!;
    await teacher.getByRole("link", { name: new RegExp(`打开.*${child.name}`) }).click();
    await teacher
      .getByRole("heading", { name: child.name.slice(-2) })
      .first()
      .waitFor();
    await takePicture(teacher, "access-child-tablet");

    const phone = await stage.signIn("teacher2", "phone");
    await openPath(phone, "/access");
    const own = (await (await phone.request.get("/api/v1/access")).json()) as OwnAccesses;
    await phone.getByRole("button", { name: "紧急查阅" }).click();
    const opening = phone.getByRole("dialog");
    await opening.getByLabel("班级").selectOption({ label: own.classes.at(-1)!.name });
    await opening.getByLabel("孩子的姓名或学号").fill("没有这个人");
    await opening.getByLabel("发生了什么").fill("在校门口发烧，联系不上家长。");
    await opening.getByLabel("再输一次您的密码").fill(DEMO_PASSWORD);
    await expectAccessible(phone);
    await takePicture(phone, "access-emergency-phone");
    await opening.getByRole("button", { name: "立即打开" }).click();
    await opening.getByText("没有对上的学生").waitFor();
    await phone.keyboard.press("Escape");
    await takePicture(phone, "access-phone");
    expect(complaints).toEqual([]);
  });
});
