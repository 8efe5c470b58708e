/**
 * The outbox's rules: how awards and voids come in, leave, are acknowledged, refused, mended and dropped. Every change
 * is one transaction on the store, so that tabs never undo each other's work. Never drops an item that is not withdrawn
 * before it ever left, acknowledged, or dropped by the teacher. Knows neither browser nor network.
 */
import type { AwardInput, AwardResult, VoidResult } from "@doudou/shared/contract/awards.ts";
import type { ProblemBody } from "@doudou/shared/contract/common.ts";
import type { UploadedEvidence } from "@doudou/shared/contract/evidence.ts";
import { correctedTime, type Offset } from "./clock.ts";
import type { Attachment, AwardItem, OutboxItem, TakenTally, VoidedAward, VoidItem } from "./items.ts";

/** One transaction's view of the outbox: all of it happens, or nothing. Awaits nothing but the store. */
export interface Box {
  find(id: string): Promise<OutboxItem | undefined>;
  /** The account's waiting items, oldest first. */
  waiting(accountId: string, atMost: number): Promise<OutboxItem[]>;
  /** Keeps an item at its place, a new one at the end. */
  put(item: OutboxItem): void;
  remove(item: OutboxItem): void;
  /** Keeps a photo for the awards that name it. */
  attach(attachment: Attachment): void;
  /** The awards that wait for a photo, or were refused before it could be uploaded. */
  naming(attachmentId: string): Promise<AwardItem[]>;
  /** Lets go of a photo. */
  detach(attachmentId: string): void;
  /** What the server has taken goes into the rosters kept on the device. */
  count(taken: readonly TakenTally[]): Promise<void>;
}

export interface OutboxStore {
  /** Runs a transaction; tried again as a whole where the device would not keep it. @returns once it is kept */
  change<Outcome>(accountId: string, work: (box: Box) => Promise<Outcome>): Promise<Outcome>;
}

/** What is to be sent next. */
export type Batch =
  | { readonly wanted: "award"; readonly items: readonly AwardItem[] }
  | { readonly wanted: "void"; readonly items: readonly VoidItem[] }
  | { readonly wanted: "upload"; readonly attachmentId: string };

/** What became of an item the server has answered for. */
export interface Settled {
  readonly item: AwardItem;
  readonly result: AwardResult;
}

const MOST_IN_A_CALL = 500;
/** The server takes 512 kB a call; what surrounds the awards is small. */
const MOST_BYTES = 480_000;

/** @param attachments that these items name */
export async function add(
  box: Box,
  items: readonly OutboxItem[],
  attachments: readonly Attachment[] = [],
): Promise<void> {
  for (const attachment of attachments) box.attach(attachment);
  for (const item of items) box.put(item);
}

/** Takes awards back, wherever they are: withdrawn if they never left, else voided. @param about by award id */
export async function takeBack(
  box: Box,
  { id, accountId, reason, about }: Pick<VoidItem, "id" | "accountId" | "reason" | "about">,
): Promise<void> {
  const arrived: Record<string, VoidedAward> = {};
  const found = await Promise.all(Object.keys(about).map((awardId) => box.find(awardId)));
  for (const [at, [awardId, award]] of Object.entries(about).entries()) {
    const item = found[at];
    if (item?.wanted !== "award") arrived[awardId] = award;
    else if (item.leftAt === undefined || item.state === "refused") await drop(box, item);
    else box.put({ ...item, voidReason: reason });
  }
  if (Object.keys(arrived).length > 0)
    box.put({ wanted: "void", state: "waiting", id, accountId, reason, about: arrived });
}

/**
 * What is to leave next, marked as having left: the oldest awards in one call, or the oldest voids of one reason; photos only
 * when nothing else waits. An award's time is set right here, once, so that sending it again sends the same.
 * @param mayUpload false while a photo is under way
 */
export async function takeNext(
  box: Box,
  accountId: string,
  { now, offset, mayUpload }: { now: number; offset: Offset | undefined; mayUpload: boolean },
): Promise<Batch | undefined> {
  const waiting = await box.waiting(accountId, MOST_IN_A_CALL);
  const ready = waiting.filter((item) => item.wanted === "void" || !item.attachmentIds?.length);
  const [first] = ready;
  if (first === undefined) {
    const [item] = waiting;
    const attachmentId = item?.wanted === "award" ? item.attachmentIds?.[0] : undefined;
    return mayUpload && attachmentId !== undefined ? { wanted: "upload", attachmentId } : undefined;
  }
  if (first.wanted === "void") return { wanted: "void", items: voidsLike(first, ready) };
  const items: AwardItem[] = [];
  let bytes = 0;
  for (const item of ready) {
    if (item.wanted === "void") break;
    const award = item.leftAt === undefined ? corrected(item, now, offset) : item.award;
    bytes += bytesOf(award);
    if (items.length > 0 && bytes > MOST_BYTES) break;
    const leaving = item.leftAt === undefined ? { ...item, award, leftAt: now } : item;
    if (leaving !== item) box.put(leaving);
    items.push(leaving);
  }
  return { wanted: "award", items };
}

/** Takes over what the server said to awards. @returns what was settled, for whoever shows it */
export async function settleAwards(
  box: Box,
  sent: readonly AwardItem[],
  results: readonly AwardResult[],
): Promise<Settled[]> {
  const resultOf = new Map(results.map((result) => [result.id, result]));
  const settled: Settled[] = [];
  const taken: TakenTally[] = [];
  const found = await Promise.all(sent.map(({ id }) => box.find(id)));
  for (const item of found) {
    const result = item && resultOf.get(item.id);
    if (item?.wanted !== "award" || result === undefined || item.leftAt === undefined) continue;
    settled.push({ item, result });
    if (result.status === "rejected") {
      if (item.voidReason === undefined) box.put({ ...item, state: "refused", problem: reasonOf(result) });
      else await drop(box, item);
      continue;
    }
    box.remove(item);
    const beans = result.beans ?? item.beans;
    const { studentId } = item.award;
    taken.push({ item, studentId, awardId: item.id, beans, leftAt: item.leftAt });
    if (item.voidReason !== undefined) box.put(voidOf(item, beans, item.voidReason));
  }
  await box.count(taken);
  return settled;
}

/** Takes over what the server said to voids: those it refused are for the teacher to see. @returns those refused */
export async function settleVoids(
  box: Box,
  sent: readonly VoidItem[],
  results: readonly VoidResult[],
  leftAt: number,
): Promise<VoidItem[]> {
  const resultOf = new Map(results.map((result) => [result.id, result]));
  const refused: VoidItem[] = [];
  const taken: TakenTally[] = [];
  for (const item of sent) {
    box.remove(item);
    for (const [awardId, award] of Object.entries(item.about)) {
      const problem = resultOf.get(awardId)?.problem;
      if (problem === undefined) {
        const { studentId, beans } = award;
        taken.push({ item: award, studentId, awardId, beans: -beans, leftAt, reason: item.reason });
        continue;
      }
      const { wanted, accountId, reason } = item;
      refused.push({
        wanted,
        accountId,
        reason,
        state: "refused",
        problem,
        id: `void ${awardId}`,
        about: { [awardId]: award },
      });
    }
  }
  for (const item of refused) box.put(item);
  await box.count(taken);
  return refused;
}

/** A photo has been uploaded: the awards name it from now on. */
export async function settleUpload(box: Box, attachmentId: string, picture: UploadedEvidence): Promise<void> {
  for (const item of await box.naming(attachmentId)) {
    box.put({
      ...item,
      award: { ...item.award, evidenceIds: [...(item.award.evidenceIds ?? []), picture.id] },
      attachmentIds: (item.attachmentIds ?? []).filter((other) => other !== attachmentId),
      pictures: [...(item.pictures ?? []), picture],
    });
  }
  box.detach(attachmentId);
}

/** The server said no to a photo: the teacher decides what becomes of its awards. It stays kept until then. */
export async function refuseUpload(box: Box, attachmentId: string, problem: ProblemBody): Promise<void> {
  for (const item of await box.naming(attachmentId)) {
    if (item.state === "waiting") box.put({ ...item, state: "refused", problem });
  }
}

/** What a teacher may change about a refused award before it is sent again. */
export type Mending = Pick<AwardItem, "dimension" | "kind" | "point" | "beans"> & {
  readonly award: AwardInput;
};

/** How a refused item is sent again: as it was or mended, with its photos, without them, or with others. */
export interface Again {
  readonly mending?: Mending | undefined;
  readonly isWithoutPhotos?: boolean | undefined;
  /** In the place of the photos it had. */
  readonly attachments?: readonly Attachment[] | undefined;
}

export async function sendAgain(
  box: Box,
  id: string,
  { mending, isWithoutPhotos = false, attachments }: Again,
): Promise<void> {
  const item = await box.find(id);
  if (item?.state !== "refused") return;
  const { problem: _, ...kept } = item;
  if (kept.wanted === "void") return box.put({ ...kept, state: "waiting" });
  const { leftAt: __, ...award } = kept;
  // Its time has been set right when it first left; no tablet's clock is to be reckoned with any more.
  const again: AwardItem = {
    ...award,
    ...mending,
    state: "waiting",
    ...(kept.leftAt === undefined ? {} : { clockOffset: 0 }),
  };
  if (!isWithoutPhotos && attachments === undefined) return box.put(again);
  const { evidenceIds: ___, ...bare } = again.award;
  for (const attachment of attachments ?? []) box.attach(attachment);
  const attachmentIds = (attachments ?? []).map((attachment) => attachment.id);
  box.put({ ...again, award: bare, attachmentIds, pictures: [] });
  await letGo(box, kept);
}

/** Gives an item up for good, with its photos. */
export async function drop(box: Box, item: OutboxItem): Promise<void> {
  box.remove(item);
  if (item.wanted === "award") await letGo(box, item);
}

/** Lets go of the photos that no other award waits for. */
async function letGo(box: Box, { id, attachmentIds = [] }: AwardItem): Promise<void> {
  for (const attachmentId of attachmentIds) {
    const others = (await box.naming(attachmentId)).filter((item) => item.id !== id);
    if (others.length === 0) box.detach(attachmentId);
  }
}

function voidsLike(first: VoidItem, ready: readonly OutboxItem[]): VoidItem[] {
  const items: VoidItem[] = [];
  let count = 0;
  for (const item of ready) {
    if (item.wanted !== "void" || item.reason !== first.reason) break;
    count += Object.keys(item.about).length;
    if (items.length > 0 && count > MOST_IN_A_CALL) break;
    items.push(item);
  }
  return items;
}

function voidOf(item: AwardItem, beans: number, reason: string): VoidItem {
  const { accountId, classId, studentName, dimension, point, day } = item;
  const { studentId } = item.award;
  return {
    wanted: "void",
    state: "waiting",
    id: `void ${item.id}`,
    accountId,
    reason,
    about: { [item.id]: { classId, studentId, studentName, dimension, point, beans, day } },
  };
}

function corrected(item: AwardItem, now: number, offset: Offset | undefined): AwardInput {
  const tapped = Date.parse(item.award.occurredAt);
  return { ...item.award, occurredAt: correctedTime(tapped, item.clockOffset, { now, offset }) };
}

function reasonOf({ problem }: AwardResult): ProblemBody {
  return problem ?? { type: "about:blank", title: "", status: 422, code: "unknown" };
}

const encoder = new TextEncoder();

function bytesOf(award: AwardInput): number {
  return encoder.encode(JSON.stringify(award)).byteLength + 1;
}
