/** Tallies on show under own taps, a bad network, colleagues and the class's line, in every order: the server's in the end. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FeedPosition, positionText } from "@doudou/shared/domain/feed-position.ts";
import type { ClassNews } from "../../web/src/lib/live/news.ts";
import { TallyBook } from "../../web/src/lib/classroom/tally-book.ts";

const CHILDREN = ["one", "two", "three"] as const;
/** More awards to a child carry no beans: the server gives fewer than the tablet has shown. */
const CAP = 3;

type Child = (typeof CHILDREN)[number];
type Tally = Record<Child, number>;

interface Entry {
  readonly seq: number;
  readonly id: string;
  readonly child: Child;
  readonly beans: number;
  voidSeq?: number;
}

/** The ledger of a class on one day. */
function ledger() {
  const entries = new Map<string, Entry>();
  let voids = 0;
  const feed: ClassNews[] = [];
  const position = (): FeedPosition => ({ awards: entries.size, voids });
  const about = ({ id, child, beans }: Entry) => ({
    id,
    studentId: child,
    dimension: "moral" as const,
    beans,
    day: "2026-11-11",
  });
  return {
    entries,
    feed,
    position,
    record(id: string, child: Child, beans: number): { beans: number; isRepeated: boolean } {
      const known = entries.get(id);
      if (known) return { beans: known.beans, isRepeated: true };
      const given = [...entries.values()].filter((entry) => entry.child === child).length < CAP ? beans : 0;
      const entry: Entry = { seq: entries.size + 1, id, child, beans: given };
      entries.set(id, entry);
      const rest = { pointId: "p", point: { zh: "点", en: "point" }, by: "", occurredAt: "" };
      feed.push({ at: position(), news: { of: "award", ...about(entry), ...rest } });
      return { beans: given, isRepeated: false };
    },
    takeBack(id: string) {
      const entry = entries.get(id);
      if (!entry || entry.voidSeq) return;
      entry.voidSeq = ++voids;
      feed.push({ at: position(), news: { of: "void", ...about(entry) } });
    },
    tally(): Tally {
      const tally: Tally = { one: 0, two: 0, three: 0 };
      for (const { child, beans, voidSeq } of entries.values()) if (!voidSeq) tally[child] += beans;
      return tally;
    },
  };
}

/** The class page of one tablet, with its outbox. */
function tablet(server: ReturnType<typeof ledger>) {
  const book = new TallyBook();
  let shown = server.tally();
  let told = server.feed.length;
  let isStale = false;
  let reading: { tally: Tally; position: FeedPosition; isDisturbed: boolean } | undefined;
  const own = new Map<string, { child: Child; beans: number; isGone: boolean }>();
  let outbox: ({ wants: "award"; id: string; hasLeft: boolean } | { wants: "void"; id: string })[] = [];
  book.take(positionText(server.position()));
  const change = (child: Child, beans: number) => void (shown[child] += beans);
  const disturb = () => {
    if (reading) reading.isDisturbed = true;
  };

  const page = {
    get shown() {
      return shown;
    },
    get waiting() {
      return outbox.length;
    },
    tap(id: string, child: Child) {
      disturb();
      own.set(id, { child, beans: 2, isGone: false });
      outbox.push({ wants: "award", id, hasLeft: false });
      change(child, book.give(id, 2));
    },
    /** Takes back anything that the ledger or this tablet knows of. */
    takeBack(id: string) {
      const item = outbox.find((each) => each.id === id);
      const mine = own.get(id);
      const entry = server.entries.get(id);
      if (item?.wants === "void" || mine?.isGone || entry?.voidSeq) return;
      const child = entry?.child ?? mine?.child;
      if (!child) return;
      disturb();
      if (mine) mine.isGone = true;
      if (item && !item.hasLeft) outbox = outbox.filter((each) => each !== item);
      else outbox.push({ wants: "void", id });
      change(child, book.takeBack(id, mine?.beans ?? entry?.beans ?? 0));
    },
    send(isAnswerLost: boolean) {
      const item = outbox[0];
      if (!item) return;
      if (item.wants === "void") {
        server.takeBack(item.id);
        if (!isAnswerLost) outbox.shift();
        return;
      }
      item.hasLeft = true;
      const mine = own.get(item.id)!;
      const { beans, isRepeated } = server.record(item.id, mine.child, 2);
      if (isAnswerLost) return;
      outbox.shift();
      disturb();
      isStale ||= isRepeated;
      mine.beans = beans;
      if (!mine.isGone) change(mine.child, book.give(item.id, beans));
    },
    hear(count: number) {
      for (const news of server.feed.slice(told, told + count)) {
        told += 1;
        const difference = book.hear(news);
        if (difference) change(difference.studentId as Child, difference.beans);
      }
    },
    ask() {
      if (outbox.length > 0) isStale = true;
      else reading = { tally: server.tally(), position: server.position(), isDisturbed: false };
    },
    answer() {
      if (!reading) return;
      const { tally, position, isDisturbed } = reading;
      reading = undefined;
      if (isDisturbed || outbox.length > 0) return void (isStale = true);
      shown = tally;
      for (const { studentId, beans } of book.take(positionText(position))) change(studentId as Child, beans);
    },
    settle() {
      page.answer();
      while (outbox.length > 0) page.send(false);
      page.hear(Infinity);
      if (!isStale) return;
      page.ask();
      page.answer();
    },
  };
  return page;
}

const child = fc.constantFrom(...CHILDREN);
const step = fc.oneof(
  fc.record({ does: fc.constant("tap" as const), child }),
  fc.record({ does: fc.constant("colleague-gives" as const), child }),
  fc.record({
    does: fc.constantFrom("take-back" as const, "colleague-takes-back" as const),
    nth: fc.nat(20),
  }),
  fc.record({ does: fc.constant("send" as const), isAnswerLost: fc.boolean() }),
  fc.record({ does: fc.constant("hear" as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ does: fc.constant("ask" as const) }),
  fc.record({ does: fc.constant("answer" as const) }),
);

describe("the tallies of a class page", () => {
  it("are the server's once all has settled, whatever came in which order", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const server = ledger();
        const page = tablet(server);
        const ids: string[] = [];
        const fresh = () => ids[ids.push(`award ${ids.length}`) - 1]!;
        for (const each of steps) {
          if (each.does === "tap") page.tap(fresh(), each.child);
          else if (each.does === "colleague-gives") server.record(fresh(), each.child, 1);
          else if (each.does === "send") page.send(each.isAnswerLost);
          else if (each.does === "hear") page.hear(each.count);
          else if (each.does === "ask" || each.does === "answer") page[each.does]();
          else if (ids.length > 0) {
            const id = ids[each.nth % ids.length]!;
            if (each.does === "take-back") page.takeBack(id);
            else server.takeBack(id);
          }
        }
        page.settle();
        expect(page.shown).toEqual(server.tally());
      }),
      { numRuns: 2000 },
    );
  });

  const told = (awards: number, id: string): ClassNews => ({
    at: { awards, voids: 0 },
    news: {
      of: "award",
      id,
      studentId: "one",
      dimension: "moral",
      day: "2026-11-11",
      beans: 2,
      pointId: "point",
      point: { zh: "点", en: "point" },
      by: "",
      occurredAt: "",
    },
  });

  it("show an award once: at the tap, when the server answers and when the line tells it", () => {
    const book = new TallyBook();
    book.take("0.0");
    expect(book.give("a", 2)).toBe(2);
    expect(book.hear(told(1, "a"))?.beans).toBe(0);
    expect(book.give("a", 2)).toBe(0);
    expect(book.takeBack("a", 2)).toBe(-2);
    expect(book.takeBack("a", 2)).toBe(0);
  });

  it("keep what the line told while a roster was on its way, and nothing that the roster holds", () => {
    const book = new TallyBook();
    book.take("4.0");
    book.hear(told(5, "five"));
    book.hear(told(6, "six"));
    expect(book.take("5.0")).toEqual([{ studentId: "one", dimension: "moral", beans: 2 }]);
    expect(book.hear(told(5, "five"))).toBeUndefined();
  });
});
