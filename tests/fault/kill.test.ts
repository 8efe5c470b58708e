/**
 * kill -9 under load, again and again on the same file: no acknowledged award or void is ever lost or doubled, and the
 * tallies agree with the ledger. KILL_ROUNDS=100 for more rounds, KILL_SEED to repeat a run.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import BetterSqlite3 from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { Draw } from "@doudou/db/seed/draw.ts";
import { bringToToday, Teachers } from "../support/load.ts";
import { runDoudou, startServerProcess } from "../support/process.ts";
import { createSchool, type School } from "../support/school.ts";

const ROUNDS = Number(process.env["KILL_ROUNDS"] ?? 20);
const SEED = process.env["KILL_SEED"] ?? String(Date.now());

interface Verified {
  readonly differences: number;
  readonly schools: readonly { readonly awards: number; readonly voids: number }[];
}

describe("a server that is killed", () => {
  let dataDir: string;
  let school: School;
  const file = () => join(dataDir, "doudou.sqlite");
  const env = () => ({ DATA_DIR: dataDir, DOUDOU_LOG: "error" });
  const verify = async () => {
    const { code, stdout, stderr } = await runDoudou(["verify", "--json"], env());
    return { code, stderr, ...(JSON.parse(stdout) as Verified) };
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "doudou-kill-"));
    const database = await openDatabase({ file: file() });
    school = await createSchool(database, "kill", { children: 40 });
    await bringToToday(database, school);
    await database.close();
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  test(
    `loses and doubles nothing it acknowledged, ${ROUNDS} times over`,
    { timeout: 60_000 + ROUNDS * 40_000 },
    async () => {
      console.log(`KILL_SEED=${SEED} KILL_ROUNDS=${ROUNDS}`);
      const draw = new Draw(SEED);
      let server = await startServerProcess(env());
      const teachers = await Teachers.signIn(
        server.address,
        school,
        school.homeroom,
        draw.branch("teachers"),
      );
      let unanswered = 0;
      for (let round = 1; round <= ROUNDS; round++) {
        const working = teachers.work(server.address);
        await teachers.answers(draw.whole(1, 120));
        await after(draw.share() * 20); // not to wait for anything: to strike between two answers, too
        server.child.kill("SIGKILL");
        await Promise.all([working, server.ended]);
        const { awards, voids } = teachers.acknowledged;
        unanswered += teachers.sent.size - awards.length;

        const killed = await verify();
        expect([round, killed.code, killed.differences, killed.stderr]).toEqual([round, 0, 0, ""]);
        expect(killed.schools[0]?.awards).toBeGreaterThanOrEqual(awards.length);
        expect(killed.schools[0]?.voids).toBeGreaterThanOrEqual(voids.length);

        server = await startServerProcess(env());
        expect([round, await teachers.sendLatestAgain(server.address)]).toEqual([round, []]);
      }
      expect(await teachers.sendAllAgain(server.address)).toEqual([]);
      server.child.kill("SIGTERM");
      expect((await server.ended).code).toBe(0);

      const { awards, voids } = teachers.acknowledged;
      expect(awards.length).toBe(teachers.sent.size);
      const { code, differences, schools } = await verify();
      expect({ code, differences, schools }).toMatchObject({
        code: 0,
        differences: 0,
        schools: [{ awards: awards.length, voids: voids.length }],
      });
      expect([...teachers.refusals]).toEqual([]);
      console.log(
        `${awards.length} awards, ${voids.length} voids; ${unanswered} were on their way when the server died`,
      );
      expect(unanswered).toBeGreaterThan(0);
    },
  );

  test("a tally that somebody changed by hand is found and named", async () => {
    const change = (sign: "+" | "-") => {
      const raw = new BetterSqlite3(file());
      const row = raw
        .prepare<[], { student_id: string; day: string; dimension: string }>(
          "SELECT student_id, day, dimension FROM day_tally ORDER BY student_id, day, dimension LIMIT 1",
        )
        .get();
      raw
        .prepare(
          `UPDATE day_tally SET beans = beans ${sign} 7 WHERE student_id = ? AND day = ? AND dimension = ?`,
        )
        .run(row?.student_id, row?.day, row?.dimension);
      raw.close();
      return row;
    };
    const row = change("+");
    const found = await runDoudou(["verify"], env());
    expect(found.code).toBe(1);
    expect(found.stdout).toContain("1 tallies differ from the ledger.");
    const [line = ""] = found.stdout.split("\n").filter((each) => each.includes("day_tally"));
    for (const part of [row?.student_id, row?.day, row?.dimension, "beans -7"]) expect(line).toContain(part);
    const json = await runDoudou(["verify", "--json"], env());
    expect(JSON.parse(json.stdout)).toMatchObject({
      differences: 1,
      schools: [{ differences: [{ beans: -7 }] }],
    });

    change("-");
    expect(await verify()).toMatchObject({ code: 0, differences: 0 });
  });
});
