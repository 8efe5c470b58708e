/**
 * Prometheus metrics at `/metrics`: requests by route, the write queue, live streams, the last backup, the process. No
 * label ever names a person.
 */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { FastifyInstance } from "fastify";
import type { Deps } from "../deps.ts";
import { EVENT_STREAM } from "../live/http.ts";
import { backupsIn } from "../operate/backup-folder.ts";

export function measure(
  app: FastifyInstance,
  { database, live, config }: Pick<Deps, "database" | "live" | "config">,
): void {
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
  new Gauge({
    name: "doudou_live_streams",
    help: "open streams of live updates, by who looks",
    labelNames: ["audience"],
    registers: [registry],
    collect() {
      for (const [audience, count] of live.counts()) this.set({ audience }, count);
    },
  });
  const { backupDir } = config;
  if (backupDir !== undefined) {
    new Gauge({
      name: "doudou_backup_last_success_timestamp_seconds",
      help: "when the last proven backup was taken; 0 when there is none",
      registers: [registry],
      async collect() {
        const last = (await backupsIn(backupDir)).at(-1);
        this.set((last?.takenAt.getTime() ?? 0) / 1000);
      },
    });
  }
  app.addHook("onResponse", (request, reply, done) => {
    // How long somebody has looked on is no time to answer.
    if (!String(reply.getHeader("content-type")).startsWith(EVENT_STREAM)) {
      const labels = {
        method: request.method,
        route: request.routeOptions.url ?? "unknown",
        status: reply.statusCode,
      };
      duration.observe(labels, reply.elapsedTime / 1000);
    }
    done();
  });
  app.get("/metrics", { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
