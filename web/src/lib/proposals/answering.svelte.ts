/**
 * A teacher's answers, each held back for a while so that it can be taken back; then sent. Sends at once when the page is
 * left or hidden. What is not taken comes back into the list, with the reason; once the page is left, it is told wherever
 * the teacher is, and can be sent once more from there. Nothing is accepted by itself.
 */
import type { AnswerProposals } from "@doudou/shared/contract/proposals.ts";
import type { DeclinePhrase } from "@doudou/shared/domain/proposals.ts";
import { answerProposals } from "#lib/api/client.ts";
import { sentenceFor } from "#lib/api/sentences.ts";
import { m } from "#lib/paraglide/messages.js";
import { toast } from "#lib/ui/toasts.svelte.ts";

type Answer = AnswerProposals["answers"][number];

const HELD_BACK_MS = 10_000;

/** To be read and acted upon in the middle of something else. */
const TOLD_MS = 30_000;

interface Act {
  readonly answers: readonly Answer[];
  readonly timer: ReturnType<typeof setTimeout>;
  /** Takes the notice away that offers to take it back. */
  readonly dismiss: () => void;
}

export class Answering {
  /** Answered here, whether sent or not. */
  gone = $state.raw<ReadonlySet<string>>(new Set());
  /** Why one is back in the list. */
  refusals = $state.raw<ReadonlyMap<string, string>>(new Map());
  readonly #classId: string;
  readonly #acts = new Set<Act>();
  #isLeft = false;

  constructor(classId: string) {
    this.#classId = classId;
  }

  /** @param text says what was answered, and stands with the way back for as long as there is one */
  answer(ids: readonly string[], answer: Answer["answer"], text: string, phrase?: DeclinePhrase): void {
    const answers = ids.map((id) => ({ id, answer, ...(phrase === undefined ? {} : { phrase }) }));
    const act: Act = {
      answers,
      timer: setTimeout(() => void this.#send(act), HELD_BACK_MS),
      dismiss: toast({
        text,
        lasts: HELD_BACK_MS,
        action: { label: m.proposals_undo(), run: () => this.#takeBack(act) },
      }),
    };
    this.#acts.add(act);
    this.gone = new Set([...this.gone, ...ids]);
    this.refusals = new Map([...this.refusals].filter(([id]) => !ids.includes(id)));
  }

  /** Sends what is held back. */
  flush = (): void => {
    for (const act of this.#acts) void this.#send(act);
  };

  /** The page is left: sends what is held back, and tells from now on what becomes of it. */
  leave = (): void => {
    this.#isLeft = true;
    this.flush();
  };

  #takeBack(act: Act): void {
    if (!this.#acts.delete(act)) return;
    clearTimeout(act.timer);
    this.#bringBack(act.answers.map(({ id }) => id));
  }

  async #send(act: Act): Promise<void> {
    if (!this.#acts.delete(act)) return;
    clearTimeout(act.timer);
    act.dismiss();
    await this.#deliver(act.answers);
  }

  async #deliver(answers: readonly Answer[]): Promise<void> {
    try {
      const { results } = await answerProposals(this.#classId, { answers: [...answers] });
      this.#refuse(
        answers,
        new Map(results.flatMap(({ id, problem }) => (problem ? [[id, problem.title] as const] : []))),
      );
    } catch (failure) {
      this.#refuse(answers, new Map(answers.map(({ id }) => [id, sentenceFor(failure)])));
    }
  }

  #refuse(answers: readonly Answer[], reasons: ReadonlyMap<string, string>): void {
    if (reasons.size === 0) return;
    this.refusals = new Map([...this.refusals, ...reasons]);
    this.#bringBack([...reasons.keys()]);
    if (!this.#isLeft) return;
    const again = answers.filter(({ id }) => reasons.has(id));
    toast({
      text: m.proposals_not_sent({ count: again.length, reason: [...new Set(reasons.values())].join(" ") }),
      lasts: TOLD_MS,
      action: { label: m.action_retry(), run: () => void this.#deliver(again) },
    });
  }

  #bringBack(ids: readonly string[]): void {
    this.gone = new Set([...this.gone].filter((id) => !ids.includes(id)));
  }
}
