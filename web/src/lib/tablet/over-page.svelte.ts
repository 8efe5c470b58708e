/**
 * Sheets that hang on no page, such as the gate's: they go with the page they were opened over. Over the lock screen, or
 * over a page that did not ask, none of them has any business.
 */
import { untrack } from "svelte";
import { onNavigate } from "$app/navigation";
import { lock } from "./lock.svelte.ts";

/** Closes a sheet when another page comes or the device is locked. Called while the sheet's component is made. */
export function leaveWithPage(close: () => void): void {
  onNavigate(() => close());
  $effect(() => {
    if (lock.locked !== undefined) untrack(close);
  });
}
