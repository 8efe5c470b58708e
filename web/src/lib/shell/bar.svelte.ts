/** What the page has put into the top bar. One page at a time; the last one wins until it leaves. */
import type { Snippet } from "svelte";

let content = $state.raw<Snippet>();

export const bar = {
  get content(): Snippet | undefined {
    return content;
  },
  /** @returns what empties the bar again, unless another page has filled it meanwhile */
  fill(snippet: Snippet): () => void {
    content = snippet;
    return () => {
      if (content === snippet) content = undefined;
    };
  },
};
