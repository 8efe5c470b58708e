/** Saves what is open on a page whenever that may be the last moment, or the first one at which it can be done. */
import { untrack } from "svelte";
import { session } from "#lib/session.svelte.ts";

interface SelfSaver {
  readonly hasUnsaved: boolean;
  save(): Promise<void>;
}

/**
 * Saves where the page is left or shut, and where the network or the session is back. To be called while a component is
 * made.
 * @param opened what saves by itself on the page now
 */
export function saveInTime(opened: () => SelfSaver | undefined): void {
  $effect(() => {
    if (!session.hasExpired) untrack(() => saveIn(opened()));
  });
  $effect(() => {
    const left = opened();
    return () => saveIn(left);
  });
  $effect(() => {
    const gone = new AbortController();
    for (const moment of ["online", "pagehide"])
      addEventListener(moment, () => saveIn(opened()), { signal: gone.signal });
    return () => gone.abort();
  });
}

function saveIn(saver: SelfSaver | undefined): void {
  if (saver?.hasUnsaved) void saver.save();
}
