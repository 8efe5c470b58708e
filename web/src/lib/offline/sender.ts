/**
 * Brings an account's outbox to the server: in order, in batches, again and again until it is acknowledged. An award
 * keeps the id made at the tap, so sending it again is harmless. Knows no browser: calls, waiting and chance come in,
 * and `alone` sees to it that one tab sends at a time.
 */
import type { AwardInput, AwardResult, VoidAwards, VoidResult } from "@doudou/shared/contract/awards.ts";
import type { ProblemBody } from "@doudou/shared/contract/common.ts";
import type { UploadedEvidence } from "@doudou/shared/contract/evidence.ts";
import type { Offset } from "./clock.ts";
import type { AwardItem, VoidItem } from "./items.ts";
import type { Failure } from "./judge.ts";
import {
  type Batch,
  type OutboxStore,
  refuseUpload,
  type Settled,
  settleAwards,
  settleUpload,
  settleVoids,
  takeNext,
} from "./outbox.ts";

export interface SenderParts {
  readonly accountId: string;
  readonly store: OutboxStore;
  sendAwards(awards: readonly AwardInput[]): Promise<{ results: AwardResult[] }>;
  sendVoid(input: VoidAwards): Promise<{ results: VoidResult[] }>;
  /** Uploads one photo. Under way, it is called off by the signal when nothing else can leave either. */
  upload(attachmentId: string, signal: AbortSignal): Promise<UploadedEvidence>;
  /** Where the tablet's clock stands to the server's; asks the server where that is not known. */
  clockOffset(): Promise<Offset | undefined>;
  /** The tablet's clock, ms. */
  now(): number;
  /** False while there is certainly no network: nothing leaves then, and can be withdrawn. */
  mayReachServer(): boolean;
  /** What an error of one of the calls means. */
  judge(error: unknown): Failure;
  /** Runs `work` when no other tab is sending for this account. */
  alone(work: () => Promise<void>): Promise<void>;
  onSettled(settled: readonly Settled[]): void;
  onVoidRefused(refused: readonly VoidItem[]): void;
  onState(state: SenderState): void;
  /** Runs `run` once after `ms`. @returns what calls it off */
  wait(ms: number, run: () => void): () => void;
  /** In [0, 1). */
  random(): number;
}

/** Why nothing is being sent; idle: because everything has been. */
export type SenderState = "idle" | "sending" | "waiting" | "signed-out" | "other-account";

export interface Sender {
  /** Something came in. */
  awake(): void;
  /** Sends now what waits, as when the network or the session is back. */
  nudge(): void;
  /** Sends what there is, once. @returns where that ended */
  drain(): Promise<SenderState>;
  /** Stops sending for good; what is unsent stays kept. */
  close(): void;
}

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** Said to the account, not to a row. */
const FORBIDDEN = 403;

export function makeSender(parts: SenderParts): Sender {
  const { accountId, store } = parts;
  let isClosed = false;
  let failures = 0;
  let draining: Promise<SenderState> | undefined;
  let isWantedAgain = false;
  /** Called when something has come in while a photo is on its way. */
  let goOnMeanwhile: (() => void) | undefined;
  let callOff: (() => void) | undefined;

  function drainAfter(ms: number): void {
    callOff?.();
    callOff = parts.wait(ms, () => void drain());
  }

  async function drain(): Promise<SenderState> {
    if (draining) {
      isWantedAgain = true;
      goOnMeanwhile?.();
      return await draining;
    }
    callOff?.();
    draining = drainOnce();
    const state = await draining.finally(() => (draining = undefined));
    // Signed in again while the old session was still being refused, say. What waits for a retry has its time already.
    if (isWantedAgain && state !== "waiting") drainAfter(0);
    isWantedAgain = false;
    return state;
  }

  async function drainOnce(): Promise<SenderState> {
    let state: SenderState = "idle";
    try {
      await parts.alone(async () => {
        while (!isClosed && (await deliverNext())) failures = 0;
      });
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      const { failure } = error;
      state = failure.kind === "later" ? "waiting" : failure.kind;
      if (failure.kind === "later") drainAfter(failure.afterMs ?? backOff());
    }
    if (!isClosed) parts.onState(state);
    return state;
  }

  function backOff(): number {
    failures += 1;
    const ms = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
    return ms * (0.5 + parts.random() / 2);
  }

  /** @returns false where nothing waits. @throws Interrupted */
  async function deliverNext(): Promise<boolean> {
    const hasWaiting = await store.change(
      accountId,
      async (box) => (await box.waiting(accountId, 1)).length > 0,
    );
    if (!hasWaiting) return false;
    if (!parts.mayReachServer()) throw new Interrupted({ kind: "later" });
    parts.onState("sending");
    const batch = await takeBatch(true);
    if (batch?.wanted === "upload") await deliverUpload(batch.attachmentId);
    else if (batch) await deliver(batch);
    return true;
  }

  async function takeBatch(mayUpload: boolean): Promise<Batch | undefined> {
    const offset = await orInterrupt(() => parts.clockOffset());
    return await store.change(accountId, (box) =>
      takeNext(box, accountId, { now: parts.now(), offset, mayUpload }),
    );
  }

  async function deliver(batch: Exclude<Batch, { wanted: "upload" }>): Promise<void> {
    if (batch.wanted === "award") await deliverAwards(batch.items);
    else await deliverVoids(batch.items);
  }

  /** Where the server refuses a whole batch, its halves are tried, so that one bad row never sinks the others. */
  async function deliverAwards(items: readonly AwardItem[]): Promise<void> {
    const answer = await attempt(() => parts.sendAwards(items.map(({ award }) => award)));
    if ("problem" in answer && items.length > 1 && answer.problem.status !== FORBIDDEN) {
      const middle = Math.ceil(items.length / 2);
      await deliverAwards(items.slice(0, middle));
      return await deliverAwards(items.slice(middle));
    }
    const results: AwardResult[] =
      "problem" in answer
        ? items.map(({ id }) => ({ id, status: "rejected", problem: answer.problem }))
        : answer.results;
    const settled = await store.change(accountId, (box) => settleAwards(box, items, results));
    parts.onSettled(settled);
    if (items.some(({ id }) => !results.some((result) => result.id === id)))
      throw new Interrupted({ kind: "later" });
  }

  async function deliverVoids(items: readonly VoidItem[]): Promise<void> {
    const ids = items.flatMap(({ about }) => Object.keys(about));
    const reason = items[0]?.reason ?? "";
    const leftAt = parts.now();
    const answer = await attempt(() => parts.sendVoid({ ids, reason }));
    const results: VoidResult[] =
      "problem" in answer
        ? ids.map((id) => ({ id, status: "rejected", problem: answer.problem }))
        : answer.results;
    const refused = await store.change(accountId, (box) => settleVoids(box, items, results, leftAt));
    if (refused.length > 0) parts.onVoidRefused(refused);
  }

  /** What is given while a photo takes its time leaves meanwhile. */
  async function deliverUpload(attachmentId: string): Promise<void> {
    const calledOff = new AbortController();
    const uploading = attempt(() => parts.upload(attachmentId, calledOff.signal));
    uploading.catch(() => {}); // heard of below, unless something else went wrong first
    try {
      const uploaded = await awardingUntil(uploading);
      await store.change(accountId, (box) =>
        "problem" in uploaded
          ? refuseUpload(box, attachmentId, uploaded.problem)
          : settleUpload(box, attachmentId, uploaded),
      );
    } finally {
      goOnMeanwhile = undefined;
      calledOff.abort();
    }
  }

  async function awardingUntil<Answer extends object>(isOver: Promise<Answer>): Promise<Answer> {
    for (;;) {
      const somethingCame = new Promise<undefined>((resolve) => (goOnMeanwhile = () => resolve(undefined)));
      const batch = await takeBatch(false);
      if (batch !== undefined && batch.wanted !== "upload") {
        await deliver(batch);
        continue;
      }
      const answer = await Promise.race([isOver, somethingCame]);
      if (answer !== undefined) return answer;
    }
  }

  /** @returns the answer, or the problem where the server refused the call as a whole. @throws Interrupted */
  async function attempt<Answer extends object>(
    call: () => Promise<Answer>,
  ): Promise<Answer | { problem: ProblemBody }> {
    try {
      return await call();
    } catch (error) {
      const failure = parts.judge(error);
      if (failure.kind === "refused") return { problem: failure.problem };
      throw new Interrupted(failure);
    }
  }

  async function orInterrupt<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    try {
      return await call();
    } catch (error) {
      const failure = parts.judge(error);
      throw new Interrupted(failure.kind === "refused" ? { kind: "later" } : failure);
    }
  }

  return {
    awake: () => drainAfter(0),
    nudge() {
      failures = 0;
      drainAfter(0);
    },
    drain,
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
