/**
 * Lines over the browser's EventSource, one for a stream and tab: at rest without a network and while the page has been
 * out of sight for a while, since a browser has only a few connections to a server, shared by all of its tabs.
 */
import type { FeedPosition } from "@doudou/shared/domain/feed-position.ts";
import { type Line, type LineParts, openLine } from "./line.ts";

type Told<News> = Pick<LineParts<News>, "onNews" | "onReload" | "onOpen">;

/** A glance at another app lets nothing go. */
const OUT_OF_SIGHT_MS = 30_000;

/**
 * @param stream `addressFrom` gives its address from a position, `names` are the events that are news; `onLost` is
 *   called where the server answers with something else than a stream
 */
export function openBrowserLine<News>(
  stream: {
    readonly addressFrom: (from: string | undefined) => string;
    readonly names: readonly string[];
    readonly read: (name: string, value: unknown) => News;
    readonly onLost?: () => void;
  },
  told: Told<News>,
  from?: FeedPosition,
): Line {
  const line = openLine<News>(
    {
      ...told,
      wait,
      random: Math.random,
      connect(position, hearing) {
        const source = new EventSource(stream.addressFrom(position));
        const on = (name: string, hear: (event: MessageEvent<string>) => void) =>
          source.addEventListener(name, hear as (event: Event) => void);
        for (const name of stream.names)
          on(name, (event) => hearing.news(event.lastEventId, stream.read(name, JSON.parse(event.data))));
        on("position", (event) => hearing.position(event.lastEventId));
        on("reload", (event) => hearing.reload(event.lastEventId));
        on("beat", () => hearing.beat());
        source.addEventListener("error", () => {
          // Closed by the browser: the server answered with something else than a stream.
          if (source.readyState === EventSource.CLOSED) stream.onLost?.();
          hearing.lost();
        });
        return () => source.close();
      },
    },
    from,
  );

  let callOffRest: (() => void) | undefined;
  const look = () => {
    callOffRest?.();
    if (document.visibilityState === "hidden") callOffRest = wait(OUT_OF_SIGHT_MS, line.rest);
    else if (navigator.onLine) line.wake();
  };
  const leaving = new AbortController();
  const { signal } = leaving;
  document.addEventListener("visibilitychange", look, { signal });
  addEventListener("online", look, { signal });
  addEventListener("pageshow", look, { signal });
  addEventListener("offline", line.rest, { signal });
  addEventListener("pagehide", line.rest, { signal });
  if (!navigator.onLine) line.rest();
  return {
    get position() {
      return line.position;
    },
    rest: line.rest,
    wake: line.wake,
    close: () => {
      leaving.abort();
      callOffRest?.();
      line.close();
    },
  };
}

function wait(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
