/**
 * A form that stands where the button was that opened it: takes the focus, closes by Escape, and leaves the focus on what
 * stands there afterwards. Without it a keyboard would be back at the beginning of the page.
 */
import { tick } from "svelte";
import type { Attachment } from "svelte/attachments";
import { on } from "svelte/events";

/** @param close puts back what stood there before */
export function inPlace(close: () => void): Attachment<HTMLFormElement> {
  return (form) => {
    const place = form.parentElement;
    form.querySelector<HTMLElement>("input, select, textarea")?.focus();
    const stopListening = on(form, "keydown", ({ key }) => {
      if (key === "Escape") close();
    });
    return () => {
      stopListening();
      void tick().then(() => {
        if (document.activeElement === document.body) place?.querySelector<HTMLElement>("button")?.focus();
      });
    };
  };
}
