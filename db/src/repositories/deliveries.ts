/**
 * What is still to be sent outside, by mail or to the school's messenger. Put here in the transaction that tells of it;
 * sent by whichever server claims it first; sent again where that server died.
 */
import { and, asc, eq, inArray, isNull, lt, lte, ne, sql } from "drizzle-orm";
import type { Channel, DeliveryKind } from "@doudou/shared/domain/notices.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";

export interface NewDelivery {
  readonly id: string;
  readonly channel: Channel;
  readonly kind: DeliveryKind;
  readonly recipientId: string | null;
  readonly happenedAt: Date;
  readonly dueAt: Date;
}

/** Puts down what is to be sent. */
export async function addDeliveries(
  store: Store,
  schoolId: string,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await store.db
    .insert(store.tables.delivery)
    .values(deliveries.map((one) => ({ schoolId, ...one, state: "waiting" as const, attempts: 0 })));
}

/** Whom something of this kind waits for already and was not tried yet: one message tells of both. `null`: the messenger. */
export async function waitingFor(
  store: Store,
  schoolId: string,
  { channel, kind }: { readonly channel: Channel; readonly kind: DeliveryKind },
): Promise<Set<string | null>> {
  const { delivery: d } = store.tables;
  const rows = await store.db
    .select({ recipientId: d.recipientId })
    .from(d)
    .where(
      and(
        eq(d.schoolId, schoolId),
        eq(d.state, "waiting"),
        eq(d.channel, channel),
        eq(d.kind, kind),
        eq(d.attempts, 0),
      ),
    );
  return new Set(rows.map(({ recipientId }) => recipientId));
}

export interface Delivery {
  readonly schoolId: string;
  readonly id: string;
  readonly channel: Channel;
  readonly kind: DeliveryKind;
  readonly recipientId: string | null;
  readonly happenedAt: Date;
  /** How often it was tried before. */
  readonly attempts: number;
}

/** What is to be sent by now, in every school, what waits longest first. */
export async function dueDeliveries(
  store: Store,
  {
    now,
    channels,
    limit,
  }: { readonly now: Date; readonly channels: readonly Channel[]; readonly limit: number },
): Promise<Delivery[]> {
  if (channels.length === 0) return [];
  const { delivery: d } = store.tables;
  return await store.db
    .select({
      schoolId: d.schoolId,
      id: d.id,
      channel: d.channel,
      kind: d.kind,
      recipientId: d.recipientId,
      happenedAt: d.happenedAt,
      attempts: d.attempts,
    })
    .from(d)
    .where(and(eq(d.state, "waiting"), lte(d.dueAt, now), inArray(d.channel, [...channels])))
    .orderBy(asc(d.dueAt))
    .limit(limit);
}

/**
 * Claims a delivery until a moment: nobody else sends it before, and if nothing is heard of it, it is due again then.
 * @returns whether this call has it; the attempt is counted
 */
export async function claimDelivery(
  store: Store,
  schoolId: string,
  id: string,
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<boolean> {
  const { delivery: d } = store.tables;
  const rows = await store.db
    .update(d)
    .set({ dueAt: until, attempts: sql`${d.attempts} + 1` })
    .where(and(eq(d.schoolId, schoolId), eq(d.id, id), eq(d.state, "waiting"), lte(d.dueAt, now)))
    .returning({ id: d.id });
  return rows.length > 0;
}

/** It was sent, or is given up. */
export async function endDelivery(
  store: Store,
  schoolId: string,
  id: string,
  { state, at }: { readonly state: "sent" | "given-up"; readonly at: Date },
): Promise<void> {
  const { delivery: d } = store.tables;
  await store.db
    .update(d)
    .set({ state, endedAt: at })
    .where(and(eq(d.schoolId, schoolId), eq(d.id, id)));
}

/** It failed, and is tried again then. */
export async function putOffDelivery(store: Store, schoolId: string, id: string, dueAt: Date): Promise<void> {
  const { delivery: d } = store.tables;
  await store.db
    .update(d)
    .set({ dueAt })
    .where(and(eq(d.schoolId, schoolId), eq(d.id, id), eq(d.state, "waiting")));
}

export interface Addressee {
  readonly address: string;
  readonly confirmedAt: Date | null;
  readonly isOn: boolean;
  readonly code: string | null;
  readonly codeMadeAt: Date | null;
  readonly stopToken: string;
  readonly locale: Locale;
}

/** Where and in which language a member gets mail; undefined without an account, an address or a membership that stands. */
export async function addresseeOf(
  store: Store,
  schoolId: string,
  membershipId: string,
): Promise<Addressee | undefined> {
  const { mailAddress: x, membership: m, account: a } = store.tables;
  const [found] = await store.db
    .select({
      address: x.address,
      confirmedAt: x.confirmedAt,
      isOn: x.isOn,
      code: x.code,
      codeMadeAt: x.codeMadeAt,
      stopToken: x.stopToken,
      locale: a.locale,
    })
    .from(x)
    .innerJoin(m, and(eq(m.schoolId, x.schoolId), eq(m.id, x.membershipId)))
    .innerJoin(a, eq(a.id, m.accountId))
    .where(and(eq(x.schoolId, schoolId), eq(x.membershipId, membershipId), isNull(m.endedAt)));
  return found;
}

/** Deletes what ended before a moment. @returns how many */
export async function deleteDeliveriesBefore(store: Store, schoolId: string, before: Date): Promise<number> {
  const { delivery: d } = store.tables;
  const rows = await store.db
    .delete(d)
    .where(and(eq(d.schoolId, schoolId), ne(d.state, "waiting"), lt(d.endedAt, before)))
    .returning({ id: d.id });
  return rows.length;
}
