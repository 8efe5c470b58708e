/** Pictures as evidence over HTTP: harmless when kept, shown to whom they concern, gone when a family says so. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { type IncomingMessage, request as httpRequest } from "node:http";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { buildApp } from "@doudou/server/app.ts";
import { keptEvidence } from "@doudou/db/repositories/evidence.ts";
import { verify } from "@doudou/server/cli/verify.ts";
import { sweepEvidence } from "@doudou/server/features/evidence/sweep.ts";
import { createPictureFiles } from "@doudou/server/pictures/picture-files.ts";
import type { LedgerPage } from "@doudou/shared/contract/awards.ts";
import type { UploadedEvidence } from "@doudou/shared/contract/evidence.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import {
  agreeToPhotos,
  bomb,
  heic,
  photo,
  pictureOf,
  polyglot,
  withdrawPhotos,
} from "../support/pictures.ts";
import { type Child, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Every picture file of a world, as paths below the evidence folder. */
async function filesOf({ deps }: World): Promise<string[]> {
  const names = await readdir(join(deps.config.dataDir, "evidence"), { recursive: true });
  return names.filter((name) => name.endsWith(".webp"));
}

async function incomingOf({ deps }: World): Promise<string[]> {
  return await readdir(join(deps.config.dataDir, "evidence/incoming"));
}

async function worldWithPhotos(engine?: (typeof ENGINES)[number]) {
  const world = await createWorld(engine);
  const [ada, ben, cai, dan] = world.school.children as unknown as [Child, Child, Child, Child];
  await agreeToPhotos(world.database, world.school, [ada, ben, cai]);
  const teacher = await clientOf(world, world.school.homeroom, "en");
  const award = async (child: Child, evidenceIds: string[], by: Client = teacher) => {
    const [result] = await by.award(awardIn(world.school, WORLD_NOW, { studentId: child.id, evidenceIds }));
    return result?.problem?.code ?? result?.status;
  };
  const seen = async (by: Client, child: Child, id: string, size = "large") => {
    const answer = await by.ask("GET", `/students/${child.id}/evidence/${id}?size=${size}`);
    return answer.code ?? answer.status;
  };
  return { world, teacher, ada, ben, cai, dan, award, seen };
}

describe.each(ENGINES)("on %s", (engine) => {
  let of: Awaited<ReturnType<typeof worldWithPhotos>>;
  beforeAll(async () => {
    of = await worldWithPhotos(engine);
  });
  afterAll(() => of.world.close());

  test("a photo of one child: uploaded, named by the award, seen by the child, its guardian and its teachers", async () => {
    const { world, teacher, ada, award, seen } = of;
    const uploaded = await teacher.upload(await photo(), [ada]);
    expect(uploaded.status).toBe(200);
    // It lay on its side, and stands upright now.
    expect(JSON.parse(uploaded.body)).toEqual({ id: uploaded.id, width: 600, height: 800 });
    expect(await award(ada, [uploaded.id])).toBe("recorded");

    const { school } = world;
    for (const person of [school.homeroom, school.subject, school.admin, school.guardian, school.student]) {
      const them = await clientOf(world, person);
      expect([person.name, await seen(them, ada, uploaded.id)]).toEqual([person.name, 200]);
      const { entries } = await them.get<LedgerPage>(`/students/${ada.id}/timeline`);
      const picture = { id: uploaded.id, width: 600, height: 800, isRemoved: false };
      expect(entries.flatMap(({ evidence }) => evidence)).toEqual([picture]);
    }
    for (const person of [school.outsider, school.otherGuardian, school.otherStudent]) {
      expect(await seen(await clientOf(world, person), ada, uploaded.id)).toBe("forbidden");
    }
    const neighbour = await clientOf(world, world.neighbour.homeroom);
    expect(await seen(neighbour, ada, uploaded.id)).toBe("not-found");
    const { entries } = await teacher.get<LedgerPage>(`/classes/${school.classId}/awards`);
    expect(entries[0]?.evidence).toHaveLength(1);
  });

  test("a repeated upload answers the same; other bytes, another child or another teacher under the same id do not", async () => {
    const { world, teacher, ada, ben } = of;
    const id = uuidv7();
    const answers = await Promise.all([1, 2, 3].map(async () => teacher.upload(await photo(), [ada], id)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect((await teacher.upload(await photo({ shade: 3 }), [ada], id)).code).toBe("evidence-id-conflict");
    expect((await teacher.upload(await photo(), [ben], id)).code).toBe("evidence-id-conflict");
    const colleague = await clientOf(world, world.school.subject);
    expect((await colleague.upload(await photo(), [ada], id)).code).toBe("evidence-id-conflict");
  });

  test("an award sent again is a duplicate, whatever became of its picture; with other pictures it is a conflict", async () => {
    const { teacher, ada, world } = of;
    const first = (await teacher.upload(await photo(), [ada])).id;
    const second = (await teacher.upload(await photo(), [ada])).id;
    const one = awardIn(world.school, WORLD_NOW, { studentId: ada.id, evidenceIds: [first, second] });
    expect(await teacher.award(one)).toMatchObject([{ status: "recorded" }]);
    expect(await teacher.award({ ...one, evidenceIds: [second, first] })).toMatchObject([
      { status: "duplicate" },
    ]);
    const { evidenceIds: _, ...bare } = one;
    for (const other of [bare, { ...one, evidenceIds: [first] }, { ...one, evidenceIds: [first, uuidv7()] }])
      expect(await teacher.award(other)).toMatchObject([{ problem: { code: "award-id-conflict" } }]);
  });

  test("one photo of five children goes with five awards, and each family sees it with its own child", async () => {
    const { world, teacher, ada, ben, cai, award, seen } = of;
    const { id } = await teacher.upload(await photo({ shade: 50 }), [ada, ben, cai]);
    const results = await teacher.award(
      ...[ada, ben, cai].map(({ id: studentId }) =>
        awardIn(world.school, WORLD_NOW, { studentId, evidenceIds: [id] }),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(["recorded", "recorded", "recorded"]);
    expect(await award(ben, [id])).toBe("evidence-taken");
    const guardian = await clientOf(world, world.school.guardian);
    expect(await seen(guardian, ada, id)).toBe(200);
    expect(await seen(guardian, ben, id)).toBe("forbidden");
  });

  test("each rule of evidence has its own code, in its order, and one bad row never sinks the others", async () => {
    const { world, teacher, ada, ben, dan } = of;
    const { school } = world;
    const mine = (await teacher.upload(await photo(), [ada])).id;
    const colleague = await clientOf(world, school.subject);
    const theirs = (await colleague.upload(await photo(), [ada])).id;
    const rows = (
      [
        ["recorded", { evidenceIds: [] }],
        ["evidence-required", { observationPointId: school.points.withPicture }],
        ["evidence-required", { observationPointId: school.points.withPicture, evidenceIds: [] }],
        ["evidence-not-found", { evidenceIds: [uuidv7()] }],
        ["evidence-not-found", { evidenceIds: [mine, theirs] }],
        ["evidence-of-others", { studentId: ben.id, evidenceIds: [mine] }],
        ["award-malformed", { evidenceIds: [mine, mine] }],
        ["recorded", { observationPointId: school.points.withPicture, evidenceIds: [mine] }],
        ["evidence-taken", { evidenceIds: [mine] }],
        ["recorded", { studentId: dan.id }],
      ] as const
    ).map(([code, over]) => ({
      code,
      award: awardIn(school, WORLD_NOW, { studentId: ada.id, ...over } as never),
    }));
    const results = await teacher.award(...rows.map(({ award }) => award));
    expect(results.map(({ status, problem }) => problem?.code ?? status)).toEqual(
      rows.map(({ code }) => code),
    );
  });

  test("without a family's yes there is no picture: the award goes without, and says so before anything is kept", async () => {
    const { world, teacher, ada, dan, award } = of;
    const before = (await filesOf(world)).length;
    expect((await teacher.upload(await photo({ shade: 7 }), [dan])).code).toBe("photo-consent-missing");
    expect((await teacher.upload(await photo({ shade: 7 }), [ada, dan])).code).toBe("photo-consent-missing");
    const stranger = world.school.otherChildren[0]!;
    expect((await teacher.upload(await photo({ shade: 7 }), [stranger])).code).toBe("student-not-taught");
    const elsewhere = world.neighbour.children[0]!;
    expect((await teacher.upload(await photo({ shade: 7 }), [elsewhere])).code).toBe("student-not-found");
    expect((await filesOf(world)).length).toBe(before);
    expect(await award(dan, [])).toBe("recorded");
  });

  test("a voided award's picture is for the staff only", async () => {
    const { world, teacher, ada, seen } = of;
    const { id } = await teacher.upload(await photo({ shade: 44 }), [ada]);
    const one = awardIn(world.school, WORLD_NOW, { studentId: ada.id, evidenceIds: [id] });
    await teacher.award(one);
    await teacher.void([one.id]);
    expect(await seen(await clientOf(world, world.school.guardian), ada, id)).toBe("evidence-not-found");
    expect(await seen(teacher, ada, id)).toBe(200);
  });
});

describe("when a family takes its yes back", () => {
  test("pictures are refused at once and off the disk after the sweep; the ledger says there was one", async () => {
    const { world, teacher, ada, ben, cai, award, seen } = await worldWithPhotos();
    onTestFinished(() => world.close());
    const alone = (await teacher.upload(await photo({ shade: 10 }), [ada])).id;
    const together = (await teacher.upload(await photo({ shade: 90 }), [ada, ben])).id;
    const others = (await teacher.upload(await photo({ shade: 170 }), [ben, cai])).id;
    const sameAsAlone = (await teacher.upload(await photo({ shade: 10 }), [cai])).id;
    const late = (await teacher.upload(await photo({ shade: 250 }), [ada])).id;
    for (const [child, id] of [
      [ada, alone],
      [ada, together],
      [ben, together],
      [ben, others],
      [cai, sameAsAlone],
    ] as const)
      await award(child, [id]);
    expect(await filesOf(world)).toHaveLength(8);

    world.setNow(new Date(WORLD_NOW.getTime() + MINUTE));
    await withdrawPhotos(world.database, world.school, [ada], world.deps.now());
    for (const size of ["large", "small"]) {
      expect(await seen(teacher, ada, alone, size)).toBe("evidence-removed");
      expect(await seen(teacher, ben, together, size)).toBe("evidence-removed");
      expect(await seen(teacher, ben, others, size)).toBe(200);
      expect(await seen(teacher, cai, sameAsAlone, size)).toBe(200);
    }
    expect(await award(ada, [late])).toBe("evidence-removed");
    expect((await teacher.upload(await photo(), [ada])).code).toBe("photo-consent-missing");

    await sweepEvidence(world.deps, 0);
    // Left: `others`, and `sameAsAlone`, which shares its files with one that went.
    expect(await filesOf(world)).toHaveLength(4);
    expect(await seen(teacher, cai, sameAsAlone)).toBe(200);
    const { entries } = await teacher.get<LedgerPage>(`/students/${ada.id}/timeline`);
    expect(entries.map(({ evidence }) => evidence.map(({ isRemoved }) => isRemoved))).toEqual([
      [true],
      [true],
    ]);

    // A new yes is for new pictures: what was taken away does not come back.
    world.setNow(new Date(WORLD_NOW.getTime() + 2 * MINUTE));
    await agreeToPhotos(world.database, world.school, [ada], world.deps.now());
    expect(await seen(teacher, ada, alone)).toBe("evidence-removed");
    expect((await teacher.upload(await photo(), [ada])).status).toBe(200);
    await withdrawPhotos(world.database, world.school, [cai], world.deps.now());
    await sweepEvidence(world.deps, 0);
    expect(await seen(teacher, cai, sameAsAlone)).toBe("evidence-removed");
    expect(await filesOf(world)).toHaveLength(2);
  });
});

test("an upload that no award names is forgotten after a day, and so is what a killed process left", async () => {
  const { world, teacher, ada, award, seen } = await worldWithPhotos();
  onTestFinished(() => world.close());
  const { id } = await teacher.upload(await photo({ shade: 10 }), [ada]);
  const bound = (await teacher.upload(await photo({ shade: 90 }), [ada])).id;
  await award(ada, [bound]);
  const orphan = join(world.deps.config.dataDir, "evidence", world.school.id, "0a");
  await mkdir(orphan, { recursive: true });
  await writeFile(join(orphan, `${"b".repeat(62)}.webp`), "left behind");
  await writeFile(join(world.deps.config.dataDir, "evidence/incoming/left"), "left behind");
  await sweepEvidence(world.deps, 0);
  expect(await filesOf(world)).toHaveLength(5);
  expect(await incomingOf(world)).toEqual(["left"]);

  world.setNow(new Date(WORLD_NOW.getTime() + DAY + MINUTE));
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * 3_600_000 });
  onTestFinished(() => void vi.useRealTimers());
  await sweepEvidence(world.deps, 0);
  expect(await filesOf(world)).toHaveLength(2);
  expect(await incomingOf(world)).toEqual([]);
  expect(await award(ada, [id])).toBe("evidence-not-found");
  expect(await seen(await clientOf(world, world.school.homeroom), ada, bound)).toBe(200);
});

test("verify names every picture whose file is missing or is not what it was", async () => {
  const { world, teacher, ada } = await worldWithPhotos();
  onTestFinished(() => world.close());
  const missing = (await teacher.upload(await photo({ shade: 10 }), [ada])).id;
  const altered = (await teacher.upload(await photo({ shade: 90 }), [ada])).id;
  const verified = async () => {
    const said = vi.spyOn(console, "log").mockImplementation(() => {});
    const code = await verify.parse([])(world.database, world.deps.config);
    const lines = said.mock.calls.map(([line]) => String(line));
    said.mockRestore();
    return { code, lines };
  };
  expect((await verified()).code).toBe(0);

  const kept = await world.database.read(world.school.id, (store) =>
    keptEvidence(store, world.school.id, { after: "", limit: 9 }),
  );
  const fileOf = (id: string, size: "largeSha256" | "smallSha256") => {
    const sha256 = kept.find((picture) => picture.id === id)?.[size] ?? "";
    const folder = join(world.deps.config.dataDir, "evidence", world.school.id, sha256.slice(0, 2));
    return { sha256, path: join(folder, `${sha256.slice(2)}.webp`) };
  };
  const gone = fileOf(missing, "largeSha256");
  await rm(gone.path);
  const changed = fileOf(altered, "smallSha256");
  await writeFile(changed.path, "something else");
  const { code, lines } = await verified();
  expect(code).toBe(1);
  expect(lines).toContain(`  evidence ${missing}: file ${gone.sha256} is missing`);
  expect(lines).toContain(`  evidence ${altered}: file ${changed.sha256} is altered`);
  expect(lines).toContain("2 picture files are not right.");
});

describe("whatever is sent", () => {
  let of: Awaited<ReturnType<typeof worldWithPhotos>>;
  beforeAll(async () => {
    of = await worldWithPhotos();
  });
  afterAll(() => of.world.close());

  const kept = async (id: string, size: string) => {
    await of.award(of.ada, [id]);
    const path = `/students/${of.ada.id}/evidence/${id}?size=${size}`;
    return await of.teacher.ask("GET", path);
  };

  test.each([
    ["jpeg", () => photo({ width: 4000, height: 3000 })],
    ["png", () => pictureOf("png")],
    ["webp", () => pictureOf("webp")],
    ["jpeg with a web page behind it", () => polyglot("html")],
    ["jpeg with an archive behind it", () => polyglot("zip")],
  ] as const)("%s is kept as plain WebP in two sizes, and as nothing else", async (_name, file) => {
    const sent = await file();
    const { id, status } = await of.teacher.upload(sent, [of.ada]);
    expect(status).toBe(200);
    for (const [size, side] of [
      ["large", 1600],
      ["small", 320],
    ] as const) {
      const { bytes, headers } = await kept(id, size);
      const found = await sharp(bytes).metadata();
      expect(found.format).toBe("webp");
      expect(Math.max(found.width, found.height)).toBeLessThanOrEqual(side);
      expect([found.exif, found.xmp, found.iptc, found.icc]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
      const text = Buffer.from(bytes).toString("latin1");
      expect(text).not.toMatch(/Exif|GPS|Phone|doudou|script|exe PK|林妈妈/);
      expect(headers).toMatchObject({
        "content-type": "image/webp",
        "cache-control": "private, no-cache",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
      });
    }
  });

  test("the photo that was sent did say where it was taken", async () => {
    const { exif } = await sharp(await photo()).metadata();
    expect(exif?.toString("latin1")).toContain("Phone");
  });

  test.each([
    ["nothing at all", () => Buffer.alloc(0), "picture-unreadable"],
    ["a decompression bomb", () => bomb(30_000), "picture-too-many-pixels"],
    ["a picture 20,000 pixels wide", () => photo({ width: 20_000, height: 40 }), "picture-too-many-pixels"],
    ["half a photo", async () => (await photo()).subarray(0, 1500), "picture-unreadable"],
    ["a PNG whose pixels are missing", () => bomb(2000).subarray(0, 60), "picture-unreadable"],
    [
      "noise that begins like a JPEG",
      () => Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), randomBytes(5000)]),
      "picture-unreadable",
    ],
    ["11 MB", () => Buffer.alloc(11 * 1024 * 1024, 0xff), "picture-too-large"],
    [
      "a drawing that could hold a program",
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      "picture-kind-not-taken",
    ],
    [
      "a web page called a photo",
      () => Buffer.from("<!doctype html><script>1</script>"),
      "picture-kind-not-taken",
    ],
    ["an animation", () => pictureOf("gif"), "picture-kind-not-taken"],
    ["a TIFF", () => pictureOf("tiff"), "picture-kind-not-taken"],
    ["an AVIF", () => pictureOf("avif"), "picture-kind-not-taken"],
    ["what an iPhone takes", () => heic, "picture-heic"],
  ] as const)("%s is refused by its name, and nothing of it stays", async (_name, file, code) => {
    const before = await filesOf(of.world);
    const answer = await of.teacher.upload(await file(), [of.ada]);
    expect(answer.code).toBe(code);
    expect(await filesOf(of.world)).toEqual(before);
    expect(await incomingOf(of.world)).toEqual([]);
    expect((await of.teacher.upload(await photo(), [of.ada])).status).toBe(200);
  });

  test("a picture known already is not sent again", async () => {
    const { id } = await of.teacher.upload(await photo(), [of.ada]);
    const { headers } = await kept(id, "small");
    const response = await of.world.app.server.inject({
      url: `/api/v1/students/${of.ada.id}/evidence/${id}?size=small`,
      headers: {
        cookie: await of.world.signIn(of.world.school.homeroom),
        "if-none-match": String(headers["etag"]),
      },
    });
    expect([response.statusCode, response.rawPayload.length]).toEqual([304, 0]);
  });

  test("staff who look at a picture are written down", async () => {
    const { id } = await of.teacher.upload(await photo(), [of.ada]);
    await kept(id, "large");
    const log = await of.world.database.read(
      of.world.school.id,
      async ({ db, tables }) => await db.select().from(tables.auditEntry),
    );
    expect(log.findLast(({ action }) => action === "evidence.read")).toMatchObject({
      membershipId: of.world.school.homeroom.membershipId,
      studentId: of.ada.id,
    });
  });
});

describe("over a bad network", () => {
  let of: Awaited<ReturnType<typeof worldWithPhotos>>;
  beforeAll(async () => {
    of = await worldWithPhotos();
  });
  afterAll(() => of.world.close());

  test("an upload that stalls is cut off with an answer, one that is broken off leaves nothing behind", async () => {
    const { world, ada } = of;
    const pictures = createPictureFiles({ dataDir: world.deps.config.dataDir, stalledAfterMs: 300 });
    const { server } = await buildApp({ ...world.deps, pictures });
    onTestFinished(async () => {
      await server.close();
      await pictures.close();
    });
    const address = await server.listen({ port: 0, host: "127.0.0.1" });
    const sent = await photo();
    const begin = async () => {
      const request = httpRequest(`${address}/api/v1/evidence/${uuidv7()}?studentIds=${ada.id}`, {
        method: "PUT",
        headers: { cookie: await world.signIn(world.school.homeroom), "content-length": sent.length },
      });
      request.on("error", () => {}); // the connection ends before the whole was sent
      request.write(sent.subarray(0, 500));
      return request;
    };
    const stalling = await begin();
    const [answer] = (await once(stalling, "response")) as [IncomingMessage];
    expect([answer.statusCode, answer.headers.connection]).toEqual([408, "close"]);
    stalling.destroy();

    const broken = await begin();
    await vi.waitFor(async () => expect(await incomingOf(world)).toHaveLength(1));
    broken.destroy();
    await vi.waitFor(async () => expect(await incomingOf(world)).toEqual([]));
  });

  test("a slow upload that keeps coming arrives", async () => {
    const { teacher, ada } = of;
    const sent = await photo();
    const incoming = new PassThrough();
    const answer = teacher.upload(incoming, [ada]);
    for (let from = 0; from < sent.length; from += 400) {
      incoming.write(sent.subarray(from, from + 400));
      await new Promise(setImmediate);
    }
    incoming.end();
    expect((await answer).status).toBe(200);
  });

  test("one account may upload so many pictures a minute; others go on", async () => {
    const { world, ada } = of;
    const colleague = await clientOf(world, world.school.subject);
    const codes: (string | undefined)[] = [];
    for (let sent = 0; sent < 61; sent++) codes.push((await colleague.upload(heic, [ada])).code);
    expect([codes[59], codes[60]]).toEqual(["picture-heic", "too-many-requests"]);
    expect((await of.teacher.upload(await photo(), [ada])).status).toBe(200);
  });

  test(
    "twenty tablets upload at once: all arrive, and the same picture is kept once",
    { timeout: 120_000 },
    async () => {
      const { world, teacher, ada } = of;
      const before = (await filesOf(world)).length;
      const sent = await photo({ shade: 77, width: 640, height: 480 });
      const answers = await Promise.all(Array.from({ length: 20 }, () => teacher.upload(sent, [ada])));
      expect(answers.map(({ status }) => status)).toEqual(Array<number>(20).fill(200));
      expect((await filesOf(world)).length).toBe(before + 2);
      const { id } = JSON.parse(answers[0]!.body) as UploadedEvidence;
      const folder = join(world.deps.config.dataDir, "evidence");
      expect((await readFile(join(folder, (await filesOf(world))[0]!))).length).toBeGreaterThan(0);
      expect(id).toBe(answers[0]!.id);
    },
  );
});
