/** A port that a server is told before it starts. */
import { once } from "node:events";
import { createServer } from "node:net";

/** @returns a port of this machine that nobody listens on now */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
