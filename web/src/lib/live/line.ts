/**
 * One line to a stream of events: keeps it open, tells a dead one by the silence, comes back from the last event seen,
 * and tells each event once. Knows neither browser nor what the events say.
 */
import {
  type FeedPosition,
  hasSeen,
  positionText,
  readPosition,
} from "@doudou/shared/domain/feed-position.ts";

/** What a connection tells while it is open. */
export interface Hearing<News> {
  /** @param id the position after it */
  readonly news: (id: string, news: News) => void;
  /** Where the reader stands; everything up to here has been told. */
  readonly position: (id: string) => void;
  /** Too much was missed: what is on show is to be read anew, and goes on from here. */
  readonly reload: (id: string) => void;
  readonly beat: () => void;
  /** The connection is no more. */
  readonly lost: () => void;
}

export interface LineParts<News> {
  /** Opens a connection. @returns what closes it; it tells nothing any more then */
  connect(from: string | undefined, hearing: Hearing<News>): () => void;
  /** Runs `run` once after `ms`. @returns what calls it off */
  wait(ms: number, run: () => void): () => void;
  /** In [0, 1). */
  random(): number;
  /** Together what came within a breath, in order, each once. */
  onNews(news: readonly { readonly at: FeedPosition; readonly news: News }[]): void;
  onReload(): void;
  onOpen?(isOpen: boolean): void;
}

export interface Line {
  /** Undefined until the server has told, where it was opened without one. */
  readonly position: FeedPosition | undefined;
  /** Lets go for a while, as when nobody looks or there is no network. */
  readonly rest: () => void;
  /** Comes back at once, from where it was. */
  readonly wake: () => void;
  readonly close: () => void;
}

/** The server beats every 20 s: two beats missed, and a little. */
const SILENCE_MS = 50_000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** What a colleague gives to a whole class comes as many events; they are shown together. */
const BREATH_MS = 30;

/** Opens a line. @param from undefined to begin with what comes next */
export function openLine<News>(parts: LineParts<News>, from?: FeedPosition): Line {
  let position = from;
  let disconnect: (() => void) | undefined;
  let callOffRetry: (() => void) | undefined;
  let callOffSilence: (() => void) | undefined;
  let failures = 0;
  let isOpen = false;
  let isClosed = false;
  let held: { at: FeedPosition; news: News }[] = [];

  function connect(): void {
    if (isClosed || disconnect) return;
    callOffRetry?.();
    let isOver = false;
    const unlessOver =
      <Heard extends unknown[]>(hear: (...heard: Heard) => void) =>
      (...heard: Heard) => {
        if (isOver) return;
        listenForSilence();
        hear(...heard);
      };
    const close = parts.connect(position && positionText(position), {
      news: unlessOver(takeNews),
      position: unlessOver((id: string) => {
        move(id);
        failures = 0;
        show(true);
      }),
      reload: unlessOver((id: string) => {
        held = [];
        position = readPosition(id) ?? position;
        parts.onReload();
      }),
      beat: unlessOver(() => {}),
      lost: unlessOver(lose),
    });
    disconnect = () => {
      isOver = true;
      close();
    };
    listenForSilence();
  }

  function takeNews(id: string, news: News): void {
    const at = readPosition(id);
    if (at === undefined || (position && hasSeen(position, at))) return;
    position = at;
    if (held.push({ at, news }) === 1) parts.wait(BREATH_MS, tellHeld);
  }

  function tellHeld(): void {
    const told = held;
    held = [];
    if (!isClosed && told.length > 0) parts.onNews(told);
  }

  function move(id: string): void {
    const at = readPosition(id);
    if (at && !(position && hasSeen(position, at))) position = at;
  }

  function lose(): void {
    drop();
    failures += 1;
    const ms = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
    callOffRetry = parts.wait(ms * (0.5 + parts.random() / 2), connect);
  }

  function drop(): void {
    callOffSilence?.();
    callOffRetry?.();
    disconnect?.();
    disconnect = undefined;
    show(false);
  }

  function listenForSilence(): void {
    callOffSilence?.();
    callOffSilence = parts.wait(SILENCE_MS, lose);
  }

  function show(next: boolean): void {
    if (isOpen === next) return;
    isOpen = next;
    parts.onOpen?.(next);
  }

  connect();
  return {
    get position() {
      return position;
    },
    rest: drop,
    wake: () => {
      failures = 0;
      connect();
    },
    close: () => {
      isClosed = true;
      drop();
    },
  };
}
