/** Why to look at a child, in the reader's words. Reactive to the language. */
import type { NeedReason } from "@doudou/shared/domain/class-growth.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { dimensionName } from "#lib/beans/dimensions.ts";
import { m } from "#lib/paraglide/messages.js";

export function needWords(reason: NeedReason, dimension: Dimension | null): string {
  return m.classgrowth_need({ reason, dimension: dimension === null ? "" : dimensionName(dimension) });
}
