import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AwardInput, AwardResult } from "@doudou/shared/contract/awards.ts";
import {
  makeOutbox,
  type Failure,
  type OutboxContent,
  type OutboxParts,
  type UnsentAward,
} from "../../web/src/lib/classroom/outbox.ts";

const point = { zh: "主动帮助同学", en: "Helps a classmate" };

/** A server behind a bad network: what each call meets is told beforehand, afterwards all is well. */
type Weather = "fine" | "unreachable" | "answer-lost" | "busy" | "batch-refused";

class Sent extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

function serverIn(weather: readonly Weather[], refuses: (award: AwardInput) => boolean = () => false) {
  const ledger = new Map<string, AwardInput>();
  const voided = new Set<string>();
  const forecast = [...weather];
  const problem = { type: "about:blank", title: "no", status: 422, code: "outside-term" };
  async function meet<Answer>(size: number, answer: () => Answer): Promise<Answer> {
    await Promise.resolve();
    const now = forecast.shift() ?? "fine";
    if (now === "unreachable") throw new Sent({ kind: "later" });
    if (now === "busy") throw new Sent({ kind: "later", afterMs: 5 });
    if (now === "batch-refused" && size > 1) throw new Sent({ kind: "refused", problem });
    const given = answer();
    if (now === "answer-lost") throw new Sent({ kind: "later" });
    return given;
  }
  return {
    ledger,
    voided,
    sendAwards: (awards: AwardInput[]) =>
      meet(awards.length, () => ({
        results: awards.map((award): AwardResult => {
          if (ledger.has(award.id)) return { id: award.id, status: "duplicate" };
          if (refuses(award)) return { id: award.id, status: "rejected", problem };
          ledger.set(award.id, award);
          return { id: award.id, status: "recorded", beans: 1 };
        }),
      })),
    sendVoid: ({ ids }: { ids: string[] }) =>
      meet(ids.length, () => ({
        results: ids.map((id) => {
          voided.add(id);
          return { id, status: "voided" as const };
        }),
      })),
  };
}

/** Timers that run only when told to. */
function patience() {
  const due = new Set<() => void>();
  return {
    wait: (_ms: number, run: () => void) => {
      due.add(run);
      return () => due.delete(run);
    },
    untilQuiet: async () => {
      for (let round = 0; due.size > 0; round += 1) {
        if (round > 500) throw new Error("the outbox never comes to rest");
        const now = [...due];
        due.clear();
        for (const run of now) run();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

function outboxOn(server: ReturnType<typeof serverIn>, change: Partial<OutboxParts> = {}) {
  const timers = patience();
  const told = { awarded: [] as string[], refused: [] as string[] };
  let kept: OutboxContent = change.content ?? { awards: [], voids: [] };
  const outbox = makeOutbox({
    content: kept,
    sendAwards: server.sendAwards,
    sendVoid: server.sendVoid,
    mayReachServer: () => true,
    judge: (error) => (error instanceof Sent ? error.failure : { kind: "later" }),
    keep: (content) => (kept = structuredClone(content)),
    onAwarded: (entry, result) =>
      (result.status === "rejected" ? told.refused : told.awarded).push(entry.award.id),
    onVoidRefused: () => {},
    onState: () => {},
    wait: timers.wait,
    random: () => 0.5,
    ...change,
  });
  return { outbox, told, untilQuiet: timers.untilQuiet, kept: () => kept };
}

function awardCalled(id: string): UnsentAward {
  const input = { id, studentId: "child", observationPointId: "point", occurredAt: "2026-11-24T01:00:00Z" };
  return {
    award: input,
    classId: "class",
    studentName: "林小满",
    dimension: "moral",
    point,
    beans: 1,
    wasSent: false,
  };
}

const aboutOf = (ids: readonly string[]) =>
  Object.fromEntries(ids.map((id) => [id, { studentName: "林小满", point }]));
const weathers = fc.array(
  fc.constantFrom<Weather>("fine", "unreachable", "answer-lost", "busy", "batch-refused"),
  { maxLength: 12 },
);

describe("the outbox of the class page", () => {
  it("brings every award to the server once, whatever the network does", async () => {
    await fc.assert(
      fc.asyncProperty(
        weathers,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 }),
        async (weather, acts) => {
          const server = serverIn(weather);
          const { outbox, told, untilQuiet, kept } = outboxOn(server);
          const ids: string[] = [];
          for (const size of acts) {
            const batch = Array.from({ length: size }, (_, at) => awardCalled(`a${ids.length + at}`));
            ids.push(...batch.map((entry) => entry.award.id));
            outbox.add(batch);
          }
          await untilQuiet();
          expect([...server.ledger.keys()].sort()).toEqual([...ids].sort());
          expect([...told.awarded].sort()).toEqual([...ids].sort());
          expect(kept()).toEqual({ awards: [], voids: [] });
        },
      ),
    );
  });

  it("goes on after a reload with the ids made at the tap", async () => {
    await fc.assert(
      fc.asyncProperty(weathers, async (weather) => {
        const server = serverIn(weather);
        const before = outboxOn(server);
        before.outbox.add([awardCalled("a1"), awardCalled("a2"), awardCalled("a3")]);
        await new Promise((resolve) => setImmediate(resolve));
        before.outbox.close();
        const after = outboxOn(server, { content: before.kept() });
        await after.untilQuiet();
        expect([...server.ledger.keys()].sort()).toEqual(["a1", "a2", "a3"]);
      }),
    );
  });

  it("leaves nothing standing of what was undone: withdrawn if it never left, else voided", async () => {
    await fc.assert(
      fc.asyncProperty(weathers, fc.boolean(), async (weather, hasLeft) => {
        const server = serverIn(weather);
        const { outbox, untilQuiet } = outboxOn(server);
        outbox.add([awardCalled("keep"), awardCalled("undo")]);
        if (hasLeft) await untilQuiet();
        outbox.takeBack("点错了", aboutOf(["undo"]));
        await untilQuiet();
        const standing = [...server.ledger.keys()].filter((id) => !server.voided.has(id));
        expect(standing).toEqual(["keep"]);
        if (!hasLeft) expect(server.ledger.has("undo")).toBe(false);
      }),
    );
  });

  it("voids an award whose answer was lost before it was undone", async () => {
    const server = serverIn(["answer-lost"]);
    const timers = patience();
    const { outbox } = outboxOn(server, { wait: timers.wait });
    outbox.add([awardCalled("a1")]);
    const first = timers.untilQuiet();
    await Promise.resolve(); // the award is on its way
    outbox.takeBack("点错了", aboutOf(["a1"]));
    await first;
    await timers.untilQuiet();
    expect([...server.ledger.keys()].filter((id) => !server.voided.has(id))).toEqual([]);
  });

  it("lets one refused award not hold up the others, and tells of it once", async () => {
    const server = serverIn(["batch-refused", "batch-refused"], ({ id }) => id === "bad");
    const { outbox, told, untilQuiet } = outboxOn(server);
    outbox.add([awardCalled("a1"), awardCalled("bad"), awardCalled("a2"), awardCalled("a3")]);
    await untilQuiet();
    expect([...server.ledger.keys()].sort()).toEqual(["a1", "a2", "a3"]);
    expect(told.refused).toEqual(["bad"]);
  });

  it("sends nothing while signed out, and all of it after signing in again", async () => {
    let isSignedIn = false;
    const server = serverIn([]);
    const { outbox, untilQuiet } = outboxOn(server, {
      sendAwards: (awards) =>
        isSignedIn ? server.sendAwards(awards) : Promise.reject(new Sent({ kind: "signed-out" })),
    });
    outbox.add([awardCalled("a1")]);
    await untilQuiet();
    expect(server.ledger.size).toBe(0);
    expect(outbox.content.awards.map((entry) => entry.award.id)).toEqual(["a1"]);
    isSignedIn = true;
    outbox.nudge();
    await untilQuiet();
    expect(server.ledger.size).toBe(1);
  });
});
