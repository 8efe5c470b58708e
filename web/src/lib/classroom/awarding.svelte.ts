/**
 * Awarding: the only way by which the app gives and takes back beans. Makes each award's id at the tap, tells the
 * open class at once, and lets the outbox bring it to the server. Unsent awards belong to the account that gave
 * them: they survive a reload, an expired session and the sign-in of somebody else, and never leave as another's.
 */
import type { AwardInput, AwardResult } from "@doudou/shared/contract/awards.ts";
import type { AwardablePoint } from "@doudou/shared/contract/classes.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { v7 } from "uuid";
import { recordAwards, voidAwards } from "#lib/api/client.ts";
import { session } from "#lib/session.svelte.ts";
import { judge } from "./judge.ts";
import {
  makeOutbox,
  type Outbox,
  type OutboxContent,
  type OutboxState,
  type Refusal,
  type UnsentAward,
  type UnsentVoid,
} from "./outbox.ts";

/** One act of the teacher: the same point for one child or many, at one moment. */
export interface Act {
  readonly key: string;
  readonly classId: string;
  readonly point: AwardablePoint;
  readonly awards: readonly {
    readonly id: string;
    readonly studentId: string;
    readonly studentName: string;
  }[];
  /** Beans each child gets, unless a weekly cap says otherwise. */
  readonly beans: number;
}

/** A change of what a child has today: beans given, taken back, or fewer than first shown. */
export interface TallyChange {
  readonly classId: string;
  readonly studentId: string;
  readonly dimension: Dimension;
  readonly beans: number;
  /** How many children the same act was for. */
  readonly among: number;
}

export interface Giving {
  readonly classId: string;
  readonly children: readonly { readonly id: string; readonly name: string }[];
  readonly point: AwardablePoint;
  /** Within the point's range; the point's own if left out. */
  readonly beans?: number | undefined;
  readonly note?: string | undefined;
}

interface Stored extends OutboxContent {
  readonly refusals: readonly Refusal[];
}

const UNDO_FOR_MS = 10_000;
const storedAs = (accountId: string) => `doudou.outbox.${accountId}`;

let outbox: Outbox | undefined;
let owner: string | undefined;
let state = $state<OutboxState>("idle");
let unsent = $state(0);
let acts = $state.raw<readonly Act[]>([]);
let refusals = $state.raw<readonly Refusal[]>([]);
let capped = $state.raw<readonly { readonly id: string; readonly studentName: string }[]>([]);
/** Beans given by each award that can still be undone; one that was refused is not in it. */
const given = new Map<string, number>();
let isStale = false;
const listeners = new Set<(change: TallyChange) => void>();
const idleListeners = new Set<(isStale: boolean) => void>();

export const awarding = {
  /** Awards and voids that the server has not acknowledged. */
  get unsent(): number {
    return unsent;
  },
  get state(): OutboxState {
    return state;
  },
  /** What can still be undone by one press, newest first. */
  get acts(): readonly Act[] {
    return acts;
  },
  /** What the server said no to and the teacher has not seen yet. */
  get refusals(): readonly Refusal[] {
    return refusals;
  },
  /** Children of the last few acts who had reached the week's cap: recorded, no beans. */
  get capped(): readonly { readonly id: string; readonly studentName: string }[] {
    return capped;
  },

  /** Takes up the unsent awards of this account; those of another stay kept until it is back. */
  belongTo(accountId: string): void {
    if (owner === accountId) return outbox?.nudge();
    outbox?.close();
    owner = accountId;
    const stored = read(accountId);
    refusals = stored.refusals;
    unsent = countOf(stored);
    acts = [];
    outbox = open(accountId, stored);
  },

  /** Gives; the class shows it before this returns. Throws nothing: what the server refuses comes as a refusal. */
  give({ classId, children, point, beans = point.beans, note }: Giving): Act {
    const occurredAt = new Date().toISOString();
    const entries = children.map(({ id: studentId, name: studentName }): UnsentAward => {
      const award: AwardInput = { id: v7(), studentId, observationPointId: point.id, occurredAt };
      if (beans !== point.beans) award.points = beans;
      if (note) award.note = note;
      return {
        award,
        classId,
        studentName,
        dimension: point.dimension,
        point: point.name,
        beans,
        wasSent: false,
      };
    });
    for (const entry of entries) {
      given.set(entry.award.id, beans);
      tell(entry, beans, entries.length);
    }
    outbox?.add(entries);
    const awards = entries.map(({ award, studentName }) => ({
      id: award.id,
      studentId: award.studentId,
      studentName,
    }));
    const act: Act = { key: v7(), classId, point, awards, beans };
    acts = [act, ...acts];
    capped = [];
    setTimeout(() => forget(act), UNDO_FOR_MS);
    return act;
  },

  /** @param reason kept in the ledger where the award had already arrived */
  undo(act: Act, reason: string): void {
    const known = act.awards.filter(({ id }) => given.has(id));
    for (const { id, studentId } of known) {
      tell(
        { classId: act.classId, dimension: act.point.dimension, award: { studentId } },
        -(given.get(id) ?? 0),
      );
    }
    forget(act);
    this.takeBack(
      reason,
      Object.fromEntries(known.map(({ id, studentName }) => [id, { studentName, point: act.point.name }])),
    );
  },

  /** Voids awards of the ledger, with a reason; `undo` for what was just given. */
  takeBack(reason: string, about: UnsentVoid["about"]): void {
    outbox?.takeBack(reason, about);
  },

  /** What this account has given in a class and the server has not acknowledged. */
  unsentOf(classId: string): readonly UnsentAward[] {
    return (
      outbox?.content.awards.filter((entry) => entry.classId === classId && entry.voidReason === undefined) ??
      []
    );
  },

  /** The teacher has read a refusal. */
  dismissRefusal(id: string): void {
    refusals = refusals.filter((refusal) => refusal.id !== id);
    keepRefusals();
  },

  /** @returns what stops listening */
  onTally(listener: (change: TallyChange) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Called when everything has been acknowledged; stale where the tallies shown may differ from the server's. */
  onIdle(listener: (isStale: boolean) => void): () => void {
    idleListeners.add(listener);
    return () => idleListeners.delete(listener);
  },

  nudge(): void {
    outbox?.nudge();
  },
};

function open(accountId: string, stored: Stored): Outbox {
  return makeOutbox({
    content: stored,
    sendAwards: recordAwards,
    sendVoid: voidAwards,
    mayReachServer: () => navigator.onLine && session.account?.id === accountId,
    judge,
    keep(content) {
      unsent = countOf(content);
      write(accountId, { ...content, refusals });
    },
    onAwarded: settle,
    onVoidRefused(refusal) {
      isStale = true;
      refuse(refusal);
    },
    onState(next) {
      state = next;
      if (next !== "idle") return;
      const wasStale = isStale;
      isStale = false;
      for (const listener of idleListeners) listener(wasStale);
    },
    wait(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  });
}

function settle(entry: UnsentAward, result: AwardResult): void {
  if (result.status === "duplicate") isStale = true; // the class may have been loaded with it already
  if (result.status === "rejected") {
    tell(entry, -entry.beans);
    given.delete(result.id);
    const problem = result.problem ?? { type: "about:blank", title: "", status: 422, code: "unknown" };
    refuse({ id: result.id, studentName: entry.studentName, point: entry.point, wanted: "award", problem });
  } else if (result.beans !== undefined && result.beans !== entry.beans) {
    tell(entry, result.beans - entry.beans);
    if (given.has(result.id)) given.set(result.id, result.beans);
  }
  if (result.isCapped) capped = [...capped, { id: result.id, studentName: entry.studentName }];
}

function refuse(refusal: Refusal): void {
  refusals = [...refusals.filter((other) => other.id !== refusal.id), refusal];
  keepRefusals();
}

function tell(
  of: { classId: string; dimension: Dimension; award: { studentId: string } },
  beans: number,
  among = 1,
): void {
  const change = {
    classId: of.classId,
    studentId: of.award.studentId,
    dimension: of.dimension,
    beans,
    among,
  };
  for (const listener of listeners) listener(change);
}

function forget(act: Act): void {
  acts = acts.filter((other) => other !== act);
  for (const { id } of act.awards) given.delete(id);
}

function countOf({ awards, voids }: OutboxContent): number {
  return awards.length + voids.reduce((sum, { ids }) => sum + ids.length, 0);
}

function keepRefusals(): void {
  if (outbox && owner) write(owner, { ...outbox.content, refusals });
}

function read(accountId: string): Stored {
  const stored = sessionStorage.getItem(storedAs(accountId));
  return stored === null ? { awards: [], voids: [], refusals: [] } : (JSON.parse(stored) as Stored);
}

function write(accountId: string, content: Stored): void {
  if (content.awards.length + content.voids.length + content.refusals.length === 0) {
    sessionStorage.removeItem(storedAs(accountId));
  } else {
    sessionStorage.setItem(storedAs(accountId), JSON.stringify(content));
  }
}
