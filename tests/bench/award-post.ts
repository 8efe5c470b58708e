/** Single-award POSTs from 64 clients: bare Fastify, the product, and the product with one commit per request. */
import autocannon from "autocannon";
import { v7 as uuidv7 } from "uuid";
import { startServerProcess } from "./server-process.ts";

interface Facts {
  readonly address: string;
  readonly cookie?: string;
  readonly studentIds?: readonly string[];
  readonly pointIds?: readonly string[];
  readonly occurredAt?: string;
}

/** An award to every child, then another to every child: for this point and that, over ten weeks, as in a term. */
function award(number: number, { studentIds = [""], pointIds = [""], occurredAt = "" }: Facts): object {
  const round = Math.floor(number / studentIds.length);
  return {
    id: uuidv7(),
    studentId: studentIds[number % studentIds.length],
    occurredAt: occurredAt && weeksBefore(occurredAt, round % 10),
    observationPointId: pointIds[round % pointIds.length],
  };
}

function weeksBefore(instant: string, weeks: number): string {
  return new Date(Date.parse(instant) - weeks * 7 * 86_400_000).toISOString();
}

export interface Load {
  readonly perSecond: number;
  readonly p99: number;
}

/** @returns answers with status 200 per second, and the 99th percentile of latency in ms */
export async function awardPostLoad(
  mode: "bare" | "product" | "single-commit",
  seconds: number,
): Promise<Load> {
  const server = await startServerProcess<Facts>("bench-server.ts", [mode]);
  const { address, cookie = "" } = server.facts;
  let sent = 0;
  const run = (duration: number) =>
    autocannon({
      url: `${address}/api/v1/awards`,
      connections: 64,
      duration,
      requests: [
        {
          method: "POST",
          headers: { "content-type": "application/json", cookie },
          setupRequest: (request) => {
            return { ...request, body: JSON.stringify({ awards: [award(sent++, server.facts)] }) };
          },
        },
      ],
    });
  try {
    await run(2);
    const { requests, latency, non2xx, errors } = await run(seconds);
    if (non2xx > 0 || errors > 0)
      throw new Error(`${mode}: ${non2xx} answers other than 200, ${errors} errors`);
    return { perSecond: requests.average, p99: latency.p99 };
  } finally {
    await server.stop();
  }
}
