/**
 * Following a class live, as its staff's pages do: one line for each class of this tab, however many pieces of a page
 * listen. Comes with the first page that wants it, not with the first paint.
 */
import type { LiveAward, LiveVoid } from "@doudou/shared/contract/live.ts";
import { type FeedPosition, positionText, readPosition } from "@doudou/shared/domain/feed-position.ts";
import { readSession } from "#lib/api/client.ts";
import { addressOf } from "#lib/api/request.ts";
import { openBrowserLine } from "./browser-line.ts";
import type { Line } from "./line.ts";
import { soonAndSparingly } from "./looking.ts";
import type { ClassNews } from "./news.ts";

export interface Listener {
  onNews(news: readonly ClassNews[]): void;
  /** Too much was missed to be told: what is on show is to be read anew. */
  onReload(): void;
  /** Nothing is missed from now on. */
  onOpen?(): void;
}

/** A second stream of this tab takes the place of the first, which may hang in a dead network. */
const SCREEN = crypto.randomUUID();

const lines = new Map<string, { readonly line: Line; readonly listeners: Set<Listener> }>();
/** How far this tab has seen each class: a page that is opened next misses nothing from there. */
const seen = new Map<string, FeedPosition>();

/**
 * Tells what is given and taken back in a class.
 * @param from the position of what is on show; left out to begin with what comes next, or where a line of this tab is
 * @returns what stops listening
 */
export function joinLine(classId: string, listener: Listener, from?: string): () => void {
  const known = lines.get(classId);
  const { line, listeners } = known ?? openOn(classId, readPosition(from));
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (line.position) seen.set(classId, line.position);
    if (listeners.size > 0) return;
    line.close();
    if (lines.get(classId)?.line === line) lines.delete(classId);
  };
}

/**
 * Looks again soon after something in a class was given or taken back, and not all the time.
 * @param isAbout which news make what is on show old
 * @returns what stops it
 */
export function lookAgainOnLine(
  classId: string,
  look: () => void,
  isAbout: (news: ClassNews) => boolean,
): () => void {
  const { lookSoon, hasLooked, stop: callOff } = soonAndSparingly(look);
  const from = seen.get(classId);
  const stop = joinLine(
    classId,
    {
      onNews: (news) => {
        if (news.some(isAbout)) lookSoon();
      },
      onReload: lookSoon,
      // What came between the reading and the line is in neither.
      onOpen() {
        if (from === undefined && !hasLooked()) lookSoon();
      },
    },
    from && positionText(from),
  );
  return () => {
    callOff();
    stop();
  };
}

function openOn(classId: string, from: FeedPosition | undefined) {
  const listeners = new Set<Listener>();
  const line = openBrowserLine<ClassNews["news"]>(
    {
      addressFrom: (position) => addressOf(`/classes/${classId}/live`, { from: position, screen: SCREEN }),
      names: ["award", "void"],
      read: (name, value) =>
        name === "award" ? { of: "award", ...(value as LiveAward) } : { of: "void", ...(value as LiveVoid) },
      // Whether the session is over, any call finds out, and the page then says so.
      onLost: () => void readSession().catch(() => {}),
    },
    {
      onNews(news) {
        for (const listener of listeners) listener.onNews(news);
      },
      onReload() {
        for (const listener of listeners) listener.onReload();
      },
      onOpen(isOpen) {
        if (isOpen) for (const listener of listeners) listener.onOpen?.();
      },
    },
    from,
  );
  const opened = { line, listeners };
  lines.set(classId, opened);
  return opened;
}
