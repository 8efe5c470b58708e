/** Prometheus metrics at `/metrics`: requests by route, the write queue, the process. No label ever names a person. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { FastifyInstance } from "fastify";
import type { Database } from "@doudou/db/engines/database.ts";

export function measure(app: FastifyInstance, database: Database): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "doudou_http_request_seconds",
    help: "time to answer, by route pattern",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers: [registry],
  });
  for (const [name, help] of [
    ["queued", "write jobs waiting"],
    ["committedGroups", "commits"],
    ["committedJobs", "write jobs committed"],
  ] as const) {
    new Gauge({
      name: `doudou_database_${name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}`,
      help,
      registers: [registry],
      collect() {
        this.set(database.stats()[name]);
      },
    });
  }
  app.addHook("onResponse", async (request, reply) => {
    duration.observe(
      { method: request.method, route: request.routeOptions.url ?? "unknown", status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
  });
  app.get("/metrics", { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
