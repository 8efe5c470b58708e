/**
 * Which term summaries of a child stand on the shelf: the published ones, newest first. Reads and keeps nothing else of them.
 * There is no list to ask for: the summary of each term is asked for, and a term without a published one is left out.
 */
import type { TermRef } from "@doudou/shared/contract/common.ts";
import * as client from "#lib/api/client.ts";
import { ProblemError } from "#lib/api/problem.ts";

export interface ShelvedSummary {
  readonly term: TermRef;
  /** Instant. */
  readonly publishedAt: string;
}

/** @throws ProblemError, OfflineError as any call */
export async function readShelf(
  studentId: string,
  terms: readonly TermRef[],
  signal: AbortSignal,
): Promise<readonly ShelvedSummary[]> {
  const found = await Promise.all(terms.map((term) => publishedIn(term, studentId, signal)));
  return found.filter((summary) => summary !== undefined);
}

async function publishedIn(
  term: TermRef,
  studentId: string,
  signal: AbortSignal,
): Promise<ShelvedSummary | undefined> {
  try {
    const { publishedAt } = await client.readTermSummary(studentId, term.id, signal);
    return publishedAt === null ? undefined : { term, publishedAt };
  } catch (failure) {
    if (failure instanceof ProblemError && failure.status === 404) return undefined;
    throw failure;
  }
}
