/** Whoever keeps the device from locking itself while nobody touches it: a timer that the class is looking at. */
let holders = 0;

/** @returns what lets go again; fit to be returned from an effect */
export function holdAwake(): () => void {
  holders += 1;
  return () => {
    holders -= 1;
  };
}

export function isHeldAwake(): boolean {
  return holders > 0;
}
