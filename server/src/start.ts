/** `pnpm start`: builds the web app if its sources have changed, then runs the server. */
import { enableCompileCache } from "node:module";
import { buildIfStale } from "../../web/build-if-stale.ts";

// What was compiled at the last start is not compiled again: about 90 ms of a second.
enableCompileCache();
await buildIfStale();
await import("./main.ts");
