import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AwardInput, AwardResult } from "@doudou/shared/contract/awards.ts";
import type { UploadedEvidence } from "@doudou/shared/contract/evidence.ts";
import type { Attachment, AwardItem, OutboxItem } from "../../web/src/lib/offline/items.ts";
import type { Failure } from "../../web/src/lib/offline/judge.ts";
import { makeMemoryOutbox, type MemoryOutbox } from "../../web/src/lib/offline/memory-outbox.ts";
import { add, type Again, drop, sendAgain, takeBack } from "../../web/src/lib/offline/outbox.ts";
import { makeSender, type SenderParts, type SenderState } from "../../web/src/lib/offline/sender.ts";

const ACCOUNT = "teacher";
const NOW = Date.parse("2026-11-24T01:00:00Z");
const point = { zh: "主动帮助同学", en: "Helps a classmate" };
const problem = { type: "about:blank", title: "no", status: 422, code: "outside-term" };

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
  const calls: AwardInput[][] = [];
  const forecast = [...weather];
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
    calls,
    sendAwards: (awards: readonly AwardInput[]) =>
      meet(awards.length, () => {
        calls.push([...awards]);
        return {
          results: awards.map((award): AwardResult => {
            const known = ledger.get(award.id);
            if (known && JSON.stringify(known) !== JSON.stringify(award))
              return { id: award.id, status: "rejected", problem: { ...problem, code: "award-id-conflict" } };
            if (known) return { id: award.id, status: "duplicate", beans: 1 };
            if (refuses(award)) return { id: award.id, status: "rejected", problem };
            ledger.set(award.id, award);
            return { id: award.id, status: "recorded", beans: 1 };
          }),
        };
      }),
    sendVoid: ({ ids }: { ids: string[] }) =>
      meet(ids.length, () => ({
        results: ids.map((id) => {
          if (!ledger.has(id)) return { id, status: "rejected" as const, problem };
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

/** As Web Locks do it: one after the other. */
function oneAtATime(): SenderParts["alone"] {
  let turn: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  };
}

function tabOn(
  server: ReturnType<typeof serverIn>,
  store: MemoryOutbox = makeMemoryOutbox(),
  change: Partial<SenderParts> = {},
) {
  const timers = patience();
  const told: { awarded: string[]; refused: string[]; states: SenderState[] } = {
    awarded: [],
    refused: [],
    states: [],
  };
  const sender = makeSender({
    accountId: ACCOUNT,
    store,
    sendAwards: server.sendAwards,
    sendVoid: server.sendVoid,
    upload: () => Promise.reject(new Sent({ kind: "later" })),
    clockOffset: async () => undefined,
    now: () => NOW,
    mayReachServer: () => true,
    judge: (error) => (error instanceof Sent ? error.failure : { kind: "later" }),
    alone: oneAtATime(),
    onSettled: (settled) => {
      for (const { item, result } of settled)
        (result.status === "rejected" ? told.refused : told.awarded).push(item.id);
    },
    onVoidRefused: () => {},
    onState: (state) => told.states.push(state),
    wait: timers.wait,
    random: () => 0.5,
    ...change,
  });
  return {
    store,
    sender,
    told,
    untilQuiet: timers.untilQuiet,
    async give(...items: OutboxItem[]) {
      await store.change(ACCOUNT, (box) => add(box, items, attachmentsOf(items)));
      sender.awake();
    },
    async sendAgain(id: string, how: Again = {}) {
      await store.change(ACCOUNT, (box) => sendAgain(box, id, how));
      sender.nudge();
    },
    async undo(...ids: string[]) {
      const about = Object.fromEntries(ids.map((id) => [id, aboutOf(id)]));
      await store.change(ACCOUNT, (box) =>
        takeBack(box, { id: `v ${ids.join()}`, accountId: ACCOUNT, reason: "点错了", about }),
      );
      sender.awake();
    },
  };
}

function awardCalled(id: string, over: Partial<AwardItem> = {}): AwardItem {
  return {
    wanted: "award",
    state: "waiting",
    id,
    accountId: ACCOUNT,
    award: {
      id,
      studentId: "child",
      observationPointId: "point",
      occurredAt: new Date(NOW).toISOString(),
    },
    classId: "class",
    studentName: "林小满",
    dimension: "moral",
    kind: "behaviour",
    point,
    beans: 1,
    day: "2026-11-24",
    ...over,
  };
}

const childOf = (id: string) => ({ award: { ...awardCalled(id).award, studentId: `child ${id}` } });

/** A photo with the same name for several awards is one photo of all their children. */
function attachmentsOf(items: readonly OutboxItem[]): Attachment[] {
  const awards = items.filter((item): item is AwardItem => item.wanted === "award");
  const ids = new Set(awards.flatMap(({ attachmentIds }) => attachmentIds ?? []));
  return [...ids].map((id) => ({
    id,
    accountId: ACCOUNT,
    blob: new Blob(["…"]),
    studentIds: awards
      .filter(({ attachmentIds }) => attachmentIds?.includes(id))
      .map(({ award }) => award.studentId),
  }));
}

const uploadedAs = (id: string): UploadedEvidence => ({ id, width: 1600, height: 1200 });

const aboutOf = (id: string) => {
  const { classId, studentName, dimension, beans, day, award } = awardCalled(id);
  return { classId, studentName, dimension, point, beans, day, studentId: award.studentId };
};
const weathers = fc.array(
  fc.constantFrom<Weather>("fine", "unreachable", "answer-lost", "busy", "batch-refused"),
  { maxLength: 12 },
);

describe("the outbox", () => {
  it("brings every award to the server once, whatever the network does", async () => {
    await fc.assert(
      fc.asyncProperty(
        weathers,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 }),
        async (weather, acts) => {
          const server = serverIn(weather);
          const tab = tabOn(server);
          const ids: string[] = [];
          for (const size of acts) {
            const batch = Array.from({ length: size }, (_, at) => awardCalled(`a${ids.length + at}`));
            ids.push(...batch.map(({ id }) => id));
            await tab.give(...batch);
          }
          await tab.untilQuiet();
          expect([...server.ledger.keys()]).toEqual(ids);
          expect([...tab.told.awarded].sort()).toEqual([...ids].sort());
          expect(tab.store.items).toEqual([]);
        },
      ),
    );
  });

  it("goes on after a reload, and in a second tab, with the ids made at the tap", async () => {
    await fc.assert(
      fc.asyncProperty(weathers, async (weather) => {
        const server = serverIn(weather);
        const alone = oneAtATime();
        const first = tabOn(server, undefined, { alone });
        const second = tabOn(server, first.store, { alone });
        await first.give(awardCalled("a1"), awardCalled("a2"));
        await second.give(awardCalled("a3"));
        await Promise.all([first.untilQuiet(), second.untilQuiet()]);
        first.sender.close();
        const later = tabOn(server, first.store, { alone });
        await later.give(awardCalled("a4"));
        await Promise.all([second.untilQuiet(), later.untilQuiet()]);
        expect([...server.ledger.keys()].sort()).toEqual(["a1", "a2", "a3", "a4"]);
        expect(first.store.items).toEqual([]);
      }),
    );
  });

  it("leaves nothing standing of what was undone: withdrawn if it never left, else voided", async () => {
    await fc.assert(
      fc.asyncProperty(weathers, fc.boolean(), async (weather, hasLeft) => {
        const server = serverIn(weather);
        const tab = tabOn(server);
        await tab.give(awardCalled("keep"), awardCalled("undo"));
        if (hasLeft) await tab.untilQuiet();
        await tab.undo("undo");
        await tab.untilQuiet();
        const standing = [...server.ledger.keys()].filter((id) => !server.voided.has(id));
        expect(standing).toEqual(["keep"]);
        if (!hasLeft) expect(server.ledger.has("undo")).toBe(false);
        expect(tab.store.items).toEqual([]);
      }),
    );
  });

  it("voids an award whose answer was lost before it was undone", async () => {
    const server = serverIn(["answer-lost"]);
    const tab = tabOn(server);
    await tab.give(awardCalled("a1"));
    const first = tab.untilQuiet();
    while (server.calls.length === 0) await new Promise((resolve) => setImmediate(resolve)); // on its way
    await tab.undo("a1");
    await first;
    await tab.untilQuiet();
    expect([...server.ledger.keys()].filter((id) => !server.voided.has(id))).toEqual([]);
  });

  it("lets one refused award not hold up the others, and keeps it for the teacher with its reason", async () => {
    const server = serverIn(["batch-refused", "batch-refused"], ({ id }) => id === "bad");
    const tab = tabOn(server);
    await tab.give(awardCalled("a1"), awardCalled("bad"), awardCalled("a2"), awardCalled("a3"));
    await tab.untilQuiet();
    expect([...server.ledger.keys()].sort()).toEqual(["a1", "a2", "a3"]);
    expect(tab.told.refused).toEqual(["bad"]);
    expect(tab.store.items).toMatchObject([
      { id: "bad", state: "refused", problem: { code: "outside-term" } },
    ]);
  });

  it("sends a refused award again as the teacher mended it, or drops it, and never by itself", async () => {
    const server = serverIn([], ({ observationPointId }) => observationPointId === "retired");
    const tab = tabOn(server);
    const retired = (id: string) => {
      const item = awardCalled(id);
      return { ...item, award: { ...item.award, observationPointId: "retired" } };
    };
    await tab.give(retired("mend"), retired("drop"));
    await tab.untilQuiet();
    tab.sender.nudge();
    await tab.untilQuiet();
    expect(server.ledger.size).toBe(0);
    expect(server.calls.length).toBe(1);

    const { award, dimension, kind, beans } = awardCalled("mend");
    await tab.store.change(ACCOUNT, (box) =>
      sendAgain(box, "mend", { mending: { award, dimension, kind, point, beans } }),
    );
    await tab.store.change(ACCOUNT, async (box) => {
      const item = await box.find("drop");
      if (item) await drop(box, item);
    });
    tab.sender.nudge();
    await tab.untilQuiet();
    expect([...server.ledger.keys()]).toEqual(["mend"]);
    expect(tab.store.items).toEqual([]);
  });

  it("sends nothing while signed out, or somebody else is signed in, and all of it afterwards", async () => {
    for (const kind of ["signed-out", "other-account"] as const) {
      let isOurs = false;
      const server = serverIn([]);
      const tab = tabOn(server, undefined, {
        sendAwards: (awards) => (isOurs ? server.sendAwards(awards) : Promise.reject(new Sent({ kind }))),
      });
      await tab.give(awardCalled("a1"));
      await tab.untilQuiet();
      expect(server.ledger.size).toBe(0);
      expect(tab.store.items.map(({ id }) => id)).toEqual(["a1"]);
      expect(tab.told.states.at(-1)).toBe(kind);
      isOurs = true;
      tab.sender.nudge();
      await tab.untilQuiet();
      expect(server.ledger.size).toBe(1);
    }
  });

  it("goes on when somebody has signed in again while the old session was still being refused", async () => {
    const server = serverIn([]);
    let isOver = true;
    const refused = Promise.withResolvers<void>();
    const tab = tabOn(server, makeMemoryOutbox(), {
      async sendAwards(awards) {
        if (!isOver) return await server.sendAwards(awards);
        await refused.promise;
        throw new Sent({ kind: "signed-out" });
      },
    });
    await tab.give(awardCalled("a1"));
    const sending = tab.sender.drain();
    await new Promise((resolve) => setImmediate(resolve));
    isOver = false;
    tab.sender.nudge();
    const meanwhile = tab.untilQuiet();
    refused.resolve();
    expect(await sending).toBe("signed-out");
    await meanwhile;
    await tab.untilQuiet();
    expect(server.ledger.size).toBe(1);
  });

  it("never touches what another account has left on the device", async () => {
    const server = serverIn([]);
    const tab = tabOn(server);
    await tab.give(awardCalled("theirs", { accountId: "somebody else" }), awardCalled("ours"));
    await tab.untilQuiet();
    expect([...server.ledger.keys()]).toEqual(["ours"]);
    expect(tab.store.items.map(({ id }) => id)).toEqual(["theirs"]);
  });

  it("fills a call with no more than 500 awards and 512 kB, in the order of the taps", async () => {
    const server = serverIn([]);
    const tab = tabOn(server);
    const long = (id: string) => {
      const item = awardCalled(id);
      return { ...item, award: { ...item.award, note: "今天帮了三位同学".repeat(60) } };
    };
    const items = Array.from({ length: 1300 }, (_, at) => (at < 700 ? awardCalled : long)(`a${at}`));
    await tab.give(...items);
    await tab.untilQuiet();
    expect([...server.ledger.keys()]).toEqual(items.map(({ id }) => id));
    for (const awards of server.calls) {
      expect(awards.length).toBeLessThanOrEqual(500);
      expect(Buffer.byteLength(JSON.stringify({ awards }))).toBeLessThan(512 * 1024);
    }
  });

  it("uploads the photos of an award before it leaves, and lets nothing else wait for them", async () => {
    const server = serverIn([]);
    let hasNetworkForPhotos = false;
    const uploaded: string[] = [];
    const tab = tabOn(server, undefined, {
      upload: async (id) => {
        if (!hasNetworkForPhotos) throw new Sent({ kind: "later" });
        uploaded.push(id);
        return uploadedAs(id);
      },
    });
    await tab.give(awardCalled("photo", { attachmentIds: ["p1", "p2"] }), awardCalled("plain"));
    const first = tab.untilQuiet().catch(() => {}); // it goes on trying
    await first;
    expect([...server.ledger.keys()]).toEqual(["plain"]);
    hasNetworkForPhotos = true;
    tab.sender.nudge();
    await tab.untilQuiet();
    expect(uploaded).toEqual(["p1", "p2"]);
    expect(server.ledger.get("photo")?.evidenceIds).toEqual(["p1", "p2"]);
    expect(tab.store.attachments.size).toBe(0);
  });

  it("lets what is given while a photo takes its time leave at once", async () => {
    const server = serverIn([]);
    let arrive = (_picture: UploadedEvidence) => {};
    const tab = tabOn(server, undefined, {
      upload: () => new Promise((resolve) => (arrive = resolve)),
    });
    await tab.give(awardCalled("photo", { attachmentIds: ["p1"] }));
    await tab.untilQuiet();
    await tab.give(awardCalled("plain"));
    await tab.untilQuiet();
    await tab.give(awardCalled("one more"), awardCalled("undone"));
    await tab.undo("undone");
    await tab.untilQuiet();
    expect([...server.ledger.keys()].filter((id) => !server.voided.has(id))).toEqual(["plain", "one more"]);
    arrive(uploadedAs("p1"));
    while (tab.store.items.length > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(server.ledger.get("photo")?.evidenceIds).toEqual(["p1"]);
  });

  it("brings a photo of several children once, of the same children, whatever becomes of their awards", async () => {
    const act = fc.record({
      size: fc.integer({ min: 1, max: 4 }),
      photos: fc.integer({ min: 0, max: 2 }),
      undone: fc.integer({ min: 0, max: 5 }),
    });
    const meeting = fc.constantFrom<Weather>("fine", "unreachable", "answer-lost");
    await fc.assert(
      fc.asyncProperty(
        fc.array(meeting, { maxLength: 8 }),
        weathers,
        fc.array(act, { minLength: 1, maxLength: 4 }),
        async (forUploads, weather, acts) => {
          const server = serverIn(weather);
          const forecast = [...forUploads];
          const pictures = new Map<string, readonly string[]>();
          const tab = tabOn(server, undefined, {
            upload: async (id) => {
              const now = forecast.shift() ?? "fine";
              const studentIds = tab.store.attachments.get(id)?.studentIds ?? [];
              if (now === "unreachable") throw new Sent({ kind: "later" });
              expect(pictures.get(id) ?? studentIds).toEqual(studentIds);
              pictures.set(id, studentIds);
              if (now === "answer-lost") throw new Sent({ kind: "later" });
              return uploadedAs(id);
            },
          });
          const standing = new Map<string, string[]>();
          for (const [at, { size, photos, undone }] of acts.entries()) {
            const attachmentIds = Array.from({ length: photos }, (_, photo) => `p${at}.${photo}`);
            const ids = Array.from({ length: size }, (_, child) => `a${at}.${child}`);
            await tab.give(...ids.map((id) => awardCalled(id, { ...childOf(id), attachmentIds })));
            const first = ids[undone];
            if (first !== undefined) await tab.undo(first);
            for (const id of ids) if (id !== first) standing.set(id, attachmentIds);
          }
          await tab.untilQuiet();
          const there = [...server.ledger].filter(([id]) => !server.voided.has(id));
          expect(new Set(there.map(([id]) => id))).toEqual(new Set(standing.keys()));
          for (const [id, { evidenceIds = [] }] of there) expect(evidenceIds).toEqual(standing.get(id));
          for (const [id, award] of server.ledger) {
            for (const picture of award.evidenceIds ?? [])
              expect(pictures.get(picture)).toContain(`child ${id}`);
          }
          expect(tab.store.items).toEqual([]);
          expect(tab.store.attachments.size).toBe(0);
        },
      ),
    );
  });

  it("keeps the awards whose photo was refused for the teacher, who may send each without, with another, or not", async () => {
    const server = serverIn([]);
    let isRefused = true;
    const uploaded: string[] = [];
    const tab = tabOn(server, undefined, {
      upload: async (id) => {
        if (isRefused) throw new Sent({ kind: "refused", problem });
        uploaded.push(id);
        return uploadedAs(id);
      },
    });
    const photo = { attachmentIds: ["p1"] };
    await tab.give(...["bare", "again", "other", "dropped"].map((id) => awardCalled(id, photo)));
    await tab.untilQuiet();
    expect(server.ledger.size).toBe(0);
    expect(tab.store.items.map(({ state }) => state)).toEqual(Array(4).fill("refused"));
    isRefused = false;
    await tab.sendAgain("bare", { isWithoutPhotos: true });
    await tab.untilQuiet();
    expect([...tab.store.attachments.keys()]).toEqual(["p1"]);
    const [other] = attachmentsOf([awardCalled("other", { attachmentIds: ["p2"] })]);
    await tab.sendAgain("other", { attachments: [other!] });
    await tab.store.change(ACCOUNT, async (box) => {
      const item = await box.find("dropped");
      if (item) await drop(box, item);
    });
    await tab.sendAgain("again");
    await tab.untilQuiet();
    expect(uploaded.toSorted()).toEqual(["p1", "p2"]);
    expect(new Map([...server.ledger].map(([id, { evidenceIds }]) => [id, evidenceIds]))).toEqual(
      new Map([
        ["bare", undefined],
        ["other", ["p2"]],
        ["again", ["p1"]],
      ]),
    );
    expect(tab.store.items).toEqual([]);
    expect(tab.store.attachments.size).toBe(0);
  });

  it("dates an award once, by the clock that was wrong at the tap, and sends the same ever after", async () => {
    const server = serverIn(["answer-lost", "fine"]);
    let ms = -3 * 3_600_000;
    const tab = tabOn(server, undefined, {
      clockOffset: async () => ({ ms, at: NOW - 1 }),
    });
    await tab.give(awardCalled("a1"));
    const sending = tab.untilQuiet();
    while (server.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    ms = 0; // the tablet's clock is set right while the answer is being lost
    await sending;
    expect(server.ledger.get("a1")?.occurredAt).toBe("2026-11-23T22:00:00.000Z");
    expect(tab.store.items).toEqual([]);
  });
});
