/**
 * A class's board as the projector holds it, for a whole day: what is on show, what is celebrated, and whether the line
 * to the class stands. Everything it holds is bounded by the class; it reads everything anew now and then.
 */
import type { Board, BoardAward, BoardPlant, BoardVoid } from "@doudou/shared/contract/board.ts";
import { gathered, shareOf, towardsGoal } from "@doudou/shared/domain/class-goal.ts";
import { type FeedPosition, hasSeen, readPosition } from "@doudou/shared/domain/feed-position.ts";
import { DIMENSIONS, type Dimension, perDimension } from "@doudou/shared/domain/words.ts";
import { readBoard } from "#lib/api/client.ts";
import { ProblemError } from "#lib/api/problem.ts";
import { addressOf } from "#lib/api/request.ts";
import { openBrowserLine } from "#lib/live/browser-line.ts";
import type { Line } from "#lib/live/line.ts";
import { type Celebration, Celebrations } from "./celebrations.ts";

/** What was taken back goes quietly, a moment later. */
const READ_AFTER_VOID_MS = 1500;
/** Names, consents and the week are taken in at least this often. */
const READ_EVERY_MS = 10 * 60_000;
const LOOK_EVERY_MS = 200;
const SHOWN_MS = 4500;
const SHOWN_WHILE_OTHERS_WAIT_MS = 2500;

type News = { readonly at: FeedPosition; readonly news: Told };
type Told = ({ readonly of: "award" } & BoardAward) | ({ readonly of: "void" } & BoardVoid);

/** One child's plant; redrawn by itself. */
export class GardenPlant {
  readonly id: string;
  readonly name: string | null;
  dimensions = $state.raw<readonly Dimension[]>([]);
  /** Counts what it has just been given, so that each can be shown. */
  gifts = $state(0);
  lastGift = $state<Dimension>("moral");

  constructor({ id, name }: BoardPlant) {
    this.id = id;
    this.name = name;
  }

  give(dimension: Dimension): void {
    this.lastGift = dimension;
    this.gifts += 1;
  }

  notice(dimension: Dimension): void {
    if (this.dimensions.includes(dimension)) return;
    this.dimensions = DIMENSIONS.filter((each) => each === dimension || this.dimensions.includes(each));
  }
}

export class ClassBoard {
  board = $state.raw() as Board;
  plants = $state.raw<readonly GardenPlant[]>([]);
  /** What of its goal or its usual week the class has gathered, 0–1. */
  share = $state(0);
  /** Of the class this week; null where it shows no figures. */
  beans = $state.raw<Board["beans"]>(null);
  celebration = $state.raw<Celebration>();
  isConnected = $state(true);
  /** The link has ended. */
  isOver = $state(false);
  readonly towardsGoal: number | undefined = $derived.by(() =>
    this.beans === null ? undefined : towardsGoal({ goal: this.board.goal, beans: this.beans }),
  );
  readonly #linkId: string;
  readonly #celebrations = new Celebrations();
  #byId: ReadonlyMap<string, GardenPlant> = new Map();
  #line: Line | undefined;
  #reading: News[] | undefined;
  #isAskedAgain = false;
  #readSoon: ReturnType<typeof setTimeout> | undefined;
  #shownUntil = -Infinity;

  constructor(linkId: string, board: Board) {
    this.#linkId = linkId;
    this.#take(board);
  }

  /** Follows the class. @returns what stops it; fit to be returned from an effect */
  follow(): () => void {
    const screen = crypto.randomUUID();
    this.#line = openBrowserLine<Told>(
      {
        addressFrom: (from) => addressOf(`/board/${this.#linkId}/live`, { from, screen }),
        names: ["award", "void"],
        read: (name, value) =>
          name === "award" ? { of: "award", ...(value as BoardAward) } : { of: "void" },
        onLost: () => void this.read(),
      },
      {
        onNews: (news) => this.#hear(news),
        onReload: () => void this.read(),
        onOpen: (isOpen) => {
          // The server lets go of the line where a family has changed its mind about a name.
          if (isOpen && !this.isConnected) void this.read();
          this.isConnected = isOpen;
        },
      },
      readPosition(this.board.position),
    );
    const looking = setInterval(() => this.#look(), LOOK_EVERY_MS);
    const rereading = setInterval(() => void this.read(), READ_EVERY_MS);
    return () => {
      this.#line?.close();
      clearInterval(looking);
      clearInterval(rereading);
      clearTimeout(this.#readSoon);
    };
  }

  /** Takes over what the server knows now; without a network what is on show stays. */
  async read(): Promise<void> {
    if (this.#reading) {
      this.#isAskedAgain = true; // what is on its way may be older than what was just told
      return;
    }
    this.#reading = [];
    this.#isAskedAgain = false;
    try {
      const board = await readBoard(this.#linkId);
      const since = this.#reading;
      this.#take(board);
      const position = readPosition(board.position);
      for (const { at, news } of since) if (!position || !hasSeen(position, at)) this.#grow(news);
    } catch (failure) {
      if (failure instanceof ProblemError && failure.status === 401) this.#end();
    } finally {
      this.#reading = undefined;
    }
    if (this.#isAskedAgain) await this.read();
  }

  #hear(told: readonly News[]): void {
    this.#reading?.push(...told);
    for (const { news } of told) {
      this.#grow(news);
      if (news.of === "award" && news.isFresh) this.#celebrations.add(news, performance.now());
    }
    if (told.some(({ news }) => news.of === "void")) {
      clearTimeout(this.#readSoon);
      this.#readSoon = setTimeout(() => void this.read(), READ_AFTER_VOID_MS);
    }
  }

  #grow(news: Told): void {
    if (news.of === "void" || !news.isThisWeek) return;
    const given = perDimension((of) => (of === news.dimension ? news.beans : 0));
    const children = this.plants.length;
    this.share = shareOf(this.share + gathered({ goal: this.board.goal, beans: given, children }));
    const before = this.beans;
    this.beans = before && perDimension((of) => before[of] + given[of]);
    const plant = news.plantId === null ? undefined : this.#byId.get(news.plantId);
    plant?.notice(news.dimension);
    if (news.isFresh) plant?.give(news.dimension);
  }

  #look(): void {
    const now = performance.now();
    const isOver = now >= this.#shownUntil;
    const isSeen = now >= this.#shownUntil - SHOWN_MS + SHOWN_WHILE_OTHERS_WAIT_MS;
    if (!isOver && !(isSeen && this.#celebrations.count > 0)) return;
    const next = this.#celebrations.next(now, this.plants.length);
    if (next) {
      this.celebration = next;
      this.#shownUntil = now + SHOWN_MS;
    } else if (isOver && this.celebration) {
      this.celebration = undefined;
    }
  }

  #end(): void {
    this.isOver = true;
    this.#line?.close();
  }

  #take(board: Board): void {
    const isSame =
      this.plants.length === board.plants.length &&
      board.plants.every(({ id, name }) => this.#byId.get(id)?.name === name);
    if (!isSame) {
      this.plants = board.plants.map((plant) => {
        const known = this.#byId.get(plant.id);
        return known?.name === plant.name ? known : new GardenPlant(plant);
      });
      this.#byId = new Map(this.plants.map((plant) => [plant.id, plant]));
    }
    for (const { id, dimensions } of board.plants) {
      const plant = this.#byId.get(id);
      if (plant && plant.dimensions.join() !== dimensions.join()) plant.dimensions = dimensions;
    }
    this.share = board.share;
    this.beans = board.beans;
    this.board = board;
  }
}
