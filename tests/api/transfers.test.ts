/** A child changes schools: what it takes along, what the other school makes of it, and who decides. */
import { unzipSync, zipSync } from "fflate";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { keptTransferFiles } from "@doudou/db/repositories/transfers.ts";
import { mailOf } from "@doudou/server/features/deliveries/words.ts";
import { prune } from "@doudou/server/operate/prune.ts";
import type { Inbox } from "@doudou/shared/contract/inbox.ts";
import type { EarlierSchools, TransferredPortfolio, Transfers } from "@doudou/shared/contract/transfers.ts";
import { PORTFOLIO_NAME, SIGNATURE_NAME } from "@doudou/shared/domain/transfer.ts";
import { type Client, clientOf } from "../support/client.ts";
import { pdf, wav } from "../support/media.ts";
import { agreeToPhotos, bomb, photo, withdrawPhotos } from "../support/pictures.ts";
import { leaveSchool } from "../support/privacy.ts";
import { type School, WORLD_NOW } from "../support/school.ts";
import { bring, strangeKey, transferArchive, yearAtEarlierSchool } from "../support/transfers.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY_MS = 86_400_000;

/** What of a school's transfer files must be on the disk. */
const filesOf = (world: World, school: School) =>
  world.database.read(school.id, (store) => keptTransferFiles(store, school.id, { after: "", limit: 1000 }));
const portfolioOf = (archive: Uint8Array) =>
  JSON.parse(new TextDecoder().decode(unzipSync(archive)[PORTFOLIO_NAME])) as TransferredPortfolio;

/** One child of the forest school with something of everything; and who stands by whom in both schools. */
async function twoSchools(engine: "sqlite" | "postgres" = "sqlite") {
  const world = await createWorld(engine);
  const { school, neighbour } = world;
  const leaver = school.children[0]!;
  const comer = neighbour.children[0]!;
  await agreeToPhotos(world.database, school, [leaver]);
  const [child, guardian, homeroom, office] = await Promise.all(
    [school.student, school.guardian, school.homeroom, school.admin].map((each) => clientOf(world, each)),
  );
  const at = `/students/${leaver.id}`;
  const mate = school.children[1]!.name;
  const id = uuidv7();
  const tree = await child!.addFile(leaver.id, await photo(), "image/jpeg");
  const song = await child!.addFile(leaver.id, wav(), "audio/wav");
  const work = {
    title: "秋天的树",
    dimension: "arts",
    reflection: `和${mate}一起捡的叶子。`,
    fileIds: [tree.id, song.id],
  };
  expect((await child!.ask("PUT", `${at}/works/${id}`, work)).status).toBe(200);
  await child!.ask("PUT", `${at}/highlights`, { highlights: [{ kind: "work", id }] });
  await homeroom!.ask("PUT", `${at}/works/${id}/word`, { word: "你看得真细！" });
  const certificate = await guardian!.addFile(leaver.id, pdf(), "application/pdf");
  const honour = {
    title: "绘画奖",
    level: "city",
    givenBy: "少年宫",
    day: "2026-11-02",
    dimension: "arts",
    certificateId: certificate.id,
  };
  await homeroom!.ask("PUT", `${at}/honours/${uuidv7()}`, { ...honour, certificateId: undefined });
  await homeroom!.award({
    id: uuidv7(),
    studentId: leaver.id,
    observationPointId: school.points.helps,
    occurredAt: WORLD_NOW.toISOString(),
    note: "只在流水账里的一句",
  });
  const activity = {
    title: `和${mate}一家去植物园`,
    sort: "family",
    startsOn: "2026-11-07",
    endsOn: "2026-11-08",
    place: "植物园",
    minutes: 240,
    dimensions: ["labour", "academic"],
    about: "只在活动册里的一句",
  };
  const [told, declined] = [uuidv7(), uuidv7()];
  await child!.ask("PUT", `${at}/activities/${told}`, activity);
  await child!.ask("PUT", `${at}/activities/${declined}`, { ...activity, title: "没有放进来的活动" });
  await homeroom!.ask("POST", `${at}/activities/${told}/answer`, { answer: "confirm" });
  await child!.ask("PUT", `${at}/activities/${told}/reflection`, { reflection: `${mate}认识七种蕨。` });
  await homeroom!.ask("PUT", `${at}/notes/${uuidv7()}`, { words: "只给老师看的一句", guardianMaySee: false });
  const there = `/students/${comer.id}`;
  const [newOffice, newGuardian, newChild, newHomeroom] = await Promise.all(
    [neighbour.admin, neighbour.guardian, neighbour.student, neighbour.homeroom].map((each) =>
      clientOf(world, each),
    ),
  );
  return {
    world,
    leaver,
    comer,
    mate,
    child: child!,
    guardian: guardian!,
    office: office!,
    newOffice: newOffice!,
    newGuardian: newGuardian!,
    newChild: newChild!,
    newHomeroom: newHomeroom!,
    file: `${at}/transfer.zip`,
    there,
  };
}
type Two = Awaited<ReturnType<typeof twoSchools>>;

const transfersFor = (client: Client, there: string) => client.get<Transfers>(`${there}/transfers`);
const schoolsFor = async (client: Client, there: string) =>
  (await client.get<EarlierSchools>(`${there}/earlier-schools`)).schools;

describe("taking the portfolio along", () => {
  let of: Two;
  beforeAll(async () => {
    of = await twoSchools();
  });
  afterAll(() => of.world.close());

  test("a guardian may at any time, the office once the child has a day to leave, nobody else ever", async () => {
    const { world, guardian, child, office, file, leaver } = of;
    const { school, neighbour } = world;
    expect((await guardian.ask("GET", file)).status).toBe(200);
    expect((await child.ask("GET", file)).code).toBe("forbidden");
    for (const person of [school.homeroom, school.subject, school.otherGuardian])
      expect((await (await clientOf(world, person)).ask("GET", file)).code).toBe("forbidden");
    expect((await (await clientOf(world, neighbour.admin)).ask("GET", file)).code).toBe("not-found");
    expect((await office.ask("GET", file)).code).toBe("transfer-not-leaving");
    expect((await transfersFor(office, `/students/${leaver.id}`)).mayMake).toBe(false);
    await leaveSchool(world, leaver.id, "2026-12-31");
    expect((await office.ask("GET", file)).status).toBe(200);
    await leaveSchool(world, leaver.id, null);
    const { entries } = await office.get<{ entries: { kind: string; student: { id: string } | null }[] }>(
      "/audit?action=transfer.make",
    );
    const kinds = entries.filter(({ student }) => student?.id === leaver.id).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "change")).toHaveLength(2);
    expect(kinds).toContain("read");
  });

  test("it holds what the child's own portfolio shows, and nobody else's name, note or number", async () => {
    const { guardian, file, leaver, mate } = of;
    const { bytes } = await guardian.ask("GET", file);
    const entries = unzipSync(bytes);
    const portfolio = portfolioOf(bytes);
    expect(portfolio).toMatchObject({
      format: "doudou-transfer/1",
      child: { name: leaver.name },
      leftOut: 0,
    });
    const [year] = portfolio.years;
    expect(year).toMatchObject({
      name: "2026–2027",
      works: [
        {
          title: "秋天的树",
          reflection: "和同学一起捡的叶子。",
          isHighlight: true,
          word: { text: "你看得真细！" },
        },
      ],
      honours: [{ title: "绘画奖" }],
    });
    expect(year?.activities).toEqual([
      {
        title: "和同学一家去植物园",
        sort: "family",
        startsOn: "2026-11-07",
        endsOn: "2026-11-08",
        place: "植物园",
        dimensions: ["labour", "academic"],
        part: "",
        reflection: "同学认识七种蕨。",
      },
    ]);
    expect(year?.terms[0]?.dimensions.map(({ stage }) => stage)).toHaveLength(5);
    const names = Object.keys(entries);
    expect(names).toEqual(expect.arrayContaining([PORTFOLIO_NAME, SIGNATURE_NAME, ...year!.works[0]!.files]));
    expect(year?.works[0]?.files).toHaveLength(2);
    const text = new TextDecoder().decode(entries[PORTFOLIO_NAME]);
    for (const kept of [
      mate,
      "只给老师看",
      "只在流水账里",
      "只在活动册里",
      "没有放进来",
      '"minutes"',
      '"beans"',
      '"records"',
      "studentNo",
      "nationalNo",
      "phone",
    ])
      expect(text).not.toContain(kept);
  });
});

describe.each(["sqlite", "postgres"] as const)("a child comes with its file, on %s", (engine) => {
  let of: Two;
  let archive: Uint8Array;
  beforeAll(async () => {
    of = await twoSchools(engine);
    archive = (await of.guardian.ask("GET", of.file)).bytes;
  });
  afterAll(() => of.world.close());

  test("what one school gives the other takes, to the word, once a guardian has said yes, and not a moment before", async () => {
    const { world, comer, newGuardian, newChild, newHomeroom, newOffice, there } = of;
    const { neighbour, school } = world;
    const brought = await bring(world, neighbour.admin, comer.id, archive);
    expect([brought.code, brought.status]).toEqual([undefined, 200]);
    const again = await bring(world, neighbour.admin, comer.id, archive, brought.id);
    const twice = await bring(world, neighbour.admin, comer.id, archive);
    expect([again.status, twice.status]).toEqual([200, 200]);
    expect((await bring(world, neighbour.admin, comer.id, transferArchive(), brought.id)).code).toBe(
      "transfer-id-conflict",
    );
    const waiting = await transfersFor(newGuardian, there);
    expect(waiting).toMatchObject({ mayAnswer: true, mayBring: false, mayMake: true });
    expect(waiting.transfers).toHaveLength(1);
    expect(waiting.transfers[0]).toMatchObject({
      id: brought.id,
      state: "waiting",
      school: "学校 forest",
      signature: { isKnown: true },
      differing: { name: null },
      expiresOn: "2027-01-10",
      contents: {
        works: 1,
        honours: 1,
        activities: 1,
        files: 2,
        years: [{ name: "2026–2027", className: expect.any(String) }],
      },
    });
    for (const client of [newGuardian, newChild, newHomeroom, newOffice])
      expect(await schoolsFor(client, there)).toEqual([]);
    expect((await newChild.ask("GET", `${there}/transfers`)).code).toBe("forbidden");

    const answer = `${there}/transfers/${brought.id}/answer`;
    expect((await newOffice.ask("POST", answer, { answer: "yes" })).code).toBe("forbidden");
    const stranger = await clientOf(world, school.guardian);
    expect((await stranger.ask("POST", answer, { answer: "yes" })).code).toBe("not-found");
    expect((await newGuardian.ask("POST", answer, { answer: "yes" })).status).toBe(200);
    expect((await newGuardian.ask("POST", answer, { answer: "yes" })).status).toBe(200);
    expect((await newGuardian.ask("POST", answer, { answer: "no" })).code).toBe("transfer-settled");

    for (const client of [newGuardian, newChild, newHomeroom, newOffice]) {
      const [earlier, ...others] = await schoolsFor(client, there);
      expect(others).toEqual([]);
      expect(earlier?.years).toEqual(portfolioOf(archive).years);
      for (const { id, kind, isRemoved } of earlier!.files) {
        expect(isRemoved).toBe(false);
        const sent = await client.ask("GET", `${there}/transfer-files/${id}?size=small`);
        expect([sent.status, sent.headers["content-type"]]).toEqual([
          200,
          kind === "picture" ? "image/webp" : "audio/wav",
        ]);
      }
    }
    const outsider = await clientOf(world, neighbour.otherGuardian);
    expect((await outsider.ask("GET", `${there}/earlier-schools`)).code).toBe("forbidden");
    expect((await stranger.ask("GET", `${there}/earlier-schools`)).code).toBe("not-found");
  });

  test("it counts for nothing: no bean, no stage, no badge of the new school is other than before", async () => {
    const { newHomeroom, there } = of;
    const portfolio = await newHomeroom.get<{ dimensions: { beans: number }[] }>(`${there}/portfolio`);
    expect(portfolio.dimensions.map(({ beans }) => beans)).toEqual([0, 0, 0, 0, 0]);
    const shelf = await newHomeroom.get<{ works: unknown[]; honours: unknown[] }>(`${there}/shelf`);
    expect([shelf.works, shelf.honours]).toEqual([[], []]);
  });

  test("the child's own copy has it; pictures go when consent to photos ends; a guardian takes all of it away again", async () => {
    const { world, comer, newGuardian, there } = of;
    const { neighbour } = world;
    const copy = unzipSync((await newGuardian.ask("GET", `${there}/export.zip`)).bytes);
    const record = new TextDecoder().decode(copy["record.json"]);
    for (const kept of ["秋天的树", "和同学一家去植物园"]) expect(record).toContain(kept);
    expect(Object.keys(copy).filter((name) => name.startsWith("earlier-school/"))).toHaveLength(2);
    const [earlier] = await schoolsFor(newGuardian, there);
    await agreeToPhotos(world.database, neighbour, [comer]);
    await withdrawPhotos(world.database, neighbour, [comer], new Date(WORLD_NOW.getTime() + 1000));
    for (const { id } of earlier!.files)
      expect((await newGuardian.ask("GET", `${there}/transfer-files/${id}?size=large`)).code).toBe(
        "portfolio-file-removed",
      );
    expect((await newGuardian.ask("DELETE", `${there}/transfers/${earlier!.id}`)).status).toBe(200);
    expect(await filesOf(world, neighbour)).toEqual([]);
    expect(await schoolsFor(newGuardian, there)).toEqual([]);
  });

  test("the child's guardians are told once that it waits, in a mail without a name, and nobody else", async () => {
    const { world, comer, newGuardian, newHomeroom, there } = of;
    const { neighbour } = world;
    const noticesOf = async (client: Client) =>
      (await client.get<Inbox>("/inbox")).notices.filter(({ kind }) => kind === "transfer-waits");
    const before = (await noticesOf(newGuardian)).length;
    const file = transferArchive();
    const { id } = await bring(world, neighbour.admin, comer.id, file);
    await bring(world, neighbour.admin, comer.id, file, id);
    const told = await noticesOf(newGuardian);
    expect(told).toHaveLength(before + 1);
    expect(told[0]).toMatchObject({ child: { id: comer.id }, class: null, isOpened: false });
    const stranger = await clientOf(world, neighbour.otherGuardian);
    for (const other of [newHomeroom, stranger]) expect(await noticesOf(other)).toEqual([]);
    const answer = `${there}/transfers/${id}/answer`;
    expect((await newGuardian.ask("POST", answer, { answer: "no" })).status).toBe(200);
    expect(await noticesOf(newGuardian)).toHaveLength(before + 1);

    const about = { school: "学校", origin: "https://school.example", code: "", stopToken: "stop" };
    for (const locale of ["zh-CN", "en"] as const) {
      const { subject, text, html } = mailOf("transfer-waits", { ...about, locale });
      for (const kept of [comer.name, comer.id, id]) expect(`${subject}${text}${html}`).not.toContain(kept);
    }
  });
});

describe("what is brought", () => {
  let of: Two;
  beforeAll(async () => {
    of = await twoSchools();
  });
  afterAll(() => of.world.close());
  const bringing = (archive: Uint8Array) => bring(of.world, of.world.neighbour.admin, of.comer.id, archive);

  test("by anybody but the office of the child's school is refused", async () => {
    const { world, comer } = of;
    for (const by of [world.neighbour.homeroom, world.neighbour.guardian, world.neighbour.student])
      expect((await bring(world, by, comer.id, transferArchive())).code).toBe("forbidden");
    expect((await bring(world, world.school.admin, comer.id, transferArchive())).code).toBe("not-found");
  });

  test("is told to be of an unknown key, and of another child where it is, by name and by birthday", async () => {
    const { newOffice, newGuardian, there } = of;
    const child = { name: "林小蛮", sex: null, bornOn: null };
    const { id } = await bringing(
      transferArchive({ over: { child }, files: [{ kind: "pdf", ending: "pdf", bytes: pdf() }] }),
    );
    const [transfer] = (await transfersFor(newOffice, there)).transfers;
    expect(transfer).toMatchObject({
      school: "海边小学",
      signature: { isKnown: false },
      differing: { name: { there: "林小蛮", here: "林小满" }, bornOn: null },
      contents: { files: 1 },
    });
    expect(transfer?.signature.fingerprint).toMatch(/^[\w-]{43}$/);
    await newGuardian.ask("POST", `${there}/transfers/${id}/answer`, { answer: "no" });
  });

  test("without a word of activities, as files were before, is taken in as it was signed", async () => {
    const { newGuardian, newOffice, there } = of;
    const { activities: _, ...year } = yearAtEarlierSchool();
    const { id } = await bringing(transferArchive({ over: { years: [year] } }));
    const [transfer] = (await transfersFor(newOffice, there)).transfers;
    expect(transfer).toMatchObject({ id, contents: { works: 1, activities: 0 } });
    await newGuardian.ask("POST", `${there}/transfers/${id}/answer`, { answer: "yes" });
    const [earlier] = await schoolsFor(newGuardian, there);
    expect(earlier?.years).toEqual([year]);
    await newGuardian.ask("DELETE", `${there}/transfers/${id}`);
  });

  test("and declined, withdrawn or not answered for 60 days leaves no file, and only the first and last a trace", async () => {
    const { world, newOffice, newGuardian, there } = of;
    const files = [{ kind: "picture", ending: "jpg", bytes: await photo({ shade: 33 }) }] as const;
    // Named as its content is, and of a kind that is made over: the ending of the archive is always webp.
    const archive = () => transferArchive({ files: files.map((file) => ({ ...file, ending: "webp" })) });
    const first = await bringing(archive());
    expect(first.code).toBeUndefined();
    expect(await filesOf(world, world.neighbour)).toHaveLength(1);
    await newGuardian.ask("POST", `${there}/transfers/${first.id}/answer`, { answer: "no" });
    const second = await bringing(archive());
    expect((await newOffice.ask("DELETE", `${there}/transfers/${second.id}`)).status).toBe(200);
    const third = await bringing(archive());
    expect(await filesOf(world, world.neighbour)).toHaveLength(1);
    world.setNow(new Date(WORLD_NOW.getTime() + 61 * DAY_MS));
    expect((await prune(world.deps, () => undefined)).transfers).toBe(1);
    world.setNow(WORLD_NOW);
    expect(await filesOf(world, world.neighbour)).toEqual([]);
    const { transfers } = await transfersFor(newOffice, there);
    const states = Object.fromEntries(transfers.map(({ id, state, contents }) => [id, [state, contents]]));
    expect(states).toMatchObject({ [first.id]: ["declined", null], [third.id]: ["expired", null] });
    expect(states[second.id]).toBeUndefined();
    expect((await newOffice.ask("DELETE", `${there}/transfers/${first.id}`)).code).toBe("transfer-settled");
  });

  test("goes with the child when its record is erased, files and all", async () => {
    const { world, office } = of;
    const { school } = world;
    const gone = school.children[4]!;
    const files = [{ kind: "picture", ending: "webp", bytes: await photo({ shade: 77 }) }] as const;
    expect((await bring(world, school.admin, gone.id, transferArchive({ files }))).code).toBeUndefined();
    expect(await filesOf(world, school)).toHaveLength(1);
    await leaveSchool(world, gone.id, "2020-07-10");
    const erasure = { ground: "retention", name: gone.name };
    expect((await office.ask("POST", `/students/${gone.id}/erasure`, erasure)).status).toBe(200);
    expect(await filesOf(world, school)).toEqual([]);
    expect((await office.ask("GET", `/students/${gone.id}/transfers`)).status).toBe(404);
  });

  test.each<[string, string, () => Uint8Array | Promise<Uint8Array>]>([
    ["is no archive", "transfer-not-read", () => Buffer.from("just some words, and no archive")],
    ["is some other archive", "transfer-not-read", () => zipSync({ "a.txt": new Uint8Array(9) })],
    ["ends before it should", "transfer-not-read", () => transferArchive().subarray(0, -30)],
    [
      "is not signed",
      "transfer-unsigned",
      () => transferArchive({ alter: ({ [SIGNATURE_NAME]: _, ...all }) => all }),
    ],
    [
      "has words where the signature should be",
      "transfer-unsigned",
      () => transferArchive({ alter: (all) => ({ ...all, [SIGNATURE_NAME]: Buffer.from("你好") }) }),
    ],
    [
      "has another file than was signed",
      "transfer-altered",
      () => transferArchive({ alter: (all) => ({ ...all, "more.txt": new Uint8Array(3) }) }),
    ],
    [
      "lacks a file that was signed",
      "transfer-altered",
      () =>
        transferArchive({
          files: [{ kind: "pdf", ending: "pdf", bytes: pdf() }],
          alter: (all) =>
            Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith("files/"))),
        }),
    ],
    [
      "is of a version to come",
      "transfer-version",
      () => transferArchive({ over: { format: "doudou-transfer/2" } }),
    ],
    ["says what no portfolio says", "transfer-not-read", () => transferArchive({ over: { leftOut: -1 } })],
    [
      "unpacks to more than it may",
      "transfer-not-read",
      () =>
        transferArchive({
          alter: (all) => ({ ...all, [PORTFOLIO_NAME]: Buffer.alloc(9 * 1024 * 1024) }),
          level: 9,
        }),
    ],
    [
      "has a picture that would be millions of dots",
      "transfer-file-refused",
      () => transferArchive({ files: [{ kind: "picture", ending: "webp", bytes: bomb(20_000) }] }),
    ],
    [
      "has a web page for a picture",
      "transfer-file-refused",
      () =>
        transferArchive({
          files: [{ kind: "picture", ending: "webp", bytes: Buffer.from("<script>alert(1)</script>") }],
        }),
    ],
  ])("that %s is refused with %s, and nothing of it stays", async (_, code, archive) => {
    const { world, newOffice, there } = of;
    const before = (await transfersFor(newOffice, there)).transfers.length;
    expect((await bringing(await archive())).code).toBe(code);
    expect((await transfersFor(newOffice, there)).transfers).toHaveLength(before);
    expect(await filesOf(world, world.neighbour)).toEqual([]);
  });
});

test("with any one byte changed is refused, or is what it was", async () => {
  const of = await twoSchools();
  onTestFinished(() => of.world.close());
  const { world, comer, newOffice, there } = of;
  const archive = transferArchive({
    key: strangeKey(),
    files: [{ kind: "pdf", ending: "pdf", bytes: pdf() }],
  });
  const whole = await bring(world, world.neighbour.admin, comer.id, archive);
  const contentsOf = async (id: string) =>
    (await transfersFor(newOffice, there)).transfers.find((each) => each.id === id)?.contents;
  const expected = await contentsOf(whole.id);
  await newOffice.ask("DELETE", `${there}/transfers/${whole.id}`);
  let refused = 0;
  for (let turn = 0; turn < 50; turn += 1) {
    const at = Math.floor((turn * archive.length) / 50);
    const changed = Buffer.from(archive);
    changed[at] = changed[at]! ^ (1 << (turn % 8));
    const { id, code } = await bring(world, world.neighbour.admin, comer.id, changed);
    if (code !== undefined) {
      refused += 1;
      expect(["transfer-altered", "transfer-not-read", "transfer-unsigned"]).toContain(code);
      continue;
    }
    expect(await contentsOf(id)).toEqual(expected);
    await newOffice.ask("DELETE", `${there}/transfers/${id}`);
  }
  // All but the dates and checksums of the archive itself, which nothing is read from.
  expect(refused).toBeGreaterThan(40);
});
