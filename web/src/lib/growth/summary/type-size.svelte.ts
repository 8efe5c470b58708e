/** Ordinary or large type for those who read on a phone at arm's length. Remembered on this device. */
const STORED_AS = "doudou.type-size";
const LARGE = "large";

let isLarge = $state(localStorage.getItem(STORED_AS) === LARGE);

export const typeSize = {
  get isLarge(): boolean {
    return isLarge;
  },
  choose(large: boolean): void {
    isLarge = large;
    if (large) localStorage.setItem(STORED_AS, LARGE);
    else localStorage.removeItem(STORED_AS);
  },
};
