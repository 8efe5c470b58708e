/** A sheet that saves by itself, its server a map that now and then says no, its timers run by hand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProblemError } from "../../web/src/lib/api/problem.ts";
import { OfflineError } from "../../web/src/lib/api/request.ts";
import { type Saving, SelfSaving } from "../../web/src/lib/offline/self-saving.ts";

const problem = (status: number, code: string, retryAfter?: number) =>
  new ProblemError({ type: "about:blank", title: `no: ${code}`, status, code }, retryAfter);
const AFTER_MS = 700;
const CELLS = ["a", "b", "c"] as const;
type Cell = (typeof CELLS)[number];

/** A sheet of three cells, each brought to the server by itself; an answer comes when it is let through. */
function openSheet() {
  const server = new Map<Cell, number>();
  const unsaved = new Map<Cell, number>();
  const timers = new Set<{ readonly ms: number; readonly run: () => void }>();
  const shown: Saving[] = ["saved"];
  let refusal = "";
  let answers: ((failure?: Error) => void)[] = [];
  let mostAtOnce = 0;
  let sent = 0;
  const saver = new SelfSaving({
    afterMs: AFTER_MS,
    saveNext() {
      const [next] = unsaved;
      if (!next) return undefined;
      const [cell, value] = next;
      sent += 1;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      answers.push((failure) => {
        if (failure) return reject(failure);
        server.set(cell, value);
        if (unsaved.get(cell) === value) unsaved.delete(cell);
        resolve();
      });
      mostAtOnce = Math.max(mostAtOnce, answers.length);
      return promise;
    },
    show(saving, why = refusal) {
      shown.push(saving);
      refusal = why;
    },
    wait(ms, run) {
      const timer = { ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  return {
    saver,
    server,
    unsaved,
    get saving() {
      return shown.at(-1);
    },
    get refusal() {
      return refusal;
    },
    get waits() {
      return [...timers].map(({ ms }) => ms);
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
    get sent() {
      return sent;
    },
    get isSending() {
      return answers.length > 0;
    },
    change(cell: Cell, value: number) {
      unsaved.set(cell, value);
      saver.changed();
    },
    pass() {
      const due = [...timers];
      timers.clear();
      for (const { run } of due) run();
    },
    async answer(failure?: Error) {
      const waiting = answers;
      answers = [];
      for (const tell of waiting) tell(failure);
      for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    },
  };
}

describe("a sheet that saves by itself", () => {
  it("ends with what was written last, one save at a time, whatever the network does in between", async () => {
    const change = fc.record({ cell: fc.constantFrom(...CELLS), value: fc.nat() });
    const step = fc.oneof(
      change,
      fc.constantFrom("passes", "answers", "is offline", "is busy", "is signed out", "is looked at" as const),
    );
    const told = fc.array(step, { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(told, async (steps) => {
        const sheet = openSheet();
        const written = new Map<Cell, number>();
        for (const one of steps) {
          if (typeof one === "object") {
            sheet.change(one.cell, one.value);
            written.set(one.cell, one.value);
          } else if (one === "passes") sheet.pass();
          else if (one === "answers") await sheet.answer();
          else if (one === "is offline") await sheet.answer(new OfflineError());
          else if (one === "is busy") await sheet.answer(problem(503, "busy"));
          else if (one === "is signed out") await sheet.answer(problem(401, "signed-out"));
          else void sheet.saver.save();
          // Nothing that is unsaved is forgotten: it is under way, or waits for its time, or for network or session.
          if (sheet.unsaved.size > 0)
            expect(sheet.isSending || sheet.waits.length === 1 || sheet.saving === "held").toBe(true);
          expect(sheet.saving === "saved" && sheet.unsaved.size > 0).toBe(false);
        }
        void sheet.saver.save();
        while (sheet.isSending) await sheet.answer();
        expect(sheet.server).toEqual(written);
        expect(sheet.saving).toBe("saved");
        expect(sheet.mostAtOnce).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("waits until nothing has changed for a moment", () => {
    const sheet = openSheet();
    for (let value = 0; value < 5; value += 1) sheet.change("a", value);
    expect([sheet.saving, sheet.waits, sheet.sent]).toEqual(["unsaved", [AFTER_MS], 0]);
    sheet.pass();
    expect([sheet.saving, sheet.sent]).toEqual(["saving", 1]);
  });

  it("tries again by itself without a network, when the server says, and not before somebody is signed in", async () => {
    const sheet = openSheet();
    sheet.change("a", 1);
    sheet.pass();
    await sheet.answer(new OfflineError());
    expect([sheet.saving, sheet.waits]).toEqual(["held", [8000]]);
    sheet.pass();
    await sheet.answer(problem(503, "busy", 2));
    expect([sheet.saving, sheet.waits]).toEqual(["held", [2000]]);
    sheet.pass();
    await sheet.answer(problem(401, "signed-out"));
    expect([sheet.saving, sheet.waits]).toEqual(["held", []]);
    void sheet.saver.save();
    await sheet.answer();
    expect([sheet.saving, sheet.server.get("a")]).toEqual(["saved", 1]);
  });

  it("says why it was refused, and asks again only once something is changed or somebody says so", async () => {
    const sheet = openSheet();
    sheet.change("a", 1);
    sheet.pass();
    await sheet.answer(problem(422, "too-late"));
    expect([sheet.saving, sheet.refusal, sheet.waits]).toEqual(["refused", "no: too-late", []]);
    sheet.change("a", 2);
    sheet.pass();
    await sheet.answer();
    expect([sheet.saving, sheet.refusal]).toEqual(["saved", ""]);
  });

  it("saves nothing any more once another has its place", async () => {
    const sheet = openSheet();
    sheet.change("a", 1);
    sheet.change("b", 2);
    sheet.pass();
    sheet.saver.retire();
    await sheet.answer();
    sheet.change("c", 3);
    await sheet.saver.save();
    expect([sheet.sent, sheet.waits]).toEqual([1, []]);
  });

  it("takes up at once what an earlier one left", () => {
    const sheet = openSheet();
    sheet.unsaved.set("a", 1);
    sheet.saver.takeUp();
    expect([sheet.saving, sheet.waits]).toEqual(["held", [0]]);
  });
});
