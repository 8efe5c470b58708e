/** Sends long answers of the API packed: a roster of fifty children is a fifth of its length then, felt on a slow network. */
import compress from "@fastify/compress";
import type { FastifyInstance } from "fastify";

/** Shorter answers fill a packet or two either way, bytes. */
const FROM = 2048;
/** Below this packing takes less than a millisecond, and less at once than through a thread, bytes. */
const AT_ONCE_BELOW = 128 * 1024;
const JSON_ANSWERS = /^application\/(?:problem\+)?json\b/;

/**
 * To be called before the routes are. Only JSON that was asked for: what is said of a write is short and waited for,
 * pictures, papers and archives are packed already, and a stream of events has to arrive as it is written. Requests are
 * taken unpacked only.
 */
export async function packAnswers(api: FastifyInstance): Promise<void> {
  api.addHook("onRoute", (route) => {
    if (route.method !== "GET") route.compress = false;
  });
  await api.register(compress, {
    customTypes: JSON_ANSWERS,
    encodings: ["gzip"],
    threshold: FROM,
    syncThreshold: AT_ONCE_BELOW,
    zlibOptions: { level: 5 },
    globalDecompression: false,
  });
}
