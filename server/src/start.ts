/** `pnpm start`: builds the web app if its sources have changed, then runs the server. */
import { enableCompileCache } from "node:module";
import { buildIfStale } from "../../web/build-if-stale.ts";

// What was compiled at the last start is not compiled again: about 90 ms of a second. Most of the rest is finding and reading
// modules; libraries that few requests need are therefore imported where they are used.
enableCompileCache();
await buildIfStale();
await import("./main.ts");
