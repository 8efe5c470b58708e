/** Progress for who waits at a shell, on standard error: one line that is written over, elsewhere one for each tenth. */
import type { OnStep } from "../operate/progress.ts";

/** @param isQuiet says nothing: for callers that are programs */
export function progressOnStderr(isQuiet = false): OnStep {
  if (isQuiet) return () => {};
  let told = "";
  return ({ step, share }) => {
    const tenths = `${step} ${Math.floor(share * 10)}`;
    const { isTTY } = process.stderr;
    const line = share > 0 ? `${step}: ${Math.floor(share * 100)} %` : step;
    if (told === (isTTY ? line : tenths)) return;
    if (isTTY) process.stderr.write(`\r${line.padEnd(60)}${share === 1 ? "\n" : ""}`);
    else process.stderr.write(`${line}\n`);
    told = isTTY ? line : tenths;
  };
}
