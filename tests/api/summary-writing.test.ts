/** Writing term summaries: the evidence beside the editor, and one sentence of each subject teacher in what is published. */
import { extractText } from "unpdf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { TermSummary } from "@doudou/shared/contract/summaries.ts";
import type { ClassEvidence, OwnRemarks, SummaryEvidence } from "@doudou/shared/contract/summary-writing.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let subject: Client;
  let path: string;
  let remarks: string;
  beforeAll(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    subject = await clientOf(world, world.school.subject);
    path = `/students/${world.school.children[0]!.id}/summaries/${world.school.termId}`;
    remarks = `/classes/${world.school.classId}/summary-remarks`;
  });
  afterAll(() => world.close());

  const save = (by: Client, text: string, version: number, code = "music") =>
    by.ask("PUT", `${path}/remark`, { subject: code, text, version });
  const versionOf = async (by: Client, code: string) =>
    (await by.get<OwnRemarks>(remarks)).students[0]!.remarks.find(({ subject: of }) => of === code)
      ?.version ?? 0;
  /** Saves over what the server has. */
  const remark = async (by: Client, text: string, code = "music") =>
    await save(by, text, await versionOf(by, code), code);

  test("the evidence of a term names points, days and notes, those with a note first", async () => {
    const { school } = world;
    const studentId = school.children[0]!.id;
    const at = (minutes: number) => new Date(WORLD_NOW.getTime() - minutes * MINUTE);
    await homeroom.award(
      awardIn(school, at(30), { studentId, note: "把伞让给了同学" }),
      awardIn(school, at(10), { studentId, observationPointId: school.points.progress }),
    );
    const evidence = await homeroom.get<SummaryEvidence>(`${path}/evidence`);
    expect(evidence.moments.map(({ note }) => note)).toEqual(["把伞让给了同学", null]);
    expect(evidence.moments[0]).toMatchObject({ day: "2026-11-11", dimension: "moral", by: "王老师" });
    expect(evidence.dimensions.map(({ records }) => records)).toEqual([1, 1, 0, 0, 0]);
    expect(evidence.dimensions[0]?.points).toHaveLength(1);
    expect(evidence.grewMost).toBeNull();
    expect(JSON.stringify(evidence)).not.toMatch(/rank|beans/);
  });

  test("the evidence of a whole class says of each child what its own says, and the log names the class once", async () => {
    const { classId, children, termId } = world.school;
    await remark(subject, "你总能听见别人的声音。");
    const all = await homeroom.get<ClassEvidence>(`/classes/${classId}/summary-evidence?termId=${termId}`);
    expect(all.students.map(({ studentId }) => studentId)).toEqual(children.map(({ id }) => id));
    for (const each of all.students)
      expect(each).toEqual(await homeroom.get(`/students/${each.studentId}/summaries/${termId}/evidence`));
    expect(all.students[0]?.remarks).toHaveLength(1);
    const admin = await clientOf(world, world.school.admin);
    const { entries } = await admin.get<AuditPage>("/audit?action=summary.list-evidence");
    expect(entries).toMatchObject([{ kind: "read", class: { id: classId }, student: null }]);
    await remark(subject, "");
  });

  test("a subject teacher's sentence is its author's, and reaches the writer, the snapshot and the PDF", async () => {
    expect((await remark(subject, "  合唱时\n你总能听见别人的声音。 ")).status).toBe(200);
    const own = await subject.get<OwnRemarks>(remarks);
    expect(own.subjects).toEqual([{ code: "music", name: { zh: "音乐", en: "Music" } }]);
    expect(own.students[0]).toMatchObject({
      isPublished: false,
      remarks: [{ subject: "music", text: "合唱时 你总能听见别人的声音。", version: 3 }],
    });
    expect((await homeroom.get<OwnRemarks>(remarks)).students[0]?.remarks).toEqual([]);
    const told = {
      subject: { zh: "音乐", en: "Music" },
      by: "李老师",
      text: "合唱时 你总能听见别人的声音。",
    };
    expect((await homeroom.get<SummaryEvidence>(`${path}/evidence`)).remarks).toEqual([told]);

    await homeroom.ask("PUT", `${path}/comment`, { comment: "你是一个爱提问的孩子。", commentVersion: 0 });
    expect((await homeroom.ask("POST", `${path}/publish`)).status).toBe(200);
    const guardian = await clientOf(world, world.school.guardian);
    expect((await guardian.get<TermSummary>(path)).snapshot.remarks).toEqual([told]);
    const pdf = await world.app.server.inject({
      url: `/api/v1${path}/pdf`,
      headers: { cookie: await world.signIn(world.school.guardian) },
    });
    const { text } = await extractText(new Uint8Array(pdf.rawPayload), { mergePages: true });
    expect(text.replaceAll(/\s/g, "")).toContain("合唱时你总能听见别人的声音。音乐·李老师");
  });

  test("what is written after publishing is in no frozen summary, and a correction says the words have changed", async () => {
    const before = await homeroom.get<TermSummary>(path);
    expect((await remark(subject, "现在你也敢独唱了。")).status).toBe(200);
    const after = await homeroom.get<TermSummary>(path);
    expect([after.sha256, after.snapshot]).toEqual([before.sha256, before.snapshot]);
    await homeroom.ask("POST", `${path}/publish`);
    const corrected = await homeroom.get<TermSummary>(path);
    expect(corrected.snapshot.remarks?.map(({ text }) => text)).toEqual(["现在你也敢独唱了。"]);
    expect(corrected.changes).toEqual(["comment"]);
  });

  test("an empty sentence takes it away, and a summary without any has no place for them", async () => {
    await remark(subject, "  ");
    expect((await subject.get<OwnRemarks>(remarks)).students[0]?.remarks).toMatchObject([{ text: "" }]);
    expect((await homeroom.get<SummaryEvidence>(`${path}/evidence`)).remarks).toEqual([]);
    await homeroom.ask("POST", `${path}/publish`);
    expect((await homeroom.get<TermSummary>(path)).snapshot).not.toHaveProperty("remarks");
  });

  test("a sentence saved on two devices is overwritten by neither unseen, not even where one took it away", async () => {
    const before = await versionOf(subject, "music");
    expect((await save(subject, "从平板写的。", before)).status).toBe(200);
    const refused = await save(subject, "从手机写的。", before);
    expect([refused.status, refused.code]).toEqual([409, "remark-conflict"]);
    expect((await save(subject, "从手机写的。", 0)).code).toBe("remark-conflict");
    const [own] = (await subject.get<OwnRemarks>(remarks)).students[0]!.remarks;
    expect(own).toEqual({ subject: "music", text: "从平板写的。", version: before + 1 });
    const taken = await save(subject, "", before + 1);
    expect(JSON.parse(taken.body)).toMatchObject({ version: before + 2 });
    expect((await save(subject, "从手机写的。", before + 1)).code).toBe("remark-conflict");
    expect((await save(subject, "从手机写的。", before + 2)).status).toBe(200);
  });

  test("nobody writes in a subject that is another's, or more than a sentence", async () => {
    expect((await remark(subject, "画得真好", "art")).code).toBe("subject-not-taught");
    expect((await remark(homeroom, "唱得真好")).code).toBe("subject-not-taught");
    expect((await remark(subject, "好".repeat(121))).status).toBe(400);
    expect((await save(await clientOf(world, world.school.outsider), "好", 0)).status).toBe(403);
    expect((await save(await clientOf(world, world.neighbour.subject), "好", 0)).status).toBe(404);
    for (const person of [world.school.guardian, world.school.student, world.school.subject]) {
      const answer = await (await clientOf(world, person)).ask("GET", `${path}/evidence`);
      expect([person.name, answer.status]).toEqual([person.name, 403]);
    }
  });
});
