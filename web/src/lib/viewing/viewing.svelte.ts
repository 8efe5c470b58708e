/**
 * Whether the child on this page has looked at its own pages enough for today, as the server said when it was asked.
 * Reckons nothing itself and knows no minutes.
 */
import { callsAreMadeIn } from "#lib/api/request.ts";
import { session } from "#lib/session.svelte.ts";
import { isAnySheetOpen, onceNoSheetIsOpen } from "#lib/ui/open-sheets.ts";

let enoughFor = $state<string>();

callsAreMadeIn({
  onViewedEnough() {
    const studentId = session.student?.id;
    onceNoSheetIsOpen(() => (enoughFor = studentId));
  },
});

export const viewing = {
  get isEnough(): boolean {
    return enoughFor !== undefined && enoughFor === session.student?.id;
  },
  /** It may be another day by now: the pages ask again, unless something is being written here. */
  lookAgain(): void {
    if (!isAnySheetOpen()) enoughFor = undefined;
  },
};
