/**
 * A running server: opens what it stands on, serves, and closes in order. Used by main.ts and by tests that need a
 * real process or socket. Prints nothing and reads no environment.
 */
import { randomInt } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "@doudou/db/engines/database.ts";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { sealWithKeyOf } from "./access/seal.ts";
import { createSessions } from "./access/sessions.ts";
import { type App, buildApp } from "./app.ts";
import { channelsOf } from "./channels/channel.ts";
import type { Config } from "./config.ts";
import type { Deps } from "./deps.ts";
import { createDocuments } from "./documents/term-summary.ts";
import { deleteExpired, forgetWhatHasPassed } from "./operate/prune.ts";
import { backUpRegularly } from "./operate/schedule.ts";
import { sweepEvidenceRegularly } from "./features/evidence/sweep.ts";
import { prepareRegularly } from "./features/summary-preparations/preparing.ts";
import { deliverRegularly } from "./features/deliveries/service.ts";
import { keepPapersRegularly } from "./features/summaries/papers.ts";
import { publishRegularly } from "./features/summary-rounds/publishing.ts";
import { createFrames } from "./features/schools/service.ts";
import { createLive } from "./live/live.ts";
import { createPictureFiles } from "./pictures/picture-files.ts";
import { providersOfFile } from "./providers/providers-file.ts";
import { createTables } from "./spreadsheets/tables.ts";

const SWEEP_EVERY_MS = 3_600_000;
const EXPIRE_EVERY_MS = 86_400_000;
/** Well within the minute after which proxies take a silent connection for a dead one. */
const BEAT_EVERY_MS = 20_000;
/** A request that has not come to its end by then is cut off, so that everything behind it can still close in order. */
const FINISH_WITHIN_MS = 5_000;
const HANG_UP_EVERY_MS = 50;

export interface RunningServer {
  readonly app: App;
  readonly deps: Deps;
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly address: string;
  /** Stops accepting, finishes requests, flushes the write queue, checkpoints and closes. */
  close(): Promise<void>;
}

/** Opens the configured database, migrating it if need be. */
export async function openConfiguredDatabase(config: Config): Promise<Database> {
  await mkdir(config.dataDir, { recursive: true });
  return await openDatabase({
    url: config.databaseUrl,
    file: config.databaseUrl === undefined ? join(config.dataDir, "doudou.sqlite") : undefined,
    maxQueued: config.maxQueuedWrites,
    groupCommit: config.groupCommit,
  });
}

/** Everything the services need, on an open database. */
export async function createDeps(
  config: Config,
  database: Database,
  now: () => Date = () => new Date(),
): Promise<Deps> {
  const frames = createFrames(database);
  const timeZoneOf = async (schoolId: string) => (await frames.of(schoolId)).timeZone;
  return {
    config,
    database,
    sessions: await createSessions(database),
    seal: await sealWithKeyOf(config.secretKeyFile),
    providers: await providersOfFile(config.providersFile),
    channels: await channelsOf(config),
    frames,
    documents: createDocuments({ workers: config.documentWorkers }),
    live: createLive(database, { now, timeZoneOf }),
    pictures: createPictureFiles({ dataDir: config.dataDir }),
    tables: createTables(),
    now,
    drawBelow: (limit) => randomInt(limit),
  };
}

/** Starts serving. @throws when the port is taken; then everything opened is closed again */
export async function startServer(deps: Deps): Promise<RunningServer> {
  const { config, database, documents, live, pictures } = deps;
  const app = await buildApp(deps);
  const sweep = setInterval(() => {
    forgetWhatHasPassed(deps).catch((error: unknown) =>
      app.server.log.error({ err: error }, "sessions or absences not swept"),
    );
  }, SWEEP_EVERY_MS);
  const beat = setInterval(() => void live.beat(), BEAT_EVERY_MS);
  let expiring = Promise.resolve();
  const expire = () => {
    expiring = deleteExpired(deps).then(
      (deleted) => {
        if (Object.values(deleted).some((count) => count > 0))
          app.server.log.info(deleted, "deleted what is over");
      },
      (error: unknown) => app.server.log.error({ err: error }, "what is over is not deleted"),
    );
  };
  const expiry = setInterval(expire, EXPIRE_EVERY_MS);
  /** Each stops something done now and again, and waits for what of it is under way. */
  const stops = [
    sweepEvidenceRegularly(deps, (error) => app.server.log.error({ err: error }, "evidence not swept")),
  ];
  const close = async () => {
    clearInterval(sweep);
    clearInterval(expiry);
    clearInterval(beat);
    const stopped = stops.map((stop) => stop());
    // A browser keeps its connection after the answer it was waiting for: without this, closing would wait for it.
    const hangUp = setInterval(() => app.server.server.closeIdleConnections(), HANG_UP_EVERY_MS);
    const cutOff = setTimeout(() => app.server.server.closeAllConnections(), FINISH_WITHIN_MS);
    await app.server.close();
    clearInterval(hangUp);
    clearTimeout(cutOff);
    await expiring;
    await Promise.all(stopped);
    await documents.close();
    await pictures.close();
    await database.close();
  };
  try {
    const address = await app.server.listen({ port: config.port, host: config.host });
    expire();
    stops.push(
      backUpRegularly(config, deps.now, app.server.log),
      publishRegularly(deps, (error) =>
        app.server.log.error({ err: error }, "what was planned is not published"),
      ),
      keepPapersRegularly(deps, (error) =>
        app.server.log.error({ err: error }, "the paper of a summary is not set"),
      ),
      prepareRegularly(deps, (error) =>
        app.server.log.error({ err: error }, "what summaries lack is not looked through"),
      ),
      deliverRegularly(deps, app.server.log),
    );
    return { app, deps, address, close };
  } catch (error) {
    await close();
    throw error;
  }
}
