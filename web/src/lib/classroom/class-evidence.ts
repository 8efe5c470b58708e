/**
 * Keeps on the device what the term of every child of a class says, for comments written without a network. Asks once for
 * the whole class, and never again within the hour; the panel asks for its own child anew whenever it is opened.
 */
import type { ClassSummaries } from "@doudou/shared/contract/summaries.ts";
import { OfflineError } from "#lib/api/request.ts";
import { readClassEvidence } from "#lib/api/summary-writing.ts";
import { evidenceOf, hasLately, keepAnswers } from "#lib/offline/answers.ts";
import { session } from "#lib/session.svelte.ts";

/** @param list of the class and term that is being written */
export async function keepClassEvidence(
  { class: of, term, students }: ClassSummaries,
  signal: AbortSignal,
): Promise<void> {
  // Who oversees a school writes no comments, and has no reason to carry a class about.
  if (session.membership?.role !== "teacher") return;
  const accountId = session.account?.id ?? "";
  const askedAt = Date.now();
  const isKept = await Promise.all(
    students.map(({ id }) => hasLately(accountId, evidenceOf(id, term.id), askedAt)),
  );
  if (signal.aborted || isKept.every(Boolean)) return;
  try {
    const answer = await readClassEvidence(of.id, term.id, signal);
    const named = answer.students.map((each) => [evidenceOf(each.studentId, term.id), each] as const);
    await keepAnswers(accountId, named, askedAt);
  } catch (failure) {
    if (failure instanceof OfflineError || signal.aborted) return; // done when the desk is opened the next time
    throw failure;
  }
}
