/** What the children of a group are noticed against their own last term. Reactive to the language: call it in markup. */
import type { Change } from "@doudou/shared/domain/words.ts";
import { m } from "#lib/paraglide/messages.js";

export function changeName(change: Change): string {
  switch (change) {
    case "more":
      return m.classgrowth_last_more();
    case "same":
      return m.classgrowth_last_same();
    case "fewer":
      return m.classgrowth_last_fewer();
    case "too-few":
      return m.classgrowth_last_too_few();
  }
}
