/** Tells the server's time with every answer of the API, so that a tablet with a wrong clock can date its awards right. */
import type { FastifyInstance } from "fastify";

export function tellTheTime(api: FastifyInstance, now: () => Date): void {
  api.addHook("onRequest", (_request, reply, done) => {
    reply.header("doudou-time", now().toISOString());
    done();
  });
}
