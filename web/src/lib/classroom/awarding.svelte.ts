/**
 * Awarding: the only way by which the app gives and takes back beans. Makes each award's id at the tap, tells the
 * open class at once, and hands it to the outbox, which keeps it on the device and brings it to the server.
 */
import type { AwardInput } from "@doudou/shared/contract/awards.ts";
import type { AwardablePoint } from "@doudou/shared/contract/classes.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { v7 } from "uuid";
import { offsetAt } from "#lib/offline/clock.ts";
import { knownOffset } from "#lib/offline/device-clock.ts";
import type { Attachment, AwardItem, OutboxItem, VoidedAward } from "#lib/offline/items.ts";
import type { Again, Settled } from "#lib/offline/outbox.ts";
import { outbox } from "#lib/offline/outbox.svelte.ts";
import { session } from "#lib/session.svelte.ts";
import { lock } from "#lib/tablet/lock.svelte.ts";

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
  /** The school's local day. */
  readonly day: string;
  /** Photos that some of the awards carry. */
  readonly pictures: readonly Blob[];
}

/** What an award of a child counts for from now on, or no longer. */
export interface TallyChange {
  readonly awardId: string;
  readonly classId: string;
  /** The school's local day on which it was given. */
  readonly day: string;
  readonly studentId: string;
  readonly dimension: Dimension;
  /** Those of the award, also where it is taken back. */
  readonly beans: number;
  readonly isTakenBack: boolean;
  /** How many children the same act was for. */
  readonly among: number;
}

export interface Giving {
  readonly classId: string;
  /** The school's local day. */
  readonly day: string;
  readonly children: readonly { readonly id: string; readonly name: string }[];
  readonly point: AwardablePoint;
  /** Within the point's range; the point's own if left out. */
  readonly beans?: number | undefined;
  readonly note?: string | undefined;
  /** Photos, and who of the children is on them: their families agree to it. */
  readonly photos?:
    | { readonly pictures: readonly Blob[]; readonly studentIds: readonly string[] }
    | undefined;
}

const UNDO_FOR_MS = 10_000;

let acts = $state.raw<readonly Act[]>([]);
let capped = $state.raw<readonly { readonly id: string; readonly studentName: string }[]>([]);
/** Beans that the open class shows for each award which is unsettled or can still be undone. */
const shown = new Map<string, number>();
const listeners = new Set<(change: TallyChange) => void>();

export const awarding = {
  /** What can still be undone by one press, newest first. */
  get acts(): readonly Act[] {
    return acts;
  },
  /** Children of the last few acts who had reached the week's cap: recorded, no beans. */
  get capped(): readonly { readonly id: string; readonly studentName: string }[] {
    return capped;
  },

  /** Gives; the class shows it before this returns. Throws nothing: what the server refuses waits in the outbox. */
  give({ classId, day, children, point, beans = point.beans, note, photos }: Giving): Act {
    const accountId = session.account?.id ?? "";
    const attachments = photos === undefined ? [] : attachmentsOf(accountId, photos);
    const attachmentIds = attachments.map(({ id }) => id);
    const now = Date.now();
    const clockOffset = offsetAt(now, knownOffset());
    const items = children.map(({ id: studentId, name: studentName }): AwardItem => {
      const occurredAt = new Date(now).toISOString();
      const award: AwardInput = { id: v7(), studentId, observationPointId: point.id, occurredAt };
      if (beans !== point.beans) award.points = beans;
      if (note) award.note = note;
      return {
        wanted: "award",
        state: "waiting",
        id: award.id,
        accountId,
        award,
        classId,
        studentName,
        dimension: point.dimension,
        kind: point.kind,
        point: point.name,
        beans,
        day,
        ...(clockOffset === undefined ? {} : { clockOffset }),
        ...(photos?.studentIds.includes(studentId) === true ? { attachmentIds } : {}),
      };
    });
    for (const item of items) {
      shown.set(item.id, beans);
      tell({ ...changeOf(item), beans, among: items.length });
    }
    void outbox.add(items, attachments);
    const awards = items.map(({ id, award, studentName }) => ({
      id,
      studentId: award.studentId,
      studentName,
    }));
    const pictures = attachments.map(({ blob }) => blob);
    const act: Act = { key: v7(), classId, point, awards, beans, day, pictures };
    acts = [act, ...acts];
    capped = [];
    setTimeout(() => forget(act), UNDO_FOR_MS);
    return act;
  },

  /** Once, however often it is pressed. @param reason kept in the ledger where the award had already arrived */
  undo(act: Act, reason: string): void {
    if (!acts.includes(act)) return;
    const { classId, day, point } = act;
    const { dimension } = point;
    const about: Record<string, VoidedAward> = {};
    for (const { id, studentId, studentName } of act.awards) {
      const beans = shown.get(id);
      if (beans === undefined) continue;
      about[id] = { classId, studentId, studentName, dimension, point: point.name, beans, day };
      tell({ awardId: id, classId, day, studentId, dimension, beans, isTakenBack: true, among: 1 });
    }
    for (const id of Object.keys(about)) shown.delete(id);
    forget(act);
    this.takeBack(reason, about);
  },

  /** Nothing of what was just given can be undone by one press any more, or is named. */
  letGoOfActs(): void {
    for (const act of acts) forget(act);
    capped = [];
  },

  /** Voids awards, with a reason, those that have not left as well; `undo` for what was just given. */
  takeBack(reason: string, about: Readonly<Record<string, VoidedAward>>): void {
    void outbox.takeBack(reason, about);
  },

  /**
   * Sends a refused award again, as it was or mended: the class shows it again. A refused void is asked again.
   * @param pictures in the place of the photos it had
   */
  sendAgain(item: OutboxItem, how: Omit<Again, "attachments"> & { pictures?: readonly Blob[] } = {}): void {
    const { pictures, ...plain } = how;
    let again: Again = plain;
    if (item.wanted === "award" && pictures !== undefined) {
      const studentIds = [item.award.studentId];
      again = { ...plain, attachments: attachmentsOf(item.accountId, { pictures, studentIds }) };
    }
    if (item.wanted === "award" && item.voidReason === undefined) {
      const shownAgain = { ...item, ...how.mending };
      shown.set(item.id, shownAgain.beans);
      tell({ ...changeOf(shownAgain), beans: shownAgain.beans, among: 1 });
    }
    void outbox.sendAgain(item.id, again);
  },

  /** What the outbox adds to what the server knows of a class's day, for a class that is being opened. */
  unsentOf(classId: string, day: string): readonly TallyChange[] {
    return outbox.items().flatMap((item) => {
      if (item.state === "refused") return [];
      if (item.wanted === "void") {
        return Object.entries(item.about)
          .filter(([, award]) => award.classId === classId && award.day === day)
          .map(([awardId, { studentId, dimension, beans }]) => ({
            awardId,
            classId,
            day,
            studentId,
            dimension,
            beans,
            isTakenBack: true,
            among: Infinity,
          }));
      }
      if (item.classId !== classId || item.day !== day || item.voidReason !== undefined) return [];
      shown.set(item.id, item.beans);
      return [{ ...changeOf(item), beans: item.beans, among: Infinity }];
    });
  },

  /** @returns what stops listening */
  onTally(listener: (change: TallyChange) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

lock.onShut(() => awarding.letGoOfActs());

outbox.onSettled((settled) => {
  for (const each of settled) settle(each);
});

function attachmentsOf(
  accountId: string,
  { pictures, studentIds }: NonNullable<Giving["photos"]>,
): Attachment[] {
  return pictures.map((blob) => ({ id: v7(), accountId, blob, studentIds }));
}

function settle({ item, result }: Settled): void {
  const beans = shown.get(item.id);
  if (beans === undefined || item.voidReason !== undefined) return;
  const given = result.status === "rejected" ? 0 : (result.beans ?? beans);
  tell({ ...changeOf(item), beans: given, among: 1 });
  const canBeUndone = acts.some(({ awards }) => awards.some(({ id }) => id === item.id));
  if (result.status !== "rejected" && canBeUndone) shown.set(item.id, given);
  else shown.delete(item.id);
  if (result.isCapped) capped = [...capped, { id: item.id, studentName: item.studentName }];
}

function changeOf({ id, classId, day, dimension, award }: AwardItem): Omit<TallyChange, "beans" | "among"> {
  return { awardId: id, classId, day, dimension, studentId: award.studentId, isTakenBack: false };
}

function tell(change: TallyChange): void {
  for (const listener of listeners) listener(change);
}

function forget(act: Act): void {
  acts = acts.filter((other) => other !== act);
  const unsettled = new Set(outbox.items().map(({ id }: OutboxItem) => id));
  for (const { id } of act.awards) if (!unsettled.has(id)) shown.delete(id);
}
