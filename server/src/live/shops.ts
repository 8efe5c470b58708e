/**
 * Open pages of reward shops: each is told to read anew when what it shows may have changed, and never what, nor of whom.
 * A child's page and its family's hear of the child's own wishes; the homeroom teacher's of those of the class; a pupil
 * shopkeeper's also of what waits at the counter, and of nothing before it is approved.
 */
import type { Database, Store } from "@doudou/db/engines/database.ts";
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import { shopkeepersOf } from "@doudou/db/repositories/rewards.ts";
import type { Topic } from "@doudou/db/topics.ts";
import { localDayOf, weekStartOf } from "@doudou/shared/domain/calendar.ts";
import { covers } from "../access/caller.ts";
import type { ChannelParts } from "./channel.ts";
import type { EventStream } from "./event-stream.ts";
import { frame } from "./frames.ts";

type ShopTopic = Extract<Topic, { readonly of: "wishes" | "counter" }>;

/** Whose page it is, which says what it hears of. */
export type ShopPage = { readonly schoolId: string } & (
  | { readonly of: "class"; readonly classId: string }
  | { readonly of: "child" | "family"; readonly studentId: string }
);

/** Without an id: nothing is caught up, since the page is read whole. */
const OPEN = Buffer.from(frame("position", null));
const READ_ANEW = Buffer.from(frame("reload", null));

export class Shops {
  readonly #database: Database;
  readonly #parts: ChannelParts;
  readonly #pages = new Map<EventStream, ShopPage>();

  constructor(database: Database, parts: ChannelParts) {
    this.#database = database;
    this.#parts = parts;
  }

  /** What came between the page's reading and this is told at once. */
  join(stream: EventStream, page: ShopPage): void {
    this.#pages.set(stream, page);
    stream.once("close", () => this.#pages.delete(stream));
    stream.send(OPEN);
    stream.send(READ_ANEW);
  }

  tell(topic: ShopTopic): void {
    void this.#tell(topic).catch(this.#parts.onFailure);
  }

  /** Something may not have been heard. */
  tellAll(): void {
    for (const stream of this.#pages.keys()) stream.send(READ_ANEW);
  }

  async #tell({ of, schoolId, studentId }: ShopTopic): Promise<void> {
    const pages = [...this.#pages].filter(([, page]) => page.schoolId === schoolId);
    const others = pages.filter(([stream, page]) => {
      if (page.of === "class" || page.studentId !== studentId) return true;
      if (of === "wishes") stream.send(READ_ANEW);
      return false;
    });
    if (!others.some(([, page]) => page.of === (of === "wishes" ? "class" : "child"))) return;
    const day = localDayOf(this.#parts.now().getTime(), await this.#parts.timeZoneOf(schoolId));
    const around = await this.#database.read(schoolId, (store) =>
      shopAround(store, schoolId, { studentId, day }),
    );
    for (const [stream, page] of others) {
      const isOfClass = of === "wishes" && page.of === "class" && page.classId === around.classId;
      const isOfKeeper = of === "counter" && page.of === "child" && around.keeperIds.includes(page.studentId);
      if (isOfClass || isOfKeeper) stream.send(READ_ANEW);
    }
  }
}

/** The class a child is in on a day, and who keeps its shop. */
async function shopAround(
  store: Store,
  schoolId: string,
  { studentId, day }: { readonly studentId: string; readonly day: string },
): Promise<{ classId: string | undefined; keeperIds: readonly string[] }> {
  const enrolled = await enrollmentsOf(store, schoolId, [studentId]);
  const classId = enrolled.find((each) => covers(each, day))?.class.id;
  const week = { classId: classId ?? "", weekStartsOn: weekStartOf(day) };
  return { classId, keeperIds: classId === undefined ? [] : await shopkeepersOf(store, schoolId, week) };
}
