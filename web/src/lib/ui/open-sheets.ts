/** How many sheets lie over the page, for what must not take the page away under one: what is typed there would be lost. */

let open = 0;
let waiting: (() => void)[] = [];

/** A sheet has opened. @returns what says that it is gone */
export function noteOpenSheet(): () => void {
  open += 1;
  return () => {
    open -= 1;
    if (open > 0) return;
    const told = waiting;
    waiting = [];
    for (const tell of told) tell();
  };
}

export function isAnySheetOpen(): boolean {
  return open > 0;
}

/** Does it as soon as no sheet is open: at once where none is. */
export function onceNoSheetIsOpen(then: () => void): void {
  if (open === 0) then();
  else waiting.push(then);
}
