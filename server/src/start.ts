/** `pnpm start`: builds the web app if its sources have changed, then runs the server. */
import { buildIfStale } from "../../web/build-if-stale.ts";

await buildIfStale();
await import("./main.ts");
