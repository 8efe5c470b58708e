/**
 * `pnpm check`: formatting, lint, types, rules between packages, unused code. Runs every `check:…` script of
 * package.json and prints only what is wrong; a script that fails never hides the ones after it.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";

/** Within a stage two run at a time. The second stage reads what `check:web` generates (messages, route types). */
const stages = [
  ["check:web", "check:format", "check:types"],
  ["check:lint", "check:svelte", "check:unused"],
];

const started = performance.now();
const failed: string[] = [];
for (const stage of stages) {
  const waiting = [...stage];
  const worker = async () => {
    for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) {
      const { code, output } = await run(script);
      if (code === 0) continue;
      failed.push(script);
      console.log(`\n── ${script} ──\n${output.trimEnd()}`);
    }
  };
  await Promise.all([worker(), worker()]);
}

const seconds = ((performance.now() - started) / 1000).toFixed(0);
if (failed.length > 0)
  console.log(`\ncheck: ${failed.join(", ")} failed (${seconds} s). Formatting: pnpm format`);
else console.log(`check: all well (${seconds} s)`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function run(script: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["--run", script], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  await once(child, "close");
  return { code: child.exitCode, output };
}
