/** Term summaries from the first word of a comment to the PDF a guardian keeps: drafts, conflicts, frozen revisions. */
import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { extractText } from "unpdf";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import type {
  ClassSummaries,
  CommentSaved,
  PublishedSummary,
  SummaryList,
  SummarySnapshot,
  TermSummary,
} from "@doudou/shared/contract/summaries.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { noticeLastTerm } from "../support/last-term.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let guardian: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    guardian = await clientOf(world, world.school.guardian);
  });
  beforeEach(() => world.setNow(WORLD_NOW));
  afterAll(() => world.close());

  const child = (place: number) => {
    const found = world.school.children[place];
    if (!found) throw new Error(`no child ${place}`);
    return found;
  };
  const path = (place: number, rest = "") =>
    `/students/${child(place).id}/summaries/${world.school.termId}${rest}`;
  const read = (by: Client, place: number) => by.get<TermSummary>(path(place));
  const save = async (place: number, comment: string, commentVersion: number, by = homeroom) =>
    await by.ask("PUT", path(place, "/comment"), { comment, commentVersion });
  const publish = async (place: number) => await homeroom.ask("POST", path(place, "/publish"));
  const published = async (place: number, comment: string): Promise<PublishedSummary> => {
    const { commentVersion } = await read(homeroom, place);
    await save(place, comment, commentVersion);
    const { status, body } = await publish(place);
    expect([status, body]).toEqual([200, body]);
    return JSON.parse(body) as PublishedSummary;
  };
  const give = (place: number, over: Parameters<typeof awardIn>[2] = {}) =>
    homeroom.award(
      awardIn(world.school, new Date(WORLD_NOW.getTime() - MINUTE), { studentId: child(place).id, ...over }),
    );

  test("a child is told against its own last term, and one that was not noticed in it is told nothing", async () => {
    await noticeLastTerm(world, child(3).id, ["2026-03-09"]);
    for (let time = 0; time < 6; time += 1) await give(3);
    const { lastTerm } = (await read(homeroom, 3)).snapshot;
    expect(lastTerm?.map(({ dimension, change, records }) => [dimension, change, records])).toEqual([
      // One teacher alone: too few people to say.
      ["moral", "too-few", 7],
      ...["academic", "physical", "arts", "labour"].map((dimension) => [dimension, "too-few", 0]),
    ]);
    expect((await read(homeroom, 4)).snapshot).not.toHaveProperty("lastTerm");
  });

  describe("a draft", () => {
    test("is read by who writes it and by the office, by nobody else", async () => {
      await save(1, "还没有写完", 0);
      const { school } = world;
      const draft = await read(homeroom, 1);
      expect(draft).toMatchObject({
        status: "draft",
        revision: 1,
        commentVersion: 1,
        publishedAt: null,
        sha256: null,
        verificationCode: null,
        snapshot: { comment: "还没有写完", student: { name: "周予安" }, homeroomTeacher: "王老师" },
      });
      expect((await read(await clientOf(world, school.admin), 1)).snapshot).toEqual(draft.snapshot);
      for (const person of [school.subject]) {
        const answer = await (await clientOf(world, person)).ask("GET", path(1));
        expect([person.name, answer.code]).toEqual([person.name, "summary-not-published"]);
      }
      await save(0, "给林小满的话", 0);
      for (const person of [school.guardian, school.student, school.subject]) {
        const reader = await clientOf(world, person);
        for (const rest of ["", "/pdf"]) {
          const answer = await reader.ask("GET", path(0, rest));
          expect([person.name, rest, answer.code]).toEqual([person.name, rest, "summary-not-published"]);
          expect(answer.body).not.toContain("给林小满的话");
        }
        expect(await reader.get<SummaryList>(`/students/${child(0).id}/summaries`)).toEqual({
          summaries: [],
        });
      }
      expect((await homeroom.ask("GET", path(0, "/pdf"))).code).toBe("summary-not-published");
    });

    test("is saved as it is typed, and the version counts the saves", async () => {
      for (const [version, comment] of ["他", "他爱", "他爱提问", ""].entries()) {
        const answer = await save(2, comment, version);
        expect(JSON.parse(answer.body) as CommentSaved).toEqual({
          commentVersion: version + 1,
          savedAt: WORLD_NOW.toISOString(),
        });
        const { snapshot, commentVersion } = await read(homeroom, 2);
        expect([snapshot.comment, commentVersion]).toEqual([comment, version + 1]);
      }
    });

    test("is not overwritten from a second tab that has not seen it", async () => {
      await save(3, "第一稿", 0);
      await save(3, "第二稿", 1);
      for (const stale of [0, 1, 7]) {
        const answer = await save(3, "旧稿", stale);
        expect([stale, answer.status, answer.code]).toEqual([stale, 409, "comment-conflict"]);
      }
      expect((await read(homeroom, 3)).snapshot.comment).toBe("第二稿");
    });

    test("of two tabs that save at the same moment keeps one, and the other is told", async () => {
      for (const from of [0, 1]) {
        const answers = await Promise.all(
          ["甲", "乙", "丙"].map((comment) => save(4, `${comment}${from}`, from)),
        );
        expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
        const kept = answers.findIndex(({ status }) => status === 200);
        expect((await read(homeroom, 4)).snapshot.comment).toBe(`${["甲", "乙", "丙"][kept]}${from}`);
      }
    });

    test("grows with every award until it is published", async () => {
      const moral = async () => (await read(homeroom, 2)).snapshot.dimensions[0]?.records ?? -1;
      const before = await moral();
      await give(2);
      expect(await moral()).toBe(before + 1);
    });
  });

  describe("publishing", () => {
    test("wants a comment first", async () => {
      const { commentVersion } = await read(homeroom, 2);
      await save(2, " \n\t ", commentVersion);
      expect([(await publish(2)).status, (await publish(2)).code]).toEqual([422, "comment-missing"]);
    });

    test("freezes what was true: later awards, voids and new names change nothing in it", async () => {
      const { school } = world;
      const [noted] = await give(0, {
        note: "把伞让给了同学",
        points: 3,
        observationPointId: school.points.progress,
      });
      const answer = await published(0, "  你是一个爱提问的孩子。 ");
      expect(answer).toMatchObject({ revision: 1, publishedAt: WORLD_NOW.toISOString() });
      expect(answer.verificationCode).toMatch(/^[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}$/);
      const first = await read(guardian, 0);
      expect(first).toMatchObject({
        ...answer,
        status: "published",
        snapshot: { comment: "你是一个爱提问的孩子。" },
      });
      expect(first.snapshot.highlights).toMatchObject([
        { note: "把伞让给了同学", by: "王老师", day: "2026-11-11" },
      ]);

      await give(0, { note: "后来的事" });
      await homeroom.void([noted?.id ?? ""]);
      const restore = await renameEverything(world);
      await save(0, "后来改的评语", (await read(homeroom, 0)).commentVersion);
      world.setNow(new Date(WORLD_NOW.getTime() + 30 * MINUTE));
      expect(await read(guardian, 0)).toEqual({ ...first, commentVersion: 0, terms: expect.any(Array) });
      await restore();
    });

    test("again makes the next revision and keeps the one before, word for word", async () => {
      const rowsOf = async () =>
        await world.database.read(world.school.id, async ({ db, tables: { termSummary: s } }) =>
          (
            await db
              .select()
              .from(s)
              .where(eq(s.studentId, child(0).id))
          ).sort((a, b) => a.revision - b.revision),
        );
      const [before] = await rowsOf();
      const { sha256 } = await published(0, "订正过的评语");
      const [first, second, ...more] = await rowsOf();
      expect([first, more]).toEqual([before, []]);
      expect(second).toMatchObject({ revision: 2, sha256, snapshot: { comment: "订正过的评语" } });
      expect(second?.verificationCode).not.toBe(first?.verificationCode);
      expect(await read(guardian, 0)).toMatchObject({
        revision: 2,
        sha256,
        snapshot: { comment: "订正过的评语" },
      });
    });

    test("gives a fingerprint that anybody can make again from what is kept", async () => {
      const rows = await world.database.read(EVERY_SCHOOL, async ({ db, tables: { termSummary: s } }) =>
        db.select().from(s),
      );
      expect(rows.length).toBeGreaterThanOrEqual(2);
      for (const { snapshot, sha256, revision } of rows) {
        expect([revision, createHash("sha256").update(canonical(snapshot)).digest("hex")]).toEqual([
          revision,
          sha256,
        ]);
      }
      const { snapshot, sha256 } = await read(guardian, 0);
      expect(createHash("sha256").update(canonical(snapshot)).digest("hex")).toBe(sha256);
      const changed: SummarySnapshot = { ...snapshot, comment: `${snapshot.comment} ` };
      expect(createHash("sha256").update(canonical(changed)).digest("hex")).not.toBe(sha256);
    });

    test("by three clicks at once makes three revisions, none of them lost", async () => {
      const { commentVersion } = await read(homeroom, 1);
      await save(1, "三次点击", commentVersion);
      const answers = await Promise.all([publish(1), publish(1), publish(1)]);
      const revisions = answers.map(({ body }) => (JSON.parse(body) as PublishedSummary).revision);
      expect(revisions.sort((a, b) => a - b)).toEqual([1, 2, 3]);
    });

    test("shows levels and words, never a number of beans or a comparison", async () => {
      const { snapshot } = await read(guardian, 0);
      expect(snapshot.dimensions.map(({ dimension }) => dimension)).toEqual([
        "moral",
        "academic",
        "physical",
        "arts",
        "labour",
      ]);
      const text = JSON.stringify(snapshot);
      expect(text).not.toMatch(/"(beans|points|score|rank|average)"|排名|平均|分数/);
      for (const { name } of world.school.children.slice(1))
        expect([name, text.includes(name)]).toEqual([name, false]);
    });

    test("opens the summary to the child and its guardian, and to no other family", async () => {
      const { school } = world;
      expect((await read(await clientOf(world, school.student), 0)).revision).toBe(2);
      const { terms } = await read(guardian, 0);
      expect(terms.map(({ id }) => id)).toEqual([school.termId]);
      const list = await guardian.get<SummaryList>(`/students/${child(0).id}/summaries`);
      expect(list.summaries).toMatchObject([{ revision: 2, term: { id: school.termId } }]);
      const others = [school.otherGuardian, school.otherStudent, world.neighbour.guardian];
      const codes = await Promise.all(
        others.map(async (person) => (await (await clientOf(world, person)).ask("GET", path(0))).code),
      );
      expect(codes).toEqual(["forbidden", "forbidden", "not-found"]);
    });
  });

  describe("a class", () => {
    test("tells its homeroom teacher who has a comment and who is published", async () => {
      const {
        class: ofClass,
        term,
        terms,
        students,
      } = await homeroom.get<ClassSummaries>(`/classes/${world.school.classId}/summaries`);
      expect([ofClass.name, term.id, terms.map(({ id }) => id)]).toEqual([
        "三年级1班",
        world.school.termId,
        [world.school.termId],
      ]);
      expect(students.map(({ name, status }) => [name, status])).toEqual([
        ["林小满", "published"],
        ["周予安", "published"],
        ["陈一诺", "draft"],
        ["欧阳思远", "draft"],
        ["阿依古丽·买买提", "draft"],
      ]);
      expect(students[3]).toMatchObject({ comment: "第二稿", commentVersion: 2, publishedAt: null });
      expect(students[0]).toMatchObject({
        comment: "订正过的评语",
        publishedAt: expect.stringMatching(/^2026-11-11T/),
      });
    });

    test("has none in a term that is not the school's", async () => {
      for (const termId of [world.neighbour.termId, uuidv7()]) {
        const answer = await homeroom.ask(
          "GET",
          `/classes/${world.school.classId}/summaries?termId=${termId}`,
        );
        expect(answer.code).toBe("term-not-found");
        expect((await save(0, "x", 0)).code).toBe("comment-conflict");
        const comment = `/students/${child(0).id}/summaries/${termId}/comment`;
        const saved = await homeroom.ask("PUT", comment, { comment: "x", commentVersion: 0 });
        expect(saved.code).toBe("term-not-found");
      }
    });

    test("prints its published summaries as one file, in class-list order, and nobody's draft", async () => {
      const url = `/classes/${world.school.classId}/summaries/pdf?termId=${world.school.termId}`;
      const { status, headers, bytes } = await homeroom.ask("GET", url);
      expect([status, headers["content-type"]]).toEqual([200, "application/pdf"]);
      const text = await textOf(bytes);
      expect(text).toContain("订正过的评语");
      expect(text.indexOf("订正过的评语")).toBeLessThan(text.indexOf("三次点击"));
      for (const unpublished of ["陈一诺", "欧阳思远", "第二稿"]) expect(text).not.toContain(unpublished);
      const other = await clientOf(world, world.school.outsider);
      const none = `/classes/${world.school.otherClassId}/summaries/pdf?termId=${world.school.termId}`;
      expect((await other.ask("GET", none)).code).toBe("summary-not-published");
    });
  });

  test("a guardian downloads the PDF and reads the child's name, the stages and the comment in it", async () => {
    const { snapshot, verificationCode } = await read(guardian, 0);
    const { status, headers, bytes } = await guardian.ask("GET", path(0, "/pdf"));
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "content-type": "application/pdf", "cache-control": "no-store" });
    const [, name = ""] =
      /^attachment; .*filename\*=UTF-8''(\S+)$/.exec(String(headers["content-disposition"])) ?? [];
    expect(decodeURIComponent(name)).toMatch(/^林小满 2026年秋季学期 .*\.pdf$/);
    const text = await textOf(bytes);
    for (const said of ["林小满", "订正过的评语", "学校forest", "王老师", verificationCode ?? "none"]) {
      expect(text).toContain(said);
    }
    const words = { seed: "种子", sprout: "发芽", leaf: "长叶", bloom: "开花", fruit: "结果" };
    for (const { stage } of snapshot.dimensions) expect(text).toContain(words[stage]);

    const english = await (await clientOf(world, world.school.guardian, "en")).ask("GET", path(0, "/pdf"));
    const inEnglish = await textOf(english.bytes);
    expect(inEnglish).toContain("Termsummary");
    expect(inEnglish).toContain("订正过的评语");
  });

  test("a code proves to anybody that a paper is genuine and when, whether it was corrected since, and nothing else", async () => {
    const first = await published(2, "第一版");
    const verify = async (code: string) => {
      const response = await world.app.server.inject(`/api/v1/summary-verification?code=${code}`);
      return response.json<object>();
    };
    const { verificationCode: code, publishedAt } = first;
    expect(await verify(code)).toEqual({ publishedAt, isLatest: true, papers: [] });
    expect(await verify(code.toLowerCase().replaceAll("-", ""))).toEqual({
      publishedAt,
      isLatest: true,
      papers: [],
    });
    await published(2, "第二版");
    expect(await verify(code)).toEqual({ publishedAt, isLatest: false, papers: [] });
    expect(await verify("2345-6789-ABCD")).toMatchObject({ code: "code-unknown" });
    expect(await verify("%25")).toMatchObject({ code: "code-unknown" });
  });
});

/** RFC 8785 by the book, written a second time so that the product's own is not its own judge. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(",")}}`;
}

async function textOf(pdf: Uint8Array): Promise<string> {
  const { text } = await extractText(pdf, { mergePages: true });
  return text.replaceAll(/\s/g, "");
}

/** The child, its teacher, the class, the point and the school get other names. @returns undoes it */
async function renameEverything(world: World): Promise<() => Promise<void>> {
  const { id: schoolId, children, homeroom, classId } = world.school;
  const rename = (name: { child: string; teacher: string; class: string; school: string }) =>
    world.database.write(schoolId, async ({ db, tables: t }) => {
      const studentId = children[0]?.id ?? "";
      await db
        .update(t.student)
        .set({ name: name.child })
        .where(and(eq(t.student.schoolId, schoolId), eq(t.student.id, studentId)));
      await db
        .update(t.membership)
        .set({ displayName: name.teacher })
        .where(and(eq(t.membership.schoolId, schoolId), eq(t.membership.id, homeroom.membershipId)));
      await db
        .update(t.schoolClass)
        .set({ name: name.class })
        .where(and(eq(t.schoolClass.schoolId, schoolId), eq(t.schoolClass.id, classId)));
      await db.update(t.school).set({ name: name.school }).where(eq(t.school.schoolId, schoolId));
    });
  await rename({
    child: "林大满",
    teacher: "新老师",
    class: "四年级1班",
    school: "新学校",
  });
  return () =>
    rename({
      child: "林小满",
      teacher: "王老师",
      class: "三年级1班",
      school: "学校 forest",
    });
}
