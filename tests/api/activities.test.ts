/** Activities over HTTP: a class's as its teachers record them, a child's own as its family tells them, and who sees which. */
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  ActivitiesSaved,
  ActivityInput,
  ChildActivities,
  ClassActivities,
  ClassChildren,
  ToldActivity,
} from "@doudou/shared/contract/activities.ts";
import type { Roster } from "@doudou/shared/contract/classes.ts";
import type { TermSummary } from "@doudou/shared/contract/summaries.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { createWorld } from "../support/world.ts";

const outing = {
  title: "参观川菜博物馆",
  startsOn: "2026-11-05",
  endsOn: "2026-11-05",
  place: "郫都",
  minutes: 150,
  dimensions: ["labour" as const],
  about: "",
};

async function worldWithActivities(engine?: (typeof ENGINES)[number]) {
  const world = await createWorld(engine);
  const { school } = world;
  const [ada, ben] = school.children as [{ id: string; name: string }, { id: string; name: string }];
  const [child, guardian, homeroom, subject] = (await Promise.all(
    [school.student, school.guardian, school.homeroom, school.subject].map((each) =>
      clientOf(world, each, "en"),
    ),
  )) as [Client, Client, Client, Client];
  const ofClass = `/classes/${school.classId}/activities`;
  const ofAda = `/students/${ada.id}/activities`;
  const record = async (by: Client, over: Partial<ActivityInput> = {}, id = uuidv7()) => {
    const body = {
      ...outing,
      sort: "trip",
      students: [{ studentId: ada.id }, { studentId: ben.id }],
      ...over,
    };
    const { code, status, body: said } = await by.ask("PUT", `${ofClass}/${id}`, body);
    return {
      id,
      answer: code ?? (status === 200 ? (JSON.parse(said) as { status: string }).status : status),
    };
  };
  const tell = async (by: Client, over: Partial<ToldActivity> = {}, id = uuidv7()) => {
    const { code, status } = await by.ask("PUT", `${ofAda}/${id}`, { ...outing, sort: "family", ...over });
    return { id, answer: code ?? status };
  };
  const list = (by: Client, query = "") => by.get<ClassActivities>(`${ofClass}${query}`);
  const own = (by: Client, query = "") => by.get<ChildActivities>(`${ofAda}${query}`);
  return {
    world,
    school,
    ada,
    ben,
    child,
    guardian,
    homeroom,
    subject,
    ofClass,
    ofAda,
    record,
    tell,
    list,
    own,
  };
}

describe.each(ENGINES)("on %s", (engine) => {
  let of: Awaited<ReturnType<typeof worldWithActivities>>;
  beforeAll(async () => {
    of = await worldWithActivities(engine);
  });
  afterAll(() => of.world.close());

  test("a trip recorded twice over a bad network is there once; written anew it keeps what a child said", async () => {
    const { ada, ben, child, homeroom, subject, ofAda, record, list, own } = of;
    const { id, answer } = await record(subject);
    expect([answer, (await record(subject, {}, id)).answer]).toEqual(["recorded", "duplicate"]);
    const sentence = { reflection: "豆瓣酱要晒一整年。" };
    expect((await child.ask("PUT", `${ofAda}/${id}/reflection`, sentence)).status).toBe(204);
    const guided = { students: [{ studentId: ada.id, part: "讲解员" }] };
    const version = (await list(homeroom)).activities.find((each) => each.id === id)?.version ?? "";
    expect((await record(homeroom, guided, id)).answer).toBe("activity-changed");
    expect((await record(homeroom, { ...guided, version }, id)).answer).toBe("changed");
    // The same once more, because its answer was lost; and another from a page that is from before.
    expect((await record(homeroom, { ...guided, version }, id)).answer).toBe("duplicate");
    expect((await record(subject, { title: "改名", version }, id)).answer).toBe("activity-changed");
    const [seen] = (await own(child)).activities;
    expect(seen).toMatchObject({
      id,
      part: "讲解员",
      reflection: sentence.reflection,
      by: of.school.subject.name,
    });
    expect(JSON.stringify(await own(child))).not.toContain(ben.name);
    const { activities, lately } = await list(homeroom, "?month=2026-11");
    expect(activities.filter((each) => each.id === id)).toHaveLength(1);
    expect(lately.map(({ title }) => title)).toContain(outing.title);
    expect((await list(homeroom, "?month=2026-10")).activities).toEqual([]);
  });

  test("only who teaches the class records; a colleague's is the homeroom teacher's alone to change", async () => {
    const { world, school, child, guardian, homeroom, subject, ofClass, ofAda, record } = of;
    const { id } = await record(homeroom);
    expect((await record(subject, { title: "改名" }, id)).answer).toBe("activity-of-another-teacher");
    for (const by of [child, guardian]) expect((await record(by)).answer).toBe("forbidden");
    for (const person of [school.outsider, school.otherGuardian, school.otherStudent]) {
      const them = await clientOf(world, person);
      expect((await them.ask("GET", ofAda)).code).toBe("forbidden");
      expect((await them.ask("GET", ofClass)).code).toBe("forbidden");
      expect((await record(them)).answer).toBe("forbidden");
    }
    const neighbour = await clientOf(world, world.neighbour.homeroom);
    for (const path of [ofAda, ofClass, `${ofClass}.xlsx`])
      expect((await neighbour.ask("GET", path)).code).toBe("not-found");
    expect((await subject.ask("GET", `${ofClass}.xlsx`)).code).toBe("forbidden");
  });

  test("the office records a trip of two classes at once, with a child left out; sent again it changes nothing", async () => {
    const { world, school, ada, ben } = of;
    const office = await clientOf(world, school.admin, "en");
    const outsider = await clientOf(world, school.outsider);
    const [third, fifth] = [school.classId, school.otherClassId];
    const there = await office.get<ClassChildren>(`/classes/${fifth}/activities/children`);
    expect(there.students.map(({ id }) => id)).toEqual(school.otherChildren.map(({ id }) => id));
    expect((await outsider.ask("GET", `${of.ofClass}/children`)).code).toBe("forbidden");
    const trip = {
      ...outing,
      title: "秋季远足",
      sort: "trip",
      classes: [
        { classId: third, activityId: uuidv7(), students: [{ studentId: ada.id }] },
        {
          classId: fifth,
          activityId: uuidv7(),
          students: there.students.map(({ id }) => ({ studentId: id })),
        },
      ],
    };
    const record = async () => {
      const { status, body } = await office.ask("POST", "/activities", trip);
      expect(status).toBe(200);
      return (JSON.parse(body) as ActivitiesSaved).activities.map((saved) => saved.status);
    };
    expect([await record(), await record()]).toEqual([
      ["recorded", "recorded"],
      ["duplicate", "duplicate"],
    ]);
    const tookPart = async (by: Client, classId: string) =>
      (await by.get<ClassActivities>(`/classes/${classId}/activities`)).activities
        .filter(({ title }) => title === trip.title)
        .map(({ students, by: who }) => [who, students.map(({ id }) => id)]);
    const { name } = school.admin;
    expect(await tookPart(of.homeroom, third)).toEqual([[name, [ada.id]]]);
    expect(await tookPart(outsider, fifth)).toEqual([[name, there.students.map(({ id }) => id)]]);
    const ofBen = await office.get<ChildActivities>(`/students/${ben.id}/activities?sort=trip`);
    expect(ofBen.activities.map(({ title }) => title)).not.toContain(trip.title);
  });

  test("where one class is not a teacher's, or one child is not there, no class has it", async () => {
    const { world, school, ada, homeroom } = of;
    const outsider = await clientOf(world, school.outsider);
    const neighbour = await clientOf(world, world.neighbour.admin);
    const strangers = [{ studentId: school.otherChildren[0]!.id }];
    const trip = (...classes: object[]) => ({ ...outing, title: "春游", sort: "trip", classes });
    const own = () => ({
      classId: school.classId,
      activityId: uuidv7(),
      students: [{ studentId: ada.id }],
    });
    const theirs = () => ({ classId: school.otherClassId, activityId: uuidv7(), students: strangers });
    const refusal = async (by: Client, ...classes: object[]) =>
      (await by.ask("POST", "/activities", trip(...classes))).code;
    expect([
      await refusal(homeroom, own(), theirs()),
      await refusal(neighbour, own()),
      await refusal(homeroom, own(), { ...own(), students: strangers }),
      await refusal(of.child, own()),
      await refusal(of.guardian, own()),
    ]).toEqual([
      "activity-class-not-yours",
      "activity-class-not-yours",
      "activity-child-not-in-class",
      "forbidden",
      "forbidden",
    ]);
    for (const [by, classId] of [
      [homeroom, school.classId],
      [outsider, school.otherClassId],
    ] as const) {
      const { activities } = await by.get<ClassActivities>(`/classes/${classId}/activities`);
      expect(activities.map(({ title }) => title)).not.toContain("春游");
    }
  });

  test("a removed one is gone for everybody, and comes back with what was said", async () => {
    const { child, homeroom, ofClass, ofAda, record, own } = of;
    const { id } = await record(homeroom, { title: "合唱社团", sort: "club" });
    await child.ask("PUT", `${ofAda}/${id}/reflection`, { reflection: "我唱低声部。" });
    const turn = (isRemoved: boolean) => homeroom.ask("PUT", `${ofClass}/${id}/removal`, { isRemoved });
    const there = async () => (await own(child, "?sort=club")).activities.map(({ reflection }) => reflection);
    expect((await turn(true)).status).toBe(204);
    expect(await there()).toEqual([]);
    expect((await record(homeroom, {}, id)).answer).toBe("activity-not-found");
    expect((await turn(false)).status).toBe(204);
    expect(await there()).toEqual(["我唱低声部。"]);
  });

  test("what a family tells waits for the homeroom teacher, and is in the portfolio once seen", async () => {
    const { ada, child, guardian, homeroom, subject, ofAda, tell, list, own } = of;
    const told = await tell(guardian, { title: "和爷爷去植物园" });
    expect((await tell(guardian, { title: "和爷爷去植物园" }, told.id)).answer).toBe(200);
    expect((await tell(subject)).answer).toBe("forbidden");
    const stateFor = async (by: Client) =>
      (await own(by, "?sort=family")).activities.find(({ id }) => id === told.id)?.state;
    expect([await stateFor(child), await stateFor(guardian), await stateFor(subject)]).toEqual([
      "proposed",
      "proposed",
      undefined,
    ]);
    expect((await list(subject)).waiting).toEqual([]);
    expect((await list(homeroom)).waiting).toMatchObject([{ id: told.id, student: { id: ada.id } }]);
    const waitsFor = async (by: Client) =>
      (await by.get<Roster>(`/classes/${of.school.classId}/roster`)).waitingActivities;
    expect([await waitsFor(homeroom), await waitsFor(subject)]).toEqual([1, 0]);
    const confirm = { answer: "confirm" };
    expect((await guardian.ask("POST", `${ofAda}/${told.id}/answer`, confirm)).code).toBe("forbidden");
    expect((await homeroom.ask("POST", `${ofAda}/${told.id}/answer`, confirm)).status).toBe(204);
    expect(await stateFor(subject)).toBe("recorded");
    expect(await waitsFor(homeroom)).toBe(0);
    expect((await guardian.ask("DELETE", `${ofAda}/${told.id}`)).code).toBe("activity-settled");
    const another = await tell(child, { title: "帮外婆包饺子", sort: "labour" });
    expect((await guardian.ask("DELETE", `${ofAda}/${another.id}`)).code).toBe("activity-not-found");
    expect((await child.ask("DELETE", `${ofAda}/${another.id}`)).status).toBe(204);
  });

  test("pages back through all of it; the year's hours are added up sort by sort, and no bean moves", async () => {
    const { ada, homeroom, guardian, record, own, world, school } = of;
    const beans = async () => {
      const roster = await homeroom.get<{ students: { id: string }[] }>(`/classes/${school.classId}/roster`);
      return JSON.stringify(roster.students.find(({ id }) => id === ada.id));
    };
    const before = await beans();
    for (let count = 0; count < 25; count += 1)
      await record(homeroom, {
        title: `整理图书角 ${count}`,
        sort: "labour",
        minutes: count < 2 ? 45 : null,
      });
    const first = await own(guardian, "?sort=labour");
    const second = await own(guardian, `?sort=labour&cursor=${first.nextCursor}`);
    const titles = [...first.activities, ...second.activities].map(({ title }) => title);
    expect([titles.length, new Set(titles).size, second.nextCursor]).toEqual([25, 25, null]);
    expect(first.thisYear.find(({ sort }) => sort === "labour")).toEqual({
      sort: "labour",
      activities: 25,
      minutes: 90,
    });
    expect(await beans()).toBe(before);
    expect((await guardian.ask("GET", `/students/${ada.id}/activities?cursor=nonsense`)).status).toBe(400);
    expect(world.school.id).toBe(school.id);
  });

  test("the term summary tells of a few, those with the child's words first, and how many there were", async () => {
    const { ada, homeroom, school } = of;
    const { snapshot } = await homeroom.get<TermSummary>(`/students/${ada.id}/summaries/${school.termId}`);
    expect(snapshot.activities?.count).toBeGreaterThan(6);
    expect(snapshot.activities?.told).toHaveLength(6);
    expect(snapshot.activities?.told.map(({ reflection }) => reflection)).toEqual(
      expect.arrayContaining(["我唱低声部。", "豆瓣酱要晒一整年。"]),
    );
  });
});
