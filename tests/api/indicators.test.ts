/** The school's scheme: written as a draft, published for a term, and never changed afterwards; old awards keep theirs. */
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { AwardablePoints } from "@doudou/shared/contract/classes.ts";
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import type {
  DraftSaved,
  PublishedScheme,
  SchemeDraft,
  SchemeFileCheck,
  SchemeOverview,
  SchemePublished,
  SchoolScheme,
  StagePreview,
} from "@doudou/shared/contract/indicators.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { differencesOf } from "@doudou/shared/domain/school-scheme.ts";
import { perDimension } from "@doudou/shared/domain/words.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { type Person, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY = 86_400_000;

describe.each(ENGINES)("the indicator scheme on %s", (engine) => {
  let world: World;
  let admin: Client;
  let teacher: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    admin = await clientOf(world, world.school.admin);
    teacher = await clientOf(world, world.school.homeroom);
  });
  afterEach(() => world.close());

  const overview = () => admin.get<SchemeOverview>("/indicator-schemes");
  const begin = async (from?: string): Promise<SchemeDraft> => {
    const answer = await admin.ask("POST", "/scheme-draft", { from: from ?? (await overview()).inForce! });
    expect(answer.status).toBe(200);
    return JSON.parse(answer.body) as SchemeDraft;
  };
  const save = async (by: Client, version: number, scheme: SchoolScheme) => {
    const { status, body, code } = await by.ask("PUT", "/scheme-draft", { version, scheme });
    return status === 200 ? (JSON.parse(body) as DraftSaved).version : code;
  };
  const publish = async (version: number, termId = world.school.termId) => {
    const { status, body, code } = await admin.ask("POST", "/scheme-draft/publish", { version, termId });
    return status === 200 ? (JSON.parse(body) as SchemePublished) : code;
  };
  const check = async (payload: Uint8Array | string) => {
    const cookie = await world.signIn(world.school.admin);
    const answer = await world.app.server.inject({
      method: "PUT",
      url: "/api/v1/scheme-draft/file-check",
      headers: { cookie, "content-type": "application/octet-stream" },
      payload: Buffer.from(payload),
    });
    return answer.json<SchemeFileCheck & { code?: string }>();
  };
  const moralFirst = (indicators: SchoolScheme["indicators"]) => {
    const isMoral = ({ dimension }: (typeof indicators)[number]) => dimension === "moral";
    return { first: indicators.find(isMoral), rest: indicators.filter((one) => !isMoral(one)) };
  };
  /** With one more moral point. */
  const withOwnPoint = ({ dimensions, indicators }: SchoolScheme): SchoolScheme => {
    const { first } = moralFirst(indicators);
    const own = {
      ...first!.points[0]!,
      code: "XD1",
      name: { zh: "主动给花浇水", en: "Waters the flowers" },
      origin: "school" as const,
      icon: "flower" as const,
    };
    const added = { ...first!, points: [...first!.points, own] };
    return { dimensions, indicators: indicators.map((one) => (one === first ? added : one)) };
  };
  const points = () => teacher.get<AwardablePoints>(`/observation-points?classId=${world.school.classId}`);

  test("is copied into a draft, which nobody is awarded by until it is published", async () => {
    const { inForce, draft: none, versions } = await overview();
    expect([none, versions.length]).toEqual([null, 1]);
    const draft = await begin();
    expect(draft).toMatchObject({ version: 1, startedFrom: inForce, savedBy: world.school.admin.name });
    expect(await save(admin, 1, withOwnPoint(draft.scheme))).toBe(2);
    expect((await overview()).draft?.scheme).toEqual(withOwnPoint(draft.scheme));
    expect((await points()).points.map(({ code }) => code)).not.toContain("XD1");
    expect((await admin.ask("DELETE", "/scheme-draft?version=2")).status).toBe(204);
    expect((await overview()).draft).toBeNull();
    expect(await save(admin, 2, draft.scheme)).toBe("scheme-draft-missing");
  });

  test("written in two windows is never overwritten unseen", async () => {
    const { scheme } = await begin();
    expect(await save(admin, 1, withOwnPoint(scheme))).toBe(2);
    expect(await save(admin, 1, scheme)).toBe("scheme-draft-changed");
    expect((await admin.ask("POST", "/scheme-draft", { from: "built-in" })).code).toBe(
      "scheme-draft-changed",
    );
    expect((await admin.ask("DELETE", "/scheme-draft?version=1")).code).toBe("scheme-draft-changed");
    expect(await publish(1)).toBe("scheme-draft-changed");
    expect((await overview()).draft?.scheme).toEqual(withOwnPoint(scheme));
  });

  test("keeps its core: what is locked cannot be saved otherwise, nor what is not core called so", async () => {
    const { scheme } = await begin();
    const { first, rest } = moralFirst(scheme.indicators);
    const [point, ...others] = first!.points;
    const as = (changed: object[]) =>
      ({ ...scheme, indicators: [{ ...first!, points: [...changed, ...others] }, ...rest] }) as SchoolScheme;
    for (const touched of [
      as([{ ...point!, name: { zh: "别的", en: "Other" } }]),
      as([{ ...point!, maxBeans: 2 }]),
      as([]),
      as([point!, { ...point!, code: "XD1" }]),
      { ...scheme, indicators: rest },
    ])
      expect(await save(admin, 1, touched)).toBe("scheme-core-locked");
    expect(await save(admin, 1, as([{ ...point!, beans: 2, weeklyCap: 5, icon: "sun" }]))).toBe(2);
  });

  test("may be saved unfinished, but is published only when it is right, and then says where it is not", async () => {
    const { scheme } = await begin();
    const unfinished = structuredClone(withOwnPoint(scheme));
    moralFirst(unfinished.indicators).first!.points.at(-1)!.name.en = " ";
    unfinished.dimensions.arts.weight = 30;
    expect(await save(admin, 1, unfinished)).toBe(2);
    const answer = await admin.ask("POST", "/scheme-draft/publish", {
      version: 2,
      termId: world.school.termId,
    });
    expect([answer.status, answer.code]).toEqual([422, "scheme-not-fit"]);
    const { errors } = JSON.parse(answer.body) as { errors: { path: string; message: string }[] };
    expect(errors.map(({ message }) => message)).toEqual(["weights-not-100", "name-missing"]);
    expect((await overview()).draft?.version).toBe(2);
    expect(await publish(2, world.school.earlierTermId)).toBe("term-closed");
    expect(await publish(2, uuidv7())).toBe("term-not-found");
  });

  test("published in the middle of a term is given from that day; what a tablet still holds counts, old awards keep theirs", async () => {
    const old = (await points()).points.find(({ code }) => code === "P1")!;
    await teacher.ask("PUT", `/observation-points/${old.id}/favourite`);
    const [before] = await teacher.award(awardIn(world.school, WORLD_NOW));
    expect(before?.status).toBe("recorded");
    const { scheme } = await begin();
    await save(admin, 1, withOwnPoint(scheme));
    expect(await publish(2)).toMatchObject({ version: 2, from: "2026-11-11" });

    const now = (await points()).points;
    const same = now.find(({ code }) => code === "P1")!;
    const own = now.find(({ code }) => code === "XD1")!;
    expect([same.id === old.id, same.isFavourite]).toEqual([false, true]);
    expect([same.icon, own.icon]).toEqual([null, "flower"]);
    const kept = await teacher.award(
      awardIn(world.school, WORLD_NOW),
      awardIn(world.school, WORLD_NOW, { observationPointId: same.id }),
      awardIn(world.school, WORLD_NOW, { observationPointId: own.id }),
    );
    expect(kept.map(({ status }) => status)).toEqual(["recorded", "recorded", "recorded"]);

    const child = world.school.children[1]!;
    const { dimensions } = await teacher.get<Portfolio>(`/students/${child.id}/portfolio`);
    expect(dimensions.find(({ dimension }) => dimension === "moral")).toMatchObject({ records: 4 });
    const rows = await world.database.read(world.school.id, ({ db, tables: { award } }) =>
      Promise.resolve(db.select().from(award).where(eq(award.id, before!.id))),
    );
    expect(rows[0]?.observationPointId).toBe(world.school.points.helps);

    world.setNow(new Date(WORLD_NOW.getTime() + 20 * DAY));
    teacher = await clientOf(world, world.school.homeroom);
    const late = new Date(WORLD_NOW.getTime() + 20 * DAY);
    const [stale, fresh, brought] = await teacher.award(
      awardIn(world.school, late),
      awardIn(world.school, late, { observationPointId: own.id }),
      awardIn(world.school, WORLD_NOW),
    );
    expect(stale?.problem?.code).toBe("observation-point-not-found");
    expect([fresh?.status, brought?.status]).toEqual(["recorded", "recorded"]);
  });

  test("a dimension that the school renames has its new name for everybody who signs in, and at no other school", async () => {
    const { scheme } = await begin();
    const moral = { ...scheme.dimensions.moral, name: { zh: "品德", en: "Character" } };
    await save(admin, 1, { ...scheme, dimensions: { ...scheme.dimensions, moral } });
    const namesFor = async (person: Person) => {
      const client = await clientOf(world, person);
      return (await client.get<SessionView>("/session")).memberships[0]?.dimensionNames;
    };
    const before = perDimension((dimension) => scheme.dimensions[dimension].name);
    expect(await namesFor(world.school.guardian)).toEqual(before);
    await publish(2);
    for (const person of [world.school.guardian, world.school.student, world.school.homeroom])
      expect(await namesFor(person)).toEqual({ ...before, moral: moral.name });
    expect(await namesFor(world.neighbour.admin)).toEqual(before);
  });

  test("a school deals the five colours out otherwise, each once, for its own people and boards alone", async () => {
    const { scheme } = await begin();
    const { moral, labour } = scheme.dimensions;
    const twice = { ...scheme.dimensions, labour: { ...labour, colour: "red" as const } };
    expect(await save(admin, 1, { ...scheme, dimensions: twice })).toBe(2);
    expect(await publish(2)).toBe("scheme-not-fit");
    const swapped = { ...twice, moral: { ...moral, colour: "brown" as const } };
    expect(await save(admin, 2, { ...scheme, dimensions: swapped })).toBe(3);
    expect(differencesOf(scheme, { ...scheme, dimensions: swapped })).toMatchObject([
      { node: "dimension", dimension: "moral", fields: [{ field: "colour", before: "red", after: "brown" }] },
      {
        node: "dimension",
        dimension: "labour",
        fields: [{ field: "colour", before: "brown", after: "red" }],
      },
    ]);
    await publish(3);
    const coloursOf = async (person: Person) => {
      const { memberships } = await (await clientOf(world, person)).get<SessionView>("/session");
      return memberships[0]!.dimensionColours;
    };
    const dealt = { moral: "brown", academic: "gold", physical: "green", arts: "violet", labour: "red" };
    for (const person of [world.school.homeroom, world.school.guardian, world.school.student])
      expect(await coloursOf(person)).toEqual(dealt);
    expect(await coloursOf(world.neighbour.homeroom)).toMatchObject({ moral: "red", labour: "brown" });
    const { versions } = await overview();
    const kept = await admin.get<PublishedScheme>(`/indicator-schemes/${versions[0]!.id}`);
    expect(kept.scheme.dimensions).toEqual(swapped);
  });

  test("published for a coming term leaves this one as it is", async () => {
    const next = uuidv7();
    const { inForce: schemeId } = await overview();
    await world.database.write(world.school.id, async ({ db, tables }) => {
      await db.insert(tables.term).values({
        schoolId: world.school.id,
        id: next,
        academicYearId: world.school.yearId,
        schemeId,
        nameZh: "2027年春季学期",
        nameEn: "Spring 2027",
        startsOn: "2027-02-22",
        endsOn: "2027-07-09",
      });
    });
    const { scheme } = await begin();
    await save(admin, 1, withOwnPoint(scheme));
    const published = (await publish(2, next)) as SchemePublished;
    expect(published.from).toBe("2027-02-22");
    const { terms, draft } = await overview();
    expect(terms.map((term) => term.schemeId === published.schemeId)).toEqual([false, false, true]);
    expect(draft).toBeNull();
    expect((await points()).points.map(({ code }) => code)).not.toContain("XD1");
    const { scheme: read } = await admin.get<PublishedScheme>(`/indicator-schemes/${published.schemeId}`);
    expect(read).toEqual(withOwnPoint(scheme));
  });

  test("once published is frozen: the database itself refuses to change or delete any of it", async () => {
    for (const table of ["indicatorScheme", "schemeDimension", "indicator", "observationPoint"] as const) {
      const attempt = (change: "update" | "delete") =>
        world.database.write(world.school.id, async ({ db, tables }) => {
          const of = eq(tables[table].schoolId, world.school.id);
          if (change === "delete") await db.delete(tables[table]).where(of);
          else await db.update(tables[table]).set({ schoolId: world.school.id }).where(of);
        });
      await expect(attempt("update")).rejects.toThrow(/append-only|Failed query/);
      await expect(attempt("delete")).rejects.toThrow(/append-only|Failed query/);
    }
  });

  test("leaves in the audit log who began it, and what a publication added, changed and took away", async () => {
    const { scheme } = await begin();
    const changed = structuredClone(withOwnPoint(scheme));
    moralFirst(changed.indicators).first!.points[0]!.weeklyCap = 7;
    await save(admin, 1, changed);
    const { schemeId } = (await publish(2)) as SchemePublished;
    const { entries } = await admin.get<AuditPage>("/audit?kind=change");
    expect(entries.map(({ action }) => action)).toEqual(["scheme.publish", "scheme.write"]);
    expect(entries[0]).toMatchObject({
      subjectId: schemeId,
      after: { version: 2, from: "2026-11-11", added: ["XD1"], changed: ["P1"], removed: [] },
    });
  });

  test("leaves as a spreadsheet and comes back the same; a file that is wrong says in which cells, and changes nothing", async () => {
    const { scheme } = await begin("built-in");
    const own = withOwnPoint(scheme);
    await save(admin, 1, own);
    const { bytes, headers } = await admin.ask("GET", "/scheme-draft/table.xlsx");
    expect(headers["content-type"]).toContain("spreadsheetml");
    expect(await check(bytes)).toEqual({ scheme: own, problems: [] });
    expect(await check(JSON.stringify(own))).toEqual({ scheme: own, problems: [] });

    const { scheme: none, problems } = await check(
      "五育,指标代码,指标,指标英文名,观测点代码,观测点,观测点英文名,类型,豆数,每周上限,谁可以评,年级,照片\n" +
        "德,duty,责任,Duty,X1,浇花,Waters,行为,很多,2,班主任,1-9,不需要\n",
    );
    expect(none).toBeNull();
    expect(problems).toEqual([{ cell: "I2", column: "豆数", problem: "not-a-number", found: "很多" }]);
    const withoutCore = { ...own, indicators: own.indicators.slice(1) };
    const told = await check(JSON.stringify(withoutCore));
    expect([told.scheme, new Set(told.problems.map(({ problem }) => problem))]).toEqual([
      null,
      new Set(["core-missing"]),
    ]);
    expect((await check("{")).code).toBe("table-unreadable");
    expect((await overview()).draft?.version).toBe(2);
  });

  test("leaves as a file from any published version, and a draft made of that file differs in nothing", async () => {
    const { scheme } = await begin();
    await save(admin, 1, withOwnPoint(scheme));
    expect(await publish(2)).toMatchObject({ version: 2 });
    const { versions } = await overview();
    expect(versions.length).toBe(2);
    for (const { id } of versions) {
      const version = (await admin.get<PublishedScheme>(`/indicator-schemes/${id}`)).scheme;
      const draft = await begin(id);
      const json = await admin.ask("GET", `/indicator-schemes/${id}/scheme.json`);
      expect(json.headers).toMatchObject({
        "content-type": expect.stringContaining("application/json") as string,
        "content-disposition": 'attachment; filename="indicators.json"',
      });
      const table = await admin.ask("GET", `/indicator-schemes/${id}/table.xlsx`);
      for (const { bytes } of [json, table]) {
        const { scheme: read, problems } = await check(bytes);
        expect([read, problems]).toEqual([version, []]);
        expect(differencesOf(draft.scheme, read!)).toEqual([]);
      }
      expect((await admin.ask("DELETE", `/scheme-draft?version=${draft.version}`)).status).toBe(204);
    }
    const path = `/indicator-schemes/${versions[0]!.id}/scheme.json`;
    expect((await teacher.ask("GET", path)).code).toBe("forbidden");
    expect((await (await clientOf(world, world.neighbour.admin)).ask("GET", path)).code).toBe("not-found");
  });

  test("tries thresholds on the school as it stands today: shares, and small groups told as one", async () => {
    const everything = { sprout: 1, leaf: 2, bloom: 3, fruit: 4 };
    const given = world.school.children.flatMap(({ id: studentId }, index) =>
      Array.from({ length: index === 0 ? 12 : 1 }, () => awardIn(world.school, WORLD_NOW, { studentId })),
    );
    await teacher.award(...given);
    const thresholds = perDimension(() => everything);
    const { body } = await admin.ask("POST", "/scheme-draft/stages", { thresholds });
    const preview = JSON.parse(body) as StagePreview;
    expect(preview.children).toBe(7);
    expect(preview.dimensions?.arts).toEqual([
      { stages: ["seed"], percent: 100 },
      ...["sprout", "leaf", "bloom", "fruit"].map((stage) => ({ stages: [stage], percent: 0 })),
    ]);
    // One child blooms, four sprout, two have none: nobody of them is told apart.
    expect(preview.dimensions?.moral.filter(({ percent }) => percent > 0)).toHaveLength(1);
    expect(body).not.toMatch(/name|studentId|林小满/);
    expect((await teacher.ask("POST", "/scheme-draft/stages", { thresholds })).status).toBe(403);
  });

  test("is the office's: teachers, families and children neither read nor write it, and no other school's", async () => {
    const { inForce } = await overview();
    await begin();
    for (const person of [world.school.homeroom, world.school.guardian, world.school.student]) {
      const client = await clientOf(world, person);
      expect((await client.ask("GET", "/indicator-schemes")).status).toBe(403);
      expect((await client.ask("POST", "/scheme-draft", { from: "built-in" })).status).toBe(403);
    }
    const neighbour = await clientOf(world, world.neighbour.admin);
    expect((await neighbour.ask("GET", `/indicator-schemes/${inForce}`)).status).toBe(404);
    expect((await neighbour.ask("POST", "/scheme-draft", { from: inForce! })).status).toBe(404);
    expect((await neighbour.get<SchemeOverview>("/indicator-schemes")).draft).toBeNull();
  });
});
