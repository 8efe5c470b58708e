/** The audit log over HTTP, on both engines: what is written down, that it cannot be bent, and who may look at it. */
import { sql } from "drizzle-orm";
import { strFromU8, unzipSync } from "fflate";
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { insertRows } from "@doudou/db/repositories/bulk.ts";
import { addAuditEntry, auditEntries, checkAuditChain } from "@doudou/db/repositories/oversight.ts";
import type { AuditPage, RecordReaders } from "@doudou/shared/contract/audit.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

describe.each(ENGINES)("the audit log on %s", (engine) => {
  let world: World;
  let teacher: Client;
  let admin: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    teacher = await clientOf(world, world.school.homeroom);
    admin = await clientOf(world, world.school.admin);
  });
  afterEach(() => world.close());

  const child = () => world.school.children[0]!;
  const log = async (query = "") => (await admin.get<AuditPage>(`/audit?${query}`)).entries;
  const check = () =>
    world.database.read(world.school.id, (store) => checkAuditChain(store, world.school.id));
  const setGoal = (text: string) =>
    teacher.ask("PUT", `/classes/${world.school.classId}/goal`, { text, dimension: null, target: 50 });

  test("a change tells who made it, when, from where, and what stood before and after", async () => {
    await setGoal("互相帮一把");
    await setGoal("说话轻一点");
    const [second, first] = await log("kind=change");
    const { membershipId: id, name } = world.school.homeroom;
    expect(second).toMatchObject({
      action: "goal.set",
      at: WORLD_NOW.toISOString(),
      by: { id, role: "teacher", ...(name === undefined ? {} : { name }) },
      class: { id: world.school.classId },
      student: null,
      address: "127.0.0.1",
      before: { text: "互相帮一把" },
      after: { text: "说话轻一点" },
      isErased: false,
    });
    expect(first).toMatchObject({ before: null, after: { text: "互相帮一把" } });
    expect(second!.seq).toBe(first!.seq + 1);
  });

  test("what was refused leaves no trace, and what was sent twice only one", async () => {
    const plan = { name: "平时", subjectId: null, rows: 1, columns: 1, aisles: [], seats: [null] };
    const path = `/classes/${world.school.classId}/seating-plans/${uuidv7()}`;
    await teacher.ask("PUT", path, { ...plan, version: 0 });
    expect((await teacher.ask("PUT", path, { ...plan, version: 7 })).code).toBe("seating-changed");
    const reminder = { id: uuidv7(), text: "记得带伞", guardianMaySee: true, occurredAt: WORLD_NOW };
    for (let time = 0; time < 2; time++)
      await teacher.ask("POST", `/students/${child().id}/reminders`, reminder);
    const changes = await log("kind=change");
    expect(changes.map(({ action }) => action)).toEqual(["reminder.write", "seating.change"]);
    expect(JSON.stringify(changes)).not.toContain("记得带伞");
  });

  test("entries are found by kind, action, person, child and day, page by page", async () => {
    await setGoal("互相帮一把");
    await teacher.ask("GET", `/students/${child().id}/portfolio`);
    world.setNow(new Date(WORLD_NOW.getTime() + 86_400_000));
    teacher = await clientOf(world, world.school.homeroom);
    admin = await clientOf(world, world.school.admin);
    await setGoal("说话轻一点");
    const { membershipId } = world.school.homeroom;
    expect((await log("action=goal.set")).length).toBe(2);
    expect((await log("action=goal.set&from=2026-11-12")).length).toBe(1);
    expect((await log("action=goal.set&to=2026-11-11")).length).toBe(1);
    expect((await log(`membershipId=${membershipId}`)).length).toBe(3);
    expect((await log(`studentId=${child().id}`)).map(({ student }) => student?.name)).toEqual([
      child().name,
    ]);
    expect((await admin.ask("GET", "/audit?from=gestern")).code).toBe("invalid-input");

    const pages: number[] = [];
    let before = "";
    for (let page = 0; page < 2; page++) {
      const { entries, nextBefore } = await admin.get<AuditPage>(
        `/audit?membershipId=${membershipId}&limit=2${before}`,
      );
      pages.push(entries.length);
      before = nextBefore === null ? "" : `&before=${nextBefore}`;
    }
    expect([pages, before]).toEqual([[2, 1], ""]);
  });

  test("looking into the log is in the log", async () => {
    await log();
    expect((await log()).filter(({ action }) => action === "audit.read").length).toBe(2);
  });

  test("an export holds every entry with its hash, and no formula", async () => {
    await setGoal("=HYPERLINK(1)");
    await world.database.write(world.school.id, (store) =>
      addAuditEntry(store, world.school.id, {
        kind: "change",
        membershipId: world.school.admin.membershipId,
        action: "goal.set",
        studentId: null,
        classId: null,
        subjectId: "=1+1",
        requestId: "r",
        address: null,
        at: WORLD_NOW,
      }),
    );
    const { body, headers } = await admin.ask("GET", "/audit/export.csv?kind=change");
    expect(headers["content-type"]).toContain("text/csv");
    const [heading, ...lines] = body.slice(1).trimEnd().split("\r\n");
    expect(heading).toBe("seq,at,kind,action,by,role,student,class,subject,address,before,after,hash");
    expect(lines.length).toBe(2);
    expect(body).not.toMatch(/(^|,)"?[=+@-]/m);
    for (const line of lines) expect(line).toMatch(/,[0-9a-f]{64}$/);
  });

  test("an export as a workbook holds what the filter asks for, as text only, and says where it is cut", async () => {
    await setGoal("=HYPERLINK(1)");
    await teacher.ask("GET", `/students/${child().id}/portfolio`);
    const sheetOf = async (query: string) => {
      const { bytes, status, headers } = await admin.ask("GET", `/audit/export.xlsx?${query}`);
      expect([status, headers["content-disposition"]]).toEqual([200, 'attachment; filename="audit.xlsx"']);
      const files = unzipSync(bytes);
      const sheet = strFromU8(files["xl/worksheets/sheet1.xml"]!);
      expect(sheet).not.toContain("<f>");
      return { rows: sheet.match(/<row /g)?.length, text: strFromU8(files["xl/sharedStrings.xml"]!) };
    };
    const changes = await sheetOf("kind=change");
    expect(changes.rows).toBe(2);
    for (const word of ["hash", "goal.set", "=HYPERLINK(1)", world.school.homeroom.name])
      expect(changes.text).toContain(word);
    expect(changes.text).not.toContain("portfolio.read");
    expect((await sheetOf("to=2026-11-10")).rows).toBe(1);
    expect((await teacher.ask("GET", "/audit/export.xlsx")).code).toBe("forbidden");

    await world.database.write(world.school.id, async (store) => {
      const { membershipId } = world.school.admin;
      const entries = Array.from({ length: 10_001 }, (_, at) => ({
        schoolId: world.school.id,
        seq: 1_000 + at,
        kind: "change" as const,
        at: WORLD_NOW,
        membershipId,
        action: "card.issue",
        requestId: "r",
        hash: "0",
      }));
      await insertRows(store, store.tables.auditEntry, entries);
    });
    const cut = await sheetOf("action=card.issue");
    expect(cut.rows).toBe(1 + 10_000 + 1);
    expect(cut.text).toContain("只含最新的 10000 条");
  });

  test("forty people who read and change at the same time leave one chain without a gap", async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, turn) =>
        turn % 2 === 0 ? setGoal(`第 ${turn} 个`) : teacher.ask("GET", `/students/${child().id}/portfolio`),
      ),
    );
    const { entries, faults, unchained, erased } = await check();
    expect([faults, unchained, erased]).toEqual([[], 0, 0]);
    const known = await world.database.read(world.school.id, (store) =>
      auditEntries(store, world.school.id, {}, { before: undefined, limit: 200 }),
    );
    expect(known.map(({ seq }) => seq)).toEqual(Array.from({ length: entries }, (_, at) => entries - at));
  });

  test("details can be erased with whom they name, and the chain still holds; a detail that was altered shows", async () => {
    await setGoal("互相帮一把");
    await setGoal("说话轻一点");
    const [second, first] = await log("kind=change");
    await world.database.write(world.school.id, async ({ db, tables }) => {
      await db.delete(tables.auditDetail).where(sql`${tables.auditDetail.seq} = ${first!.seq}`);
    });
    expect(await check()).toMatchObject({ erased: 1, faults: [] });
    expect((await log("kind=change"))[1]).toMatchObject({ isErased: true, before: null, after: null });
    await world.database.write(world.school.id, async ({ db, tables }) => {
      await db
        .update(tables.auditDetail)
        .set({ after: { text: "别的" } })
        .where(sql`${tables.auditDetail.seq} = ${second!.seq}`);
    });
    expect((await check()).faults).toEqual([{ seq: second!.seq, fault: "detail-altered" }]);
  });

  test("an entry that somebody altered, or took out, behind the triggers' back is found", async () => {
    for (const text of ["一", "二", "三", "四"]) await setGoal(text);
    const [fourth, third, second] = await log("kind=change");
    const behindTheBack = async (change: ReturnType<typeof sql>) => {
      await world.database.write(world.school.id, async ({ db }) => {
        const run = (statement: ReturnType<typeof sql>) =>
          engine === "sqlite"
            ? db.run(statement)
            : (db as unknown as { execute(of: typeof statement): Promise<unknown> }).execute(statement);
        if (engine === "sqlite") {
          await run(sql`DROP TRIGGER audit_entry_refuses_update`);
          await run(sql`DROP TRIGGER audit_entry_refuses_delete`);
        } else await run(sql`ALTER TABLE audit_entry DISABLE TRIGGER USER`);
        await run(change);
      });
    };
    await behindTheBack(sql`UPDATE audit_entry SET action = 'goal.dropped' WHERE seq = ${third!.seq}`);
    expect((await check()).faults).toEqual([{ seq: third!.seq, fault: "altered" }]);
    await world.database.write(world.school.id, async ({ db, tables }) => {
      await db.delete(tables.auditDetail).where(sql`${tables.auditDetail.seq} = ${second!.seq}`);
      const taken = sql`DELETE FROM audit_entry WHERE seq = ${second!.seq}`;
      if (engine === "sqlite") await db.run(taken);
      else await (db as unknown as { execute(of: typeof taken): Promise<unknown> }).execute(taken);
    });
    expect((await check()).faults).toContainEqual({ seq: second!.seq, fault: "missing" });
    expect((await check()).faults.map(({ seq }) => seq)).not.toContain(fourth!.seq);
  });

  test("a guardian sees who looked at their child, day by day, and at nobody else's", async () => {
    for (let time = 0; time < 3; time++) await teacher.ask("GET", `/students/${child().id}/portfolio`);
    const guardian = await clientOf(world, world.school.guardian);
    await guardian.ask("GET", `/students/${child().id}/portfolio`);
    const { readers } = await guardian.get<RecordReaders>(`/students/${child().id}/readers`);
    expect(readers).toEqual([
      {
        day: "2026-11-11",
        name: expect.any(String),
        role: "teacher",
        action: "portfolio.read",
        purpose: null,
        isEmergency: false,
        times: 3,
      },
    ]);
    const other = await clientOf(world, world.school.otherGuardian);
    expect((await other.ask("GET", `/students/${child().id}/readers`)).code).toBe("forbidden");
    expect((await teacher.ask("GET", `/students/${child().id}/readers`)).code).toBe("forbidden");
  });

  test("only administrators read the log, and only their own school's", async () => {
    await setGoal("互相帮一把");
    for (const person of ["homeroom", "guardian", "student"] as const) {
      const client = await clientOf(world, world.school[person]);
      for (const path of ["/audit", "/audit/export.csv"])
        expect([person, path, (await client.ask("GET", path)).code]).toEqual([person, path, "forbidden"]);
    }
    const neighbour = await clientOf(world, world.neighbour.admin);
    const theirs = await neighbour.get<AuditPage>("/audit?kind=change");
    expect(theirs.entries).toEqual([]);
  });
});
