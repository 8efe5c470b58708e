/** The words for honours. Reactive to the language: call them in markup or in `$derived`. */
import type { HonourLevel } from "@doudou/shared/domain/works.ts";
import { m } from "#lib/paraglide/messages.js";

/** Where an honour comes from. */
export function levelName(level: HonourLevel): string {
  return m.honour_level({ level });
}
