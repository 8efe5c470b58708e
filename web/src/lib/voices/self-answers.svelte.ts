/**
 * A child's answers of itself while it gives them: shown at once, sent one after the other for each question, and kept
 * here until they have arrived. Never loses what was typed; says so while something is still on its way.
 */
import type { SelfAnswer, VoiceDesk } from "@doudou/shared/contract/voices.ts";
import { asksForLevel, type SelfQuestion, type VoiceLevel } from "@doudou/shared/domain/voices.ts";
import { saySelf } from "#lib/api/voices.ts";

type Given = NonNullable<VoiceDesk["self"]>["given"][number];

/** What could not be sent when its sheet was closed, by child: it is there again when the sheet is. */
const unsentOf = new Map<string, SelfAnswers>();

/** The answers of a child: those that still wait on this page, else what the server knows. */
export function answersOf(studentId: string, given: readonly Given[]): SelfAnswers {
  const waiting = unsentOf.get(studentId);
  if (waiting !== undefined) return waiting;
  return new SelfAnswers(studentId, given);
}

class SelfAnswers {
  readonly #studentId: string;
  given = $state.raw<ReadonlyMap<SelfQuestion, { level: VoiceLevel | null; words: string }>>(new Map());
  /** What has not arrived, and why. */
  failure = $state.raw<unknown>();
  #unsent = new Set<SelfQuestion>();
  #underWay: Promise<void> = Promise.resolve();

  constructor(studentId: string, given: readonly Given[]) {
    this.#studentId = studentId;
    this.given = new Map(given.map(({ about, level, words }) => [about, { level, words }]));
  }

  choose(about: SelfQuestion, level: VoiceLevel): void {
    this.#keep(about, { level, words: "" });
  }

  finish(about: SelfQuestion, words: string): void {
    if ((this.given.get(about)?.words ?? "") !== words) this.#keep(about, { level: null, words });
  }

  #keep(about: SelfQuestion, answer: { level: VoiceLevel | null; words: string }): void {
    this.given = new Map([...this.given, [about, answer]]);
    this.#unsent.add(about);
    unsentOf.set(this.#studentId, this);
    void this.send();
  }

  /** Sends what has not arrived. Resolves when it was tried. */
  async send(): Promise<void> {
    this.#underWay = this.#underWay.then(() => this.#sendAll());
    await this.#underWay;
  }

  async #sendAll(): Promise<void> {
    try {
      for (const about of this.#unsent) {
        const answer = this.given.get(about);
        if (!answer) continue;
        await saySelf(this.#studentId, about, bodyOf(about, answer));
        if (this.given.get(about) === answer) this.#unsent.delete(about);
      }
      this.failure = undefined;
      if (this.#unsent.size === 0) unsentOf.delete(this.#studentId);
    } catch (failure) {
      this.failure = failure;
    }
  }
}

function bodyOf(
  about: SelfQuestion,
  { level, words }: { level: VoiceLevel | null; words: string },
): SelfAnswer {
  return asksForLevel(about) && level !== null ? { level } : { words };
}
