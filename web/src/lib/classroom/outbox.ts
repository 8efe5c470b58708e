/**
 * The outbox: awards and voids that the server has not acknowledged yet, sent in order, in batches, until it has.
 * An award keeps the id made at the tap, so sending it again is harmless. Never drops one unless it was withdrawn
 * before it was ever sent, or the server said no to it. Knows no browser: sending, keeping and waiting come in.
 */
import type { AwardInput, AwardResult, VoidAwards, VoidResult } from "@doudou/shared/contract/awards.ts";
import type { ProblemBody } from "@doudou/shared/contract/common.ts";
import type { Bilingual, Dimension } from "@doudou/shared/domain/words.ts";

/** An award on its way, with what a teacher must be told should it be refused. */
export interface UnsentAward {
  readonly award: AwardInput;
  readonly classId: string;
  readonly studentName: string;
  readonly dimension: Dimension;
  readonly point: Bilingual;
  /** Shown for it until the server says what it gave. */
  readonly beans: number;
  /** It has left at least once: the server may have it. */
  readonly wasSent: boolean;
  /** Undone after it had left: to be voided once the server is known to have it. */
  readonly voidReason?: string;
}

/** An award or a void the server said no to; stays until the teacher has seen it. */
export interface Refusal {
  readonly id: string;
  readonly studentName: string;
  readonly point: Bilingual;
  readonly wanted: "award" | "void";
  readonly problem: ProblemBody;
}

export interface UnsentVoid extends VoidAwards {
  /** Who and what each id stands for, by id. */
  readonly about: Readonly<Record<string, { readonly studentName: string; readonly point: Bilingual }>>;
}

export interface OutboxContent {
  readonly awards: readonly UnsentAward[];
  readonly voids: readonly UnsentVoid[];
}

/** How a failed sending is to be taken. */
export type Failure =
  | { readonly kind: "later"; readonly afterMs?: number | undefined }
  | { readonly kind: "signed-out" }
  | { readonly kind: "refused"; readonly problem: ProblemBody };

export interface OutboxParts {
  readonly content: OutboxContent;
  sendAwards(awards: AwardInput[]): Promise<{ results: AwardResult[] }>;
  sendVoid(input: VoidAwards): Promise<{ results: VoidResult[] }>;
  /** False while there is no network, or somebody else is signed in: nothing leaves then, and can be withdrawn. */
  mayReachServer(): boolean;
  /** What an error of one of the two above means. */
  judge(error: unknown): Failure;
  /** Called after every change, before anything is sent. */
  keep(content: OutboxContent): void;
  onAwarded(award: UnsentAward, result: AwardResult): void;
  onVoidRefused(refusal: Refusal): void;
  onState(state: OutboxState): void;
  /** Runs `run` once after `ms`. @returns what calls it off */
  wait(ms: number, run: () => void): () => void;
  /** In [0, 1). */
  random(): number;
}

export type OutboxState = "idle" | "sending" | "waiting" | "signed-out";

export interface Outbox {
  readonly content: OutboxContent;
  add(awards: readonly UnsentAward[]): void;
  /**
   * Takes awards back, wherever they are: withdrawn if they never left, else voided.
   * @param about who and what, by id, for those that may have left
   */
  takeBack(reason: string, about: UnsentVoid["about"]): void;
  /** Sends now what waits, as when the network or the session is back. */
  nudge(): void;
  /** Stops sending for good; what is unsent stays kept. */
  close(): void;
}

const LARGEST_BATCH = 500;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;

export function makeOutbox(parts: OutboxParts): Outbox {
  let { awards, voids } = parts.content;
  let isDraining = false;
  let isClosed = false;
  let failures = 0;
  let callOff: (() => void) | undefined;

  function change(next: Partial<OutboxContent>): void {
    awards = next.awards ?? awards;
    voids = next.voids ?? voids;
    parts.keep({ awards, voids });
  }

  function drainAfter(ms: number): void {
    callOff?.();
    callOff = parts.wait(ms, () => void drain());
  }

  async function drain(): Promise<void> {
    if (isDraining || isClosed) return;
    isDraining = true;
    callOff?.();
    let state: OutboxState = "idle";
    try {
      while (!isClosed && (awards.length > 0 || voids.length > 0)) {
        if (!parts.mayReachServer()) throw new Interrupted({ kind: "later" });
        parts.onState("sending");
        await (awards.length > 0
          ? deliverAwards(awards.slice(0, LARGEST_BATCH))
          : deliverVoid(voids[0] as UnsentVoid));
        failures = 0;
      }
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      state = error.failure.kind === "signed-out" ? "signed-out" : "waiting";
      if (error.failure.kind === "later") drainAfter(error.failure.afterMs ?? backOff());
    } finally {
      isDraining = false;
      if (!isClosed) parts.onState(state);
    }
  }

  function backOff(): number {
    failures += 1;
    const ms = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
    return ms * (0.5 + parts.random() / 2);
  }

  /** Where the server refuses a whole batch, its halves are tried, so that one bad row never sinks the others. */
  async function deliverAwards(batch: readonly UnsentAward[]): Promise<void> {
    const leaving = new Set(batch.map(({ award }) => award.id));
    change({
      awards: awards.map((entry) => (leaving.has(entry.award.id) ? { ...entry, wasSent: true } : entry)),
    });
    const problem = await attempt(async () => {
      const { results } = await parts.sendAwards(batch.map(({ award }) => award));
      for (const result of results) settle(result);
    });
    if (problem === undefined) {
      const isAnswered = awards.every(({ award }) => !leaving.has(award.id));
      if (isAnswered) return;
      throw new Interrupted({ kind: "later" });
    }
    const [only] = batch;
    if (batch.length === 1 && only) return settle({ id: only.award.id, status: "rejected", problem });
    const middle = Math.ceil(batch.length / 2);
    await deliverAwards(batch.slice(0, middle));
    await deliverAwards(batch.slice(middle));
  }

  function settle(result: AwardResult): void {
    const entry = awards.find(({ award }) => award.id === result.id);
    if (!entry) return;
    const { studentName, point, voidReason } = entry;
    const isUndone = voidReason !== undefined && result.status !== "rejected";
    change({
      awards: awards.filter((other) => other !== entry),
      voids: isUndone
        ? [...voids, { ids: [result.id], reason: voidReason, about: { [result.id]: { studentName, point } } }]
        : voids,
    });
    if (voidReason === undefined) parts.onAwarded(entry, result);
  }

  async function deliverVoid(wanted: UnsentVoid): Promise<void> {
    const refuse = (id: string, problem: ProblemBody) => {
      const about = wanted.about[id];
      if (about) parts.onVoidRefused({ id, ...about, wanted: "void", problem });
    };
    const problem = await attempt(async () => {
      const { results } = await parts.sendVoid({ ids: wanted.ids, reason: wanted.reason });
      for (const result of results) if (result.problem) refuse(result.id, result.problem);
    });
    change({ voids: voids.filter((other) => other !== wanted) });
    if (problem) for (const id of wanted.ids) refuse(id, problem);
  }

  /** @returns the problem where the server refused the call as a whole. @throws Interrupted where it may succeed later */
  async function attempt(call: () => Promise<void>): Promise<ProblemBody | undefined> {
    try {
      await call();
      return undefined;
    } catch (error) {
      const failure = parts.judge(error);
      if (failure.kind === "refused") return failure.problem;
      throw new Interrupted(failure);
    }
  }

  if (awards.length > 0 || voids.length > 0) drainAfter(0);

  return {
    get content() {
      return { awards, voids };
    },
    add(added) {
      change({ awards: [...awards, ...added] });
      drainAfter(0);
    },
    takeBack(reason, about) {
      const gone = new Set(Object.keys(about));
      const inOutbox = new Set(awards.map(({ award }) => award.id));
      const arrived = [...gone].filter((id) => !inOutbox.has(id));
      change({
        awards: awards
          .filter(({ award, wasSent }) => wasSent || !gone.has(award.id))
          .map((entry) => (gone.has(entry.award.id) ? { ...entry, voidReason: reason } : entry)),
        voids: arrived.length > 0 ? [...voids, { ids: arrived, reason, about }] : voids,
      });
      drainAfter(0);
    },
    nudge() {
      failures = 0;
      if (awards.length > 0 || voids.length > 0) drainAfter(0);
    },
    close() {
      isClosed = true;
      callOff?.();
    },
  };
}

class Interrupted extends Error {
  readonly failure: Exclude<Failure, { kind: "refused" }>;

  constructor(failure: Exclude<Failure, { kind: "refused" }>) {
    super(failure.kind);
    this.failure = failure;
  }
}
