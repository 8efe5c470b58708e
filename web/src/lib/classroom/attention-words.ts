/** Sentences about a teacher's own attention. Reactive to the language; compare with the own past only. */
import type { Attention } from "@doudou/shared/contract/attention.ts";
import type { Change, Dimension } from "@doudou/shared/domain/words.ts";
import { dimensionName } from "#lib/beans/dimensions.ts";
import { m } from "#lib/paraglide/messages.js";

const CHANGES_TOLD = ["more", "fewer", "same", "too-few"] as const satisfies readonly Change[];

/** What changed in which dimensions, a sentence for each kind of change there is. */
export function dimensionChanges(change: Attention["change"]): string[] {
  return CHANGES_TOLD.flatMap((of) => {
    const dimensions = change.dimensions.filter((one) => one.change === of).map(({ dimension }) => dimension);
    return dimensions.length > 0 ? [changeSentence(of, dimensions)] : [];
  });
}

function changeSentence(change: Change, of: readonly Dimension[]): string {
  const dimensions = of.map(dimensionName).join(m.classroom_list_comma());
  switch (change) {
    case "more":
      return m.attention_change_more({ dimensions });
    case "same":
      return m.attention_change_same({ dimensions });
    case "fewer":
      return m.attention_change_fewer({ dimensions });
    case "too-few":
      return m.attention_change_too_few({ dimensions });
  }
}
