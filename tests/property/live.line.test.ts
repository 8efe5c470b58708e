import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FeedPosition, positionText, readPosition } from "@doudou/shared/domain/feed-position.ts";
import { type Hearing, openLine } from "../../web/src/lib/live/line.ts";

/** Timers that run when told to, the shortest first. */
function patience() {
  const due: { readonly ms: number; readonly run: () => void }[] = [];
  return {
    wait(ms: number, run: () => void) {
      const timer = { ms, run };
      due.push(timer);
      return () => {
        const at = due.indexOf(timer);
        if (at >= 0) due.splice(at, 1);
      };
    },
    /** @param atMost runs only timers that are no longer than this */
    pass(atMost: number) {
      while (this.passOnce(atMost));
    },
    /** @returns whether there was one to run */
    passOnce(atMost: number): boolean {
      const next = due.filter(({ ms }) => ms <= atMost).toSorted((a, b) => a.ms - b.ms)[0];
      if (!next) return false;
      due.splice(due.indexOf(next), 1);
      next.run();
      return true;
    },
    get waits() {
      return due.map(({ ms }) => ms);
    },
  };
}

type Entry = { readonly of: "awards" | "voids"; readonly name: string };

/** A feed as the server keeps it: numbered awards and voids, told from any position. */
function feed() {
  const entries: Entry[] = [];
  const open = new Set<{ hearing: Hearing<string>; at: FeedPosition }>();
  const tell = (line: { hearing: Hearing<string>; at: FeedPosition }) => {
    for (const of of ["awards", "voids"] as const) {
      for (const { name } of entries.filter((entry) => entry.of === of).slice(line.at[of])) {
        line.at = { ...line.at, [of]: line.at[of] + 1 };
        line.hearing.news(positionText(line.at), name);
      }
    }
  };
  return {
    entries,
    get listeners() {
      return open.size;
    },
    position: (): FeedPosition => ({
      awards: entries.filter(({ of }) => of === "awards").length,
      voids: entries.filter(({ of }) => of === "voids").length,
    }),
    connect(from: string | undefined, hearing: Hearing<string>) {
      const line = { hearing, at: readPosition(from) ?? this.position() };
      open.add(line);
      tell(line);
      hearing.position(positionText(line.at));
      return () => open.delete(line);
    },
    add(entry: Entry) {
      entries.push(entry);
    },
    tellAll() {
      for (const line of open) tell(line);
    },
    /** A proxy that tells the same once more. */
    repeat() {
      for (const { hearing, at } of open) hearing.news(positionText(at), "told already");
    },
    breakAll() {
      for (const { hearing } of open) hearing.lost();
    },
  };
}

function opened(from?: FeedPosition) {
  const time = patience();
  const server = feed();
  const heard: string[] = [];
  const states: boolean[] = [];
  let reloads = 0;
  let connections = 0;
  const line = openLine<string>(
    {
      wait: (ms, run) => time.wait(ms, run),
      random: () => 0.5,
      connect(at, hearing) {
        connections += 1;
        return server.connect(at, hearing);
      },
      onNews: (news) => heard.push(...news.map((each) => each.news)),
      onReload: () => (reloads += 1),
      onOpen: (isOpen) => states.push(isOpen),
    },
    from,
  );
  return {
    time,
    server,
    heard,
    states,
    line,
    get reloads() {
      return reloads;
    },
    get connections() {
      return connections;
    },
  };
}

const START = { awards: 0, voids: 0 };
const RETRY = 40_000;
const BREATH = 100;

describe("a line to a class", () => {
  it("tells everything once and in order, however often it breaks, rests and wakes", () => {
    const step = fc.constantFrom("award", "void", "tell", "repeat", "break", "pass", "rest", "wake");
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { server, line, time, heard } = opened(START);
        let count = 0;
        for (const each of steps) {
          if (each === "award") server.add({ of: "awards", name: `award ${count++}` });
          else if (each === "void") server.add({ of: "voids", name: `void ${count++}` });
          else if (each === "tell") server.tellAll();
          else if (each === "repeat") server.repeat();
          else if (each === "break") server.breakAll();
          else if (each === "pass") time.pass(RETRY);
          else line[each]();
          expect(server.listeners).toBeLessThanOrEqual(1);
        }
        line.wake();
        server.tellAll();
        time.pass(RETRY);
        const of = (which: Entry["of"]) =>
          server.entries.filter((entry) => entry.of === which).map(({ name }) => name);
        const told = (word: string) => heard.filter((name) => name.startsWith(word));
        expect(told("award")).toEqual(of("awards"));
        expect(told("void")).toEqual(of("voids"));
        expect(heard).not.toContain("told already");
        expect(line.position).toEqual(server.position());
      }),
    );
  });

  it("is given up when it has been silent for two beats, and opened again", () => {
    const { time, server, states } = opened(START);
    time.pass(49_000);
    expect([states, server.listeners]).toEqual([[true], 1]);
    time.passOnce(50_000);
    expect([states, server.listeners]).toEqual([[true, false], 0]);
    time.pass(RETRY);
    expect([states, server.listeners]).toEqual([[true, false, true], 1]);
  });

  it("comes back later and later while nobody answers, and at once when woken", () => {
    const time = patience();
    let lost: () => void = () => {};
    let connections = 0;
    const line = openLine<string>({
      wait: (ms, run) => time.wait(ms, run),
      random: () => 0.5,
      connect(_from, hearing) {
        connections += 1;
        lost = hearing.lost;
        return () => {};
      },
      onNews: () => {},
      onReload: () => {},
    });
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      lost();
      waits.push(Math.max(...time.waits));
      time.pass(RETRY);
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeLessThanOrEqual(1000);
    expect(waits.at(-1)).toBe(22_500);
    lost();
    const before = connections;
    line.wake();
    expect(connections).toBe(before + 1);
  });

  it("lets what was held go when everything is to be read anew", () => {
    const time = patience();
    const heard: string[] = [];
    let hearing: Hearing<string> | undefined;
    let reloads = 0;
    const line = openLine<string>(
      {
        wait: (ms, run) => time.wait(ms, run),
        random: () => 0.5,
        connect(_from, told) {
          hearing = told;
          return () => {};
        },
        onNews: (news) => heard.push(...news.map((each) => each.news)),
        onReload: () => (reloads += 1),
      },
      START,
    );
    hearing?.news("1.0", "old");
    hearing?.reload("900.4");
    hearing?.news("901.4", "new");
    time.pass(BREATH);
    expect([heard, reloads, line.position]).toEqual([["new"], 1, { awards: 901, voids: 4 }]);
  });
});
