/** A child's shelf over HTTP: works, honours and what is shown first; whose they are, who sees them, and what is refused. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import sharp from "sharp";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { keptPortfolioFiles } from "@doudou/db/repositories/portfolio-files.ts";
import { verifyEverything } from "@doudou/server/operate/verification.ts";
import { sweepEvidence } from "@doudou/server/features/evidence/sweep.ts";
import { picturePath } from "@doudou/server/pictures/picture-files.ts";
import type { ClassShelf, Shelf } from "@doudou/shared/contract/shelf.ts";
import type { HonourInput } from "@doudou/shared/contract/honours.ts";
import type { PortfolioFileRef, WorkInput } from "@doudou/shared/contract/works.ts";
import { MOST_WORKS_OF_TERM } from "@doudou/shared/domain/works.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { mp4, pdf, wav } from "../support/media.ts";
import { agreeToPhotos, bomb, heic, photo, polyglot, withdrawPhotos } from "../support/pictures.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld } from "../support/world.ts";

const DAY = 86_400_000;

const drawing: WorkInput = {
  title: "秋天的树",
  dimension: "arts",
  reflection: "我用叶子拓出来的。",
  fileIds: [],
};
const prize: HonourInput = {
  title: "校园歌手",
  level: "school",
  givenBy: "学校少先队",
  day: "2026-11-02",
  dimension: "arts",
};

async function worldWithShelves(engine?: (typeof ENGINES)[number]) {
  const world = await createWorld(engine);
  const { school } = world;
  const ada = school.children[0]!;
  await agreeToPhotos(world.database, school, [ada]);
  const [child, guardian, homeroom, subject] = (await Promise.all(
    [school.student, school.guardian, school.homeroom, school.subject].map((each) =>
      clientOf(world, each, "en"),
    ),
  )) as [Client, Client, Client, Client];
  const at = `/students/${ada.id}`;
  const shelf = (by: Client) => by.get<Shelf>(`${at}/shelf`);
  const keep = async (by: Client, over: Partial<WorkInput> = {}, id = uuidv7()) => {
    const { code, status } = await by.ask("PUT", `${at}/works/${id}`, { ...drawing, ...over });
    return { id, answer: code ?? status };
  };
  const honour = async (by: Client, over: Partial<HonourInput> = {}, id = uuidv7()) => {
    const { code, status } = await by.ask("PUT", `${at}/honours/${id}`, { ...prize, ...over });
    return { id, answer: code ?? status };
  };
  const seen = async (by: Client, fileId: string) => {
    const { code, status } = await by.ask("GET", `${at}/files/${fileId}`);
    return code ?? status;
  };
  return { world, school, ada, child, guardian, homeroom, subject, at, shelf, keep, honour, seen };
}

describe.each(ENGINES)("on %s", (engine) => {
  let of: Awaited<ReturnType<typeof worldWithShelves>>;
  beforeAll(async () => {
    of = await worldWithShelves(engine);
  });
  afterAll(() => of.world.close());

  test("a child keeps a drawing with its own words; its family and teachers see it, nobody else does", async () => {
    const { world, school, ada, child, at, shelf, keep, seen } = of;
    const sent = await child.addFile(ada.id, await photo(), "image/jpeg");
    expect(JSON.parse(sent.body)).toEqual({
      id: sent.id,
      kind: "picture",
      width: 600,
      height: 800,
      isRemoved: false,
      bytes: expect.any(Number) as number,
    });
    const { id, answer } = await keep(child, { fileIds: [sent.id] });
    expect(answer).toBe(200);
    for (const person of [school.student, school.guardian, school.homeroom, school.subject, school.admin]) {
      const them = await clientOf(world, person);
      const { works } = await shelf(them);
      expect([person.name, works[0]]).toMatchObject([
        person.name,
        {
          id,
          title: "秋天的树",
          reflection: "我用叶子拓出来的。",
          by: school.student.name,
          files: [{ id: sent.id }],
        },
      ]);
      expect(works[0]?.canDelete).toBe(person === school.student);
      expect(await seen(them, sent.id)).toBe(200);
    }
    for (const person of [school.outsider, school.otherGuardian, school.otherStudent]) {
      const them = await clientOf(world, person);
      expect([person.name, await seen(them, sent.id)]).toEqual([person.name, "forbidden"]);
      expect((await them.ask("GET", `${at}/shelf`)).code).toBe("forbidden");
    }
    const neighbour = await clientOf(world, world.neighbour.homeroom);
    expect(await seen(neighbour, sent.id)).toBe("not-found");
    // The picture is asked for as one of another child: it is not there.
    const other = await clientOf(world, school.homeroom);
    const ben = school.children[1]!;
    expect((await other.ask("GET", `/students/${ben.id}/files/${sent.id}`)).code).toBe(
      "portfolio-file-not-found",
    );
  });

  test("sent again, a work and its file are the same; with other words, or other bytes, they are refused", async () => {
    const { ada, child, guardian, keep, shelf } = of;
    const file = await child.addFile(ada.id, pdf());
    expect((await child.addFile(ada.id, pdf(), "application/pdf", file.id)).body).toBe(file.body);
    expect((await child.addFile(ada.id, wav(), "audio/wav", file.id)).code).toBe("portfolio-file-conflict");
    expect((await guardian.addFile(ada.id, pdf(), "application/pdf", file.id)).code).toBe(
      "portfolio-file-conflict",
    );
    const { id } = await keep(child, { fileIds: [file.id] });
    expect((await keep(child, { fileIds: [file.id] }, id)).answer).toBe(200);
    expect((await keep(child, { fileIds: [file.id], title: "另一幅" }, id)).answer).toBe("work-id-conflict");
    expect((await keep(guardian, { fileIds: [file.id] })).answer).toBe("portfolio-file-not-found");
    expect((await shelf(child)).works.filter((work) => work.id === id)).toHaveLength(1);
  });

  test("only the homeroom teacher says a word, or takes a work out of sight: then it is gone for the family, and staff see why", async () => {
    const { ada, child, guardian, homeroom, subject, at, shelf, keep, seen } = of;
    const { id: fileId } = await child.addFile(ada.id, wav(), "audio/wav");
    const { id } = await keep(child, { title: "我唱的歌", fileIds: [fileId] });
    for (const by of [child, guardian, subject])
      expect((await by.ask("PUT", `${at}/works/${id}/word`, { word: "好" })).code).toBe("forbidden");
    expect((await homeroom.ask("PUT", `${at}/works/${id}/word`, { word: "唱得真投入！" })).status).toBe(204);
    expect((await shelf(child)).works.find((work) => work.id === id)?.word).toEqual({
      text: "唱得真投入！",
      by: of.school.homeroom.name,
    });
    const hide = (reason: string | null) => homeroom.ask("PUT", `${at}/works/${id}/hiding`, { reason });
    expect((await hide("里面有别的同学的名字")).status).toBe(204);
    for (const by of [child, guardian, subject]) {
      expect((await shelf(by)).works.some((work) => work.id === id)).toBe(false);
      expect(await seen(by, fileId)).toBe("portfolio-file-not-found");
    }
    expect((await shelf(homeroom)).works.find((work) => work.id === id)?.hidden?.reason).toBe(
      "里面有别的同学的名字",
    );
    await hide(null);
    expect(await seen(child, fileId)).toBe(200);
  });

  test("its maker takes a work away while the term goes on, and its file goes with it", async () => {
    const { ada, child, guardian, at, keep, seen } = of;
    const { id: fileId } = await child.addFile(ada.id, mp4(), "video/mp4");
    const { id } = await keep(child, { fileIds: [fileId] });
    expect((await guardian.ask("DELETE", `${at}/works/${id}`)).code).toBe("work-not-yours");
    await child.ask("PUT", `${at}/highlights`, { highlights: [{ kind: "work", id }] });
    expect((await child.ask("DELETE", `${at}/works/${id}`)).status).toBe(204);
    expect(await seen(child, fileId)).toBe("portfolio-file-not-found");
    expect((await child.ask("DELETE", `${at}/works/${id}`)).code).toBe("work-not-found");
  });

  test("a guardian proposes an honour, the homeroom teacher confirms it once; until then the child does not see it", async () => {
    const { ada, child, guardian, homeroom, subject, at, shelf, honour, seen } = of;
    const { id: paper } = await guardian.addFile(ada.id, pdf(), "application/pdf");
    const { id, answer } = await honour(guardian, { certificateId: paper });
    expect(answer).toBe(200);
    expect((await shelf(guardian)).honours[0]).toMatchObject({ id, state: "proposed", canDelete: true });
    for (const by of [child, subject]) {
      expect((await shelf(by)).honours.some((each) => each.id === id)).toBe(false);
      expect(await seen(by, paper)).toBe("portfolio-file-not-found");
    }
    const waiting = await homeroom.get<ClassShelf>(`/classes/${of.school.classId}/shelf`);
    expect(waiting.honours.map((each) => each.id)).toEqual([id]);
    const settle = (with_: string) => homeroom.ask("POST", `${at}/honours/${id}/answer`, { answer: with_ });
    expect((await settle("confirm")).status).toBe(204);
    expect((await settle("decline")).code).toBe("honour-settled");
    expect((await shelf(child)).honours[0]).toMatchObject({
      id,
      state: "confirmed",
      certificate: { id: paper },
    });
    expect(await seen(child, paper)).toBe(200);
    expect((await guardian.ask("DELETE", `${at}/honours/${id}`)).code).toBe("honour-settled");
    expect((await honour(child)).answer).toBe("forbidden");
    expect((await honour(homeroom, { day: "2026-11-12" })).answer).toBe("honour-day-ahead");
    expect((await honour(homeroom, { title: "换了名字" }, id)).answer).toBe("honour-id-conflict");
    const own = await honour(homeroom);
    expect((await shelf(child)).honours.find((each) => each.id === own.id)?.state).toBe("confirmed");
    expect((await homeroom.ask("DELETE", `${at}/honours/${own.id}`)).status).toBe(204);
    expect((await homeroom.ask("DELETE", `${at}/honours/${own.id}`)).code).toBe("honour-not-found");
  });

  test("a child shows first what it likes, of its own only; what is taken back later is left out", async () => {
    const { school, ada, child, homeroom, at, shelf, keep } = of;
    const { id: work } = await keep(child);
    const [award] = await homeroom.award(awardIn(school, WORLD_NOW, { studentId: ada.id }));
    const [theirs] = await homeroom.award(awardIn(school, WORLD_NOW, { studentId: school.children[1]!.id }));
    const choose = (...highlights: object[]) => child.ask("PUT", `${at}/highlights`, { highlights });
    const mine = [
      { kind: "award", id: award!.id },
      { kind: "work", id: work },
    ];
    expect((await choose(...mine)).status).toBe(204);
    expect((await shelf(homeroom)).highlights).toMatchObject(mine);
    expect((await choose({ kind: "award", id: theirs!.id })).code).toBe("highlight-not-found");
    expect((await choose({ kind: "work", id: uuidv7() })).code).toBe("highlight-not-found");
    expect((await homeroom.ask("PUT", `${at}/highlights`, { highlights: [] })).code).toBe("forbidden");
    await homeroom.void([award!.id]);
    expect((await shelf(child)).highlights).toMatchObject([{ kind: "work", id: work }]);
    expect((await choose(...Array.from({ length: 13 }, () => mine[1]!))).status).toBe(400);
  });

  test("an activity may be shown first; removed, or without the child in it, it is left out", async () => {
    const { world, school, ada, child, homeroom, at, shelf } = of;
    const other = school.children[1]!;
    const there = { title: "合唱社团", sort: "club", startsOn: "2026-11-05", endsOn: "2026-11-05" };
    const facts = { ...there, place: "", minutes: null, dimensions: ["arts"], about: "" };
    const ofClass = `/classes/${school.classId}/activities`;
    const record = async (students: readonly { id: string }[], id = uuidv7()) => {
      const took = students.map((student) => ({ studentId: student.id }));
      expect((await homeroom.ask("PUT", `${ofClass}/${id}`, { ...facts, students: took })).status).toBe(200);
      return id;
    };
    const choose = (id: string) =>
      child.ask("PUT", `${at}/highlights`, { highlights: [{ kind: "activity", id }] });
    const first = async (by: Client) => (await shelf(by)).highlights.map(({ activity }) => activity?.title);
    expect((await choose(await record([other]))).code).toBe("highlight-not-found");
    const told = uuidv7();
    const outing = { ...facts, sort: "family" };
    expect((await child.ask("PUT", `${at}/activities/${told}`, outing)).status).toBe(200);
    expect((await choose(told)).code).toBe("highlight-not-found");
    const id = await record([ada, other]);
    expect((await choose(id)).status).toBe(204);
    expect([await first(child), await first(homeroom)]).toEqual([[facts.title], [facts.title]]);
    const turn = (isRemoved: boolean) => homeroom.ask("PUT", `${ofClass}/${id}/removal`, { isRemoved });
    await turn(true);
    expect(await first(child)).toEqual([]);
    expect((await choose(id)).code).toBe("highlight-not-found");
    await turn(false);
    expect(await first(child)).toEqual([facts.title]);
    await record([other], id);
    expect(await first(child)).toEqual([]);
    await record([ada, other], id);
    expect(await first(child)).toEqual([]);
    const outsider = await clientOf(world, school.outsider);
    expect((await outsider.ask("PUT", `${at}/highlights`, { highlights: [] })).code).toBe("forbidden");
  });

  test("the sweep removes what nothing named, and what consent was withdrawn for, but no PDF; verify agrees", async () => {
    const { world, school, ada, child, keep, seen, shelf } = of;
    const { id: alone } = await child.addFile(ada.id, pdf({ tail: "% alone\n" }), "application/pdf");
    const { id: paper } = await child.addFile(ada.id, pdf({ tail: "% kept\n" }), "application/pdf");
    const { id: film } = await child.addFile(ada.id, mp4({ bytes: 9000 }), "video/mp4");
    await keep(child, { fileIds: [paper, film] });
    await withdrawPhotos(world.database, school, [ada], new Date(WORLD_NOW.getTime() + 1000));
    expect(await seen(child, film)).toBe("portfolio-file-removed");
    expect((await shelf(child)).works[0]?.files.map(({ isRemoved }) => isRemoved)).toEqual([false, true]);
    expect((await child.addFile(ada.id, mp4(), "video/mp4")).code).toBe("work-consent-missing");
    expect((await child.addFile(ada.id, await photo(), "image/jpeg")).code).toBe("work-consent-missing");
    world.setNow(new Date(WORLD_NOW.getTime() + 2 * DAY));
    await sweepEvidence(world.deps, 0);
    world.setNow(WORLD_NOW);
    const kept = await world.database.read(school.id, (store) =>
      keptPortfolioFiles(store, school.id, { after: "", limit: 100 }),
    );
    expect(kept.map(({ id }) => id)).toContain(paper);
    expect(kept.map(({ id }) => id)).not.toContain(film);
    expect(kept.map(({ id }) => id)).not.toContain(alone);
    expect(await seen(child, paper)).toBe(200);
    const found = await verifyEverything(world.database, world.deps.pictures, world.deps.now(), () => {});
    expect(found.wrongFiles).toBe(0);
    // A file lost from the disk is told, and missed.
    const name = kept.find(({ id }) => id === paper)!.names[0]!;
    await rm(join(world.deps.config.dataDir, picturePath(school.id, name)));
    expect(
      (await verifyEverything(world.database, world.deps.pictures, world.deps.now(), () => {})).wrongFiles,
    ).toBe(1);
    expect(await seen(child, paper)).toBe("portfolio-file-removed");
  });
});

describe("what comes as a file", () => {
  let of: Awaited<ReturnType<typeof worldWithShelves>>;
  beforeAll(async () => {
    of = await worldWithShelves();
  });
  afterAll(() => of.world.close());
  const kindOf = async (file: Buffer, type: string) => {
    const answer = await of.child.addFile(of.ada.id, file, type);
    return answer.code ?? (JSON.parse(answer.body) as PortfolioFileRef).kind;
  };

  test("is what its bytes say, whatever it is called", async () => {
    expect(await kindOf(pdf(), "image/png")).toBe("pdf");
    expect(await kindOf(wav(), "video/mp4")).toBe("audio");
    expect(await kindOf(mp4({ brand: "M4A " }), "application/octet-stream")).toBe("audio");
    expect(await kindOf(mp4(), "application/octet-stream")).toBe("video");
    expect(await kindOf(Buffer.from("<!doctype html><script>1</script>"), "application/pdf")).toBe(
      "file-kind-not-taken",
    );
    expect(await kindOf(Buffer.from("MZ\u0090\u0000 a program"), "application/x-msdownload")).toBe(
      "file-kind-not-taken",
    );
    expect(await kindOf(Buffer.from("@echo off"), "application/x-bat")).toBe("file-kind-not-taken");
    expect(await kindOf(Buffer.from("PK\u0003\u0004 archive of something else"), "application/pdf")).toMatch(
      /^file-(kind-not-taken|unreadable)$/,
    );
  });

  test("cut short, too large or a bomb is refused with its own word, and the server goes on", async () => {
    expect(await kindOf(pdf().subarray(0, 60), "application/pdf")).toBe("file-unreadable");
    expect(await kindOf(mp4().subarray(0, 2000), "video/mp4")).toBe("file-unreadable");
    expect(await kindOf(wav().subarray(0, 500), "audio/wav")).toBe("file-unreadable");
    expect(await kindOf(Buffer.alloc(3), "audio/wav")).toBe("file-unreadable");
    expect(await kindOf((await photo()).subarray(0, 900), "image/jpeg")).toBe("picture-unreadable");
    expect(await kindOf(bomb(17_000), "image/png")).toBe("picture-too-many-pixels");
    expect(await kindOf(heic, "image/heic")).toBe("picture-heic");
    expect(await kindOf(Buffer.concat([pdf(), Buffer.alloc(11_000_000), pdf()]), "application/pdf")).toBe(
      "file-too-large",
    );
    expect(await kindOf(mp4({ bytes: 51 * 1024 * 1024 }), "video/mp4")).toBe("file-too-large");
    expect(await kindOf(pdf(), "application/pdf")).toBe("pdf");
  });

  test("two things at once is kept as one of them: a picture loses the page in it, a PDF is saved and never opened", async () => {
    const { child, ada, at, keep } = of;
    const page = await child.addFile(ada.id, await polyglot("html"), "image/jpeg");
    const script = await child.addFile(ada.id, pdf({ tail: "<script>alert(1)</script>\n" }), "text/html");
    await keep(child, { fileIds: [page.id, script.id] });
    const picture = await child.ask("GET", `${at}/files/${page.id}`);
    expect(Buffer.from(picture.bytes).includes("script")).toBe(false);
    expect((await sharp(picture.bytes).metadata()).exif).toBeUndefined();
    const paper = await child.ask("GET", `${at}/files/${script.id}`);
    expect(paper.headers["content-type"]).toBe("application/pdf");
    expect(paper.headers["content-disposition"]).toMatch(/^attachment/);
    expect(paper.headers["x-content-type-options"]).toBe("nosniff");
    expect(paper.headers["content-security-policy"]).toMatch(/default-src 'none'.*sandbox/);
    expect(paper.headers["content-security-policy"]).not.toMatch(/script-src|allow-scripts/);
  });

  test("a film is sent in the parts that are asked for", async () => {
    const { world, child, ada, at, keep } = of;
    const film = mp4({ bytes: 50_000 });
    const { id } = await child.addFile(ada.id, film, "video/mp4");
    await keep(child, { fileIds: [id] });
    const ask = async (range?: string) =>
      await world.app.server.inject({
        url: `/api/v1${at}/files/${id}`,
        headers: { cookie: await world.signIn(of.school.student), ...(range ? { range } : {}) },
      });
    const part = await ask("bytes=100-299");
    expect(part.statusCode).toBe(206);
    expect(part.headers["content-range"]).toBe(`bytes 100-299/${film.length}`);
    const whole = await ask();
    expect(part.rawPayload).toEqual(whole.rawPayload.subarray(100, 300));
    // Of the same length and with the same pictures, and without where the phone stood.
    expect(whole.rawPayload.length).toBe(film.length);
    expect(whole.rawPayload.subarray(-50_000)).toEqual(film.subarray(-50_000));
    expect([film.includes("+39.9042"), whole.rawPayload.includes("+39.9042")]).toEqual([true, false]);
    expect((await ask("bytes=900000-")).statusCode).toBe(416);
  });

  test("whatever staff open is in the log: a film once however it is sent, the small picture of a list with the list", async () => {
    const { world, school, child, ada, at, keep } = of;
    const film = await child.addFile(ada.id, mp4({ bytes: 50_000 }), "video/mp4");
    const picture = await child.addFile(ada.id, await photo());
    await keep(child, { fileIds: [film.id, picture.id] });
    const { membershipId } = school.subject;
    const opened = async () =>
      (
        await world.database.read(
          school.id,
          async ({ db, tables: { auditEntry: e } }) =>
            await db
              .select({ studentId: e.studentId, fileId: e.subjectId })
              .from(e)
              .where(and(eq(e.action, "portfolio-file.read"), eq(e.membershipId, membershipId))),
        )
      ).map(({ studentId, fileId }) => [studentId, fileId]);
    const openings = (fileId: string, times: number) => Array.from({ length: times }, () => [ada.id, fileId]);
    const cookie = await world.signIn(school.subject);
    const ask = async (fileId: string, range?: string, size = "large") => {
      const response = await world.app.server.inject({
        url: `/api/v1${at}/files/${fileId}?size=${size}`,
        headers: { cookie, ...(range === undefined ? {} : { range }) },
      });
      return response.statusCode;
    };

    expect(await ask(picture.id, undefined, "small")).toBe(200);
    expect(await opened()).toEqual([]);
    expect(await ask(picture.id)).toBe(200);
    expect(await opened()).toEqual(openings(picture.id, 1));

    // Nobody gets around the log by leaving out the first byte, by a list of parts, or by asking for a small film.
    expect(await ask(film.id, "bytes=1-")).toBe(206);
    const ofFilm = (times: number) => [...openings(picture.id, 1), ...openings(film.id, times)];
    expect(await opened()).toEqual(ofFilm(1));
    for (const part of ["bytes=1000-1999", "bytes=2000-"]) expect(await ask(film.id, part)).toBe(206);
    expect(await opened()).toEqual(ofFilm(1));
    expect(await ask(film.id, "bytes=0-")).toBe(206);
    expect(await ask(film.id, "bytes=1-2,0-")).toBe(206);
    expect(await ask(film.id, undefined, "small")).toBe(200);
    expect(await opened()).toEqual(ofFilm(4));
    world.setNow(new Date(WORLD_NOW.getTime() + 60 * 60_000));
    onTestFinished(() => world.setNow(WORLD_NOW));
    expect(await ask(film.id, "bytes=1000-1999")).toBe(206);
    expect(await opened()).toEqual(ofFilm(5));
    // The child and its family leave nothing in it.
    for (const by of [child, of.guardian]) expect(await of.seen(by, film.id)).toBe(200);
    expect(await opened()).toEqual(ofFilm(5));
  });

  test("a work says something by words or files, under an indicator of its own dimension, and there is room for so many", async () => {
    const { child, keep, shelf } = of;
    expect((await keep(child, { reflection: "  " })).answer).toBe("work-empty");
    const { desk } = await shelf(child);
    expect(desk).toMatchObject({ canAdd: true, canAddPictures: true, canChoose: true, canAnswer: false });
    const [moral, other] = [
      desk.indicators.find(({ dimension }) => dimension === "moral"),
      desk.indicators.find(({ dimension }) => dimension !== "moral"),
    ];
    const under = (indicatorId: string) => keep(child, { dimension: "moral", indicatorId });
    expect((await under(moral!.id)).answer).toBe(200);
    expect((await under(other!.id)).answer).toBe("work-indicator-not-found");
    const before = (await shelf(child)).works.length;
    for (let count = before; count < MOST_WORKS_OF_TERM; count += 1) await keep(child);
    expect((await keep(child)).answer).toBe("works-full");
  });

  test("in the next term last term's works stay, whoever made them", async () => {
    const { world, school, at } = of;
    const [first] = (await of.shelf(of.child)).works;
    expect(first?.canDelete).toBe(true);
    await world.database.write(school.id, async ({ db, tables }) => {
      const [term] = await db.select().from(tables.term).where(eq(tables.term.id, school.termId));
      const dates = { startsOn: "2027-02-22", endsOn: "2027-07-09" };
      await db.insert(tables.term).values({ ...term!, id: uuidv7(), ...dates });
    });
    world.deps.frames.forget(school.id);
    world.setNow(new Date("2027-03-01T02:00:00Z"));
    const child = await clientOf(world, school.student);
    expect((await of.shelf(child)).works[0]?.canDelete).toBe(false);
    expect((await child.ask("DELETE", `${at}/works/${first!.id}`)).code).toBe("work-term-over");
  });
});
