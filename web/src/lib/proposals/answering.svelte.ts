/**
 * A teacher's answers, each held back for a while so that it can be taken back; then sent. Sends at once when the page is
 * left or hidden. What the server refuses comes back into the list, with the reason; nothing is accepted by itself.
 */
import type { AnswerProposals } from "@doudou/shared/contract/proposals.ts";
import type { DeclinePhrase } from "@doudou/shared/domain/proposals.ts";
import { answerProposals } from "#lib/api/client.ts";
import { sentenceFor } from "#lib/api/sentences.ts";

type Answer = AnswerProposals["answers"][number];

export const HELD_BACK_MS = 10_000;

interface Act {
  readonly answers: readonly Answer[];
  readonly timer: ReturnType<typeof setTimeout>;
}

export class Answering {
  /** Answered here, whether sent or not. */
  gone = $state.raw<ReadonlySet<string>>(new Set());
  /** Why one is back in the list. */
  refusals = $state.raw<ReadonlyMap<string, string>>(new Map());
  readonly #classId: string;
  readonly #acts = new Set<Act>();

  constructor(classId: string) {
    this.#classId = classId;
  }

  /** @returns what takes it back; once it is sent that does nothing */
  answer(ids: readonly string[], answer: Answer["answer"], phrase?: DeclinePhrase): () => void {
    const answers = ids.map((id) => ({ id, answer, ...(phrase === undefined ? {} : { phrase }) }));
    const act: Act = { answers, timer: setTimeout(() => void this.#send(act), HELD_BACK_MS) };
    this.#acts.add(act);
    this.gone = new Set([...this.gone, ...ids]);
    this.refusals = new Map([...this.refusals].filter(([id]) => !ids.includes(id)));
    return () => {
      if (!this.#acts.delete(act)) return;
      clearTimeout(act.timer);
      this.#bringBack(ids);
    };
  }

  /** Sends what is held back. */
  flush = (): void => {
    for (const act of this.#acts) void this.#send(act);
  };

  async #send(act: Act): Promise<void> {
    if (!this.#acts.delete(act)) return;
    clearTimeout(act.timer);
    try {
      const { results } = await answerProposals(this.#classId, { answers: [...act.answers] });
      const refused = results.flatMap(({ id, problem }) => (problem ? [[id, problem.title] as const] : []));
      this.#refuse(new Map(refused));
    } catch (failure) {
      this.#refuse(new Map(act.answers.map(({ id }) => [id, sentenceFor(failure)])));
    }
  }

  #refuse(reasons: ReadonlyMap<string, string>): void {
    if (reasons.size === 0) return;
    this.refusals = new Map([...this.refusals, ...reasons]);
    this.#bringBack([...reasons.keys()]);
  }

  #bringBack(ids: readonly string[]): void {
    this.gone = new Set([...this.gone].filter((id) => !ids.includes(id)));
  }
}
