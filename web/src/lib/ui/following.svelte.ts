/** What stands around the thing that is tapped: it follows a frame after the tap's own answer. */
import { untrack } from "svelte";
import { afterPaint } from "./after-paint.ts";

/**
 * A value as it was when the frame before this one was drawn. To be made while a component is.
 * @param of reads it
 */
export function following<Value>(of: () => Value): { readonly current: Value } {
  let current = $state.raw(untrack(of));
  $effect(() => {
    const next = of();
    afterPaint(() => (current = next));
  });
  return {
    get current() {
      return current;
    },
  };
}
