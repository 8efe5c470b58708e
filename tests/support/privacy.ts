/** A child of whom a school knows a great deal, and what of it must be gone once it is erased. */
import { and, eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { guardiansOf } from "@doudou/db/repositories/guardians.ts";
import { awardIn, clientOf } from "./client.ts";
import { joinAs, printLetters } from "./guardians.ts";
import { makePlan } from "./individual-plans.ts";
import { officeOf } from "./office.ts";
import { pdf } from "./media.ts";
import { agreeToPhotos, photo } from "./pictures.ts";
import { csvOf, nationalNo } from "./rosters.ts";
import { PASSWORD, WORLD_NOW } from "./school.ts";
import type { World } from "./world.ts";

export interface KnownChild {
  readonly id: string;
  /** The award with the picture. */
  readonly awardId: string;
  readonly pictureId: string;
  readonly workFileId: string;
  /** Words, names and numbers that lead to the child or its guardian. */
  readonly traces: readonly string[];
}

/**
 * Fills the record of the school's first child, whose guardian is the school's `guardian`, and once was another who came
 * in by a letter and was removed: a picture of its own and
 * one with the second child, notes, a void with its reason, reminders, proposals, a summary, a roster with phones, and
 * reads of it.
 */
export async function knowChild(world: World): Promise<KnownChild> {
  const { school, database } = world;
  const [child, other] = school.children;
  if (!child || !other) throw new Error("a school needs two children");
  const teacher = await clientOf(world, school.homeroom);
  const student = await clientOf(world, school.student);
  const colleague = await clientOf(world, school.subject);
  const admin = await officeOf(world, school.admin);
  const { id } = child;
  const no = nationalNo("2017-03-08", 22);
  const roster = csvOf([
    ["学号", "姓名", "班级", "学籍号", "性别", "出生日期", "家长姓名", "家长电话"],
    ["forest-0100", child.name, "三年级1班", no, "女", "2017-03-08", school.guardian.name, "13900007788"],
  ]);
  const brought = await admin.bring(roster);
  const { state } = await admin.apply(brought.id);
  if (state !== "applied" || brought.counts?.changed !== 1) throw new Error("the office knows nothing more");
  await agreeToPhotos(database, school, [child, other]);
  const alone = await teacher.upload(await photo({ shade: 31 }), [child]);
  const together = await teacher.upload(await photo({ shade: 32 }), [child, other]);
  const first = awardIn(school, WORLD_NOW, {
    studentId: id,
    note: "替迷路的小鸟找到了窝",
    evidenceIds: [alone.id],
  });
  const second = awardIn(school, WORLD_NOW, { studentId: id, evidenceIds: [together.id] });
  const mistaken = awardIn(school, WORLD_NOW, { studentId: id, note: "这一条记错了人" });
  await teacher.award(first, second, mistaken);
  await teacher.void([mistaken.id], "应该是隔壁桌的孩子");
  await teacher.ask("POST", `/students/${id}/reminders`, {
    id: uuidv7(),
    text: "最近睡得太晚",
    guardianMaySee: true,
    occurredAt: WORLD_NOW.toISOString(),
  });
  await teacher.ask("POST", `/students/${id}/reminders`, {
    id: uuidv7(),
    text: "只和同事商量的话",
    guardianMaySee: false,
    occurredAt: WORLD_NOW.toISOString(),
  });
  await student.ask("POST", `/students/${id}/proposals`, {
    id: uuidv7(),
    voice: "self",
    observationPointId: school.points.own,
    words: "我给花浇了水",
  });
  await teacher.ask("PUT", `/students/${id}/notes/${uuidv7()}`, {
    words: "下课常一个人待着",
    guardianMaySee: false,
  });
  const { planId } = await makePlan(teacher, id, { focus: "看懂同伴的表情" });
  await colleague.ask("PUT", `/students/${id}/individual-plans/${planId}/notes/${uuidv7()}`, {
    text: "午饭时认出了同桌的难过",
  });
  const paper = await student.addFile(id, pdf(), "application/pdf");
  await student.ask("PUT", `/students/${id}/works/${uuidv7()}`, {
    title: "月亮上的花园",
    dimension: "arts",
    reflection: "我想住在那里",
    fileIds: [paper.id],
  });
  await teacher.ask("PUT", `/students/${id}/honours/${uuidv7()}`, {
    title: "护绿小卫士",
    level: "school",
    givenBy: "环保社团的周校医",
    day: "2026-11-02",
    dimension: "labour",
  });
  const outing = { startsOn: "2026-11-02", endsOn: "2026-11-02", minutes: 60, dimensions: [] };
  const museum = {
    ...outing,
    title: "去看恐龙化石",
    sort: "place",
    place: "自然博物馆",
    about: "爷爷带我去的",
  };
  await student.ask("PUT", `/students/${id}/activities/${uuidv7()}`, museum);
  const activityId = uuidv7();
  await teacher.ask("PUT", `/classes/${school.classId}/activities/${activityId}`, {
    ...outing,
    title: "班级义卖",
    sort: "school",
    place: "操场",
    about: "",
    students: [{ studentId: id, part: "守着旧书摊" }],
  });
  await student.ask("PUT", `/students/${id}/activities/${activityId}/reflection`, {
    reflection: "嗓子都喊哑了",
  });
  await teacher.ask("PUT", `/classes/${school.classId}/kept-apart/${id}/${other.id}`);
  const [code = ""] = await printLetters(teacher, school.classId, id);
  await joinAs(world, code, { name: "康伯伯", phone: "13711112222" });
  const joined = await database.read(school.id, (store) => guardiansOf(store, school.id, [id]));
  const uncle = joined.find(({ name }) => name === "康伯伯");
  const removal = `/students/${id}/guardians/${uncle?.guardianshipId}/removal`;
  const { status } = await admin.ask("POST", removal, { reason: "custody", note: "法院来过通知" });
  if (status !== 200 && status !== 204) throw new Error("the uncle was not removed");
  const outsider = await clientOf(world, school.outsider);
  const emergency = { id: uuidv7(), classId: school.classId, child: child.name, password: PASSWORD };
  await outsider.ask("POST", "/access/emergency", { ...emergency, reason: "孩子说要离家出走" });
  await outsider.get(`/students/${id}/portfolio`);
  const summary = `/students/${id}/summaries/${school.termId}`;
  await colleague.ask("PUT", `${summary}/remark`, {
    subject: "music",
    text: "合唱时像一只小百灵",
    version: 0,
  });
  await teacher.ask("PUT", `${summary}/comment`, { comment: "你总是第一个举手。", commentVersion: 0 });
  await teacher.ask("POST", `${summary}/publish`);
  const guardian = await clientOf(world, school.guardian);
  const record = { questId: null, isNamed: true };
  await guardian.ask("PUT", `/students/${id}/credentials/${uuidv7()}`, record);
  await guardian.ask("POST", `/students/${id}/home-voices`, {
    id: uuidv7(),
    about: "home-reading",
    level: 3,
    day: "2026-11-11",
    words: "睡前读了半小时",
  });
  await guardian.ask("PUT", `${summary}/signature`, { revision: 1, name: "林小满的妈妈" });
  await guardian.ask("POST", `${summary}/messages`, { id: uuidv7(), text: "我们在家也会多陪他读书" });
  await teacher.get(`/students/${id}/portfolio`);
  return {
    id,
    awardId: first.id,
    pictureId: alone.id,
    workFileId: paper.id,
    traces: [
      child.name,
      "forest-0100",
      no,
      "2017-03-08",
      school.guardian.name,
      `"${school.guardian.login}"`,
      `"${school.student.login}"`,
      "13900007788",
      "康伯伯",
      "13711112222",
      "法院来过通知",
      "孩子说要离家出走",
      "替迷路的小鸟找到了窝",
      "下课常一个人待着",
      "看懂同伴的表情",
      "提前两分钟轻声提醒；座位靠前",
      "自己换好活动",
      "午饭时认出了同桌的难过",
      "睡前读了半小时",
      "这一条记错了人",
      "应该是隔壁桌的孩子",
      "最近睡得太晚",
      "只和同事商量的话",
      "我给花浇了水",
      "月亮上的花园",
      "我想住在那里",
      "护绿小卫士",
      "环保社团的周校医",
      "你总是第一个举手",
      "合唱时像一只小百灵",
      "林小满的妈妈",
      "我们在家也会多陪他读书",
    ],
  };
}

/** The child's last day at the school; none where it stays after all. */
export async function leaveSchool(world: World, studentId: string, endsOn: string | null): Promise<void> {
  await world.database.write(world.school.id, async ({ db, tables: { enrollment: e } }) => {
    await db
      .update(e)
      .set({ endsOn })
      .where(and(eq(e.schoolId, world.school.id), eq(e.studentId, studentId)));
  });
}
