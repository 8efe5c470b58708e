/**
 * Compiles messages/*.json into functions (src/lib/paraglide) and ends. A build runs this first instead of the Vite
 * plug-in, because the compiler leaves timers behind that would hold Vite up for half a minute after its work is done.
 */
import { compile, type CompilerOptions } from "@inlang/paraglide-js";

export const messageOptions = {
  project: "./project.inlang",
  outdir: "./src/lib/paraglide",
  strategy: ["globalVariable", "baseLocale"],
  isServer: "import.meta.env.SSR",
  emitReadme: false,
} satisfies CompilerOptions;

if (import.meta.main) {
  await compile(messageOptions);
  process.exit();
}
