/** Where this device's clock stands to the server's: measured on every answer, remembered over a reload. */
import { readSession } from "#lib/api/client.ts";
import { measuredOffset, type Offset } from "./clock.ts";
import { deviceFact, noteDeviceFact } from "./database.ts";

let offset: Offset | undefined;
/** Measured since this page was opened. */
let isMeasured = false;
let remembering: Promise<void> | undefined;

/** Takes up what was remembered. */
export function rememberClock(): Promise<void> {
  remembering ??= deviceFact("clock").then((known) => void (offset ??= known));
  return remembering;
}

/** An answer told the server's time; all in ms. */
export function noteServerTime(serverTime: number, askedAt: number, answeredAt: number): void {
  const measured = measuredOffset(serverTime, askedAt, answeredAt);
  const hasChanged = !isMeasured || measured.ms !== offset?.ms;
  isMeasured = true;
  offset = measured;
  if (hasChanged) void noteDeviceFact("clock", measured);
}

/** The offset as far as it is known. */
export function knownOffset(): Offset | undefined {
  return offset;
}

/**
 * The offset, measured since the page was opened: asks the server where it has not been.
 * @param signal gives up asking: a network that never answers must not hold up whoever waits
 * @throws OfflineError, DOMException where given up
 */
export async function clockOffset(signal: AbortSignal): Promise<Offset | undefined> {
  if (!isMeasured) await readSession(signal);
  return offset;
}

/** The time as the server has it, as well as this device knows. */
export function rightNow(): number {
  return Date.now() + (offset?.ms ?? 0);
}
