/** A rule of the server that said no (RFC 9457), as an error the pages can tell apart by its code. */
import type { ProblemBody } from "@doudou/shared/contract/common.ts";

export class ProblemError extends Error {
  readonly status: number;
  /** Stable; see the server's list of codes. */
  readonly code: string;
  /** A sentence in the reader's language, fit to show. */
  readonly title: string;
  /** Fields at fault, by JSON pointer. */
  readonly errors: readonly { path: string; message: string }[];
  /** Seconds after which trying again makes sense; undefined where the server did not say. */
  readonly retryAfter: number | undefined;
  /** Of a wrong PIN. */
  readonly triesLeft: number | undefined;

  constructor(body: ProblemBody, retryAfter?: number) {
    super(`${body.status} ${body.code}`);
    this.name = "ProblemError";
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.errors = body.errors ?? [];
    this.retryAfter = retryAfter;
    this.triesLeft = body.triesLeft;
  }
}

/** Reads the problem out of a refused answer; a bare status becomes a problem with the code `http-<status>`. */
export async function problemOf(response: Response): Promise<ProblemError> {
  return new ProblemError(await bodyOf(response), retryAfterOf(response));
}

async function bodyOf(response: Response): Promise<ProblemBody> {
  const bare = {
    type: "about:blank",
    title: response.statusText,
    status: response.status,
    code: `http-${response.status}`,
  };
  if (!response.headers.get("content-type")?.includes("application/problem+json")) return bare;
  return { ...bare, ...((await response.json()) as ProblemBody) };
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get("retry-after") ?? NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}
