/**
 * The homeroom teacher answers what children told. Accepted, it becomes an award of the ledger in the same transaction,
 * under the id that was fixed when it was told: so it is one award, however often and by however many it is accepted.
 * Nothing is ever accepted by itself.
 */
import { classById } from "@doudou/db/repositories/people.ts";
import {
  type KeptProposal,
  proposalsByIds,
  settleProposal,
  thanksIn,
  waitingIn,
} from "@doudou/db/repositories/proposals.ts";
import type { AnswerProposals, AnswerResults, ClassProposals } from "@doudou/shared/contract/proposals.ts";
import { addDays, localDayOf } from "@doudou/shared/domain/calendar.ts";
import { returnedThanks } from "@doudou/shared/domain/proposals.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import type { ProblemCode } from "../../http/problem-codes.ts";
import { Problem, problemBody } from "../../http/problem.ts";
import { recordProposed } from "../awards/service.ts";

/** How far back thanks are looked at to tell which answer each other. */
const THANKS_DAYS = 30;

type Answer = AnswerProposals["answers"][number];
type Result = AnswerResults["results"][number];

/** What waits in a class, oldest first. */
export async function proposalsOfClass(
  deps: Deps,
  { schoolId }: Grant,
  classId: string,
): Promise<ClassProposals> {
  const frame = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), frame.timeZone);
  return await deps.database.read(schoolId, async (store) => {
    const row = await classById(store, schoolId, classId);
    if (!row) throw new Problem("not-found");
    const waiting = await waitingIn(store, schoolId, classId);
    const returned = returnedThanks(await thanksIn(store, schoolId, classId, addDays(today, -THANKS_DAYS)));
    return {
      class: { id: row.id, name: row.name, grade: row.grade },
      today,
      proposals: waiting.flatMap((line) => {
        const point = frame.points.get(line.observationPointId);
        if (!point) return [];
        return {
          id: line.id,
          voice: line.voice,
          from: { id: line.fromId, name: line.fromName },
          student: { id: line.studentId, name: line.studentName },
          dimension: point.dimension,
          point: point.name,
          beans: point.beans,
          words: line.text,
          toldAt: line.toldAt.toISOString(),
          day: line.day,
          isReturned: returned.has(line.id),
        };
      }),
    };
  });
}

/**
 * Answers some of what waits in a class; one that cannot be accepted never sinks the others.
 * @returns one result per answer, in order: `duplicate` where the same was answered before
 */
export async function answerProposals(
  deps: Deps,
  grant: Grant,
  classId: string,
  answers: readonly Answer[],
  locale: Locale,
): Promise<AnswerResults> {
  const { schoolId, membershipId: settledBy } = grant;
  const frame = await deps.frames.of(schoolId);
  const settledAt = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    const ids = [...new Set(answers.map(({ id }) => id))].sort();
    // Whoever answers the same at the same moment waits, and then finds it answered.
    await store.lock(ids.map((id) => `${schoolId}/proposal/${id}`));
    const kept = new Map(
      (await proposalsByIds(store, schoolId, ids))
        .filter((proposal) => proposal.classId === classId)
        .map((proposal) => [proposal.id, proposal]),
    );
    // The first word on a proposal is the one that counts.
    const accepted = ids.flatMap((id) => {
      const proposal = kept.get(id);
      const first = answers.find((one) => one.id === id);
      return proposal?.state === "open" && first?.answer === "accept" ? [proposal] : [];
    });
    const outcomes = await recordProposed(
      store,
      grant,
      accepted.map((proposal) => ({ ...proposal, id: proposal.awardId, note: proposal.text })),
      { frame, now: settledAt },
    );

    const results: Result[] = [];
    const settled = new Map<string, Answer["answer"]>();
    for (const { id, answer, phrase = null } of answers) {
      const proposal = kept.get(id);
      const before = settled.get(id) ?? answered(proposal);
      if (!proposal || before === "withdrawn") results.push(rejected(id, "proposal-not-found", locale));
      else if (before !== undefined)
        results.push(
          before === answer ? { id, status: "duplicate" } : rejected(id, "proposal-answered", locale),
        );
      else if (answer === "decline") {
        await settleProposal(store, schoolId, id, { state: "declined", phrase, settledAt, settledBy });
        settled.set(id, answer);
        results.push({ id, status: "declined" });
      } else {
        const outcome = outcomes.get(proposal.awardId);
        if (outcome === undefined || typeof outcome === "string") {
          results.push(rejected(id, outcome ?? "proposal-not-found", locale));
          continue;
        }
        await settleProposal(store, schoolId, id, { state: "accepted", phrase: null, settledAt, settledBy });
        settled.set(id, answer);
        results.push({ id, status: "accepted", ...outcome });
      }
    }
    for (const [id, answer] of settled) {
      const about = { studentId: kept.get(id)?.studentId, classId, subjectId: id };
      await noteChange(store, grant, {
        action: "proposal.answer",
        at: settledAt,
        ...about,
        after: { answer },
      });
    }
    return { results };
  });
}

function answered(proposal: KeptProposal | undefined): Answer["answer"] | "withdrawn" | undefined {
  switch (proposal?.state) {
    case "accepted":
      return "accept";
    case "declined":
      return "decline";
    case "withdrawn":
      return "withdrawn";
    case "open":
    case undefined:
      return undefined;
  }
}

function rejected(id: string, code: ProblemCode, locale: Locale): Result {
  return { id, status: "rejected", problem: problemBody(new Problem(code), locale) };
}
