/**
 * What goes outside: put down in the transaction that tells of it, sent afterwards, each by one server, at least once and
 * under the same id every time. Never holds up what it tells of; never says more than that something is there.
 */
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import {
  addDeliveries,
  addresseeOf,
  claimDelivery,
  type Delivery,
  dueDeliveries,
  endDelivery,
  putOffDelivery,
  waitingFor,
} from "@doudou/db/repositories/deliveries.ts";
import { membersByMail } from "@doudou/db/repositories/mail-addresses.ts";
import { type Channel, type NoticeKind, waitAfter } from "@doudou/shared/domain/notices.ts";
import { v7 as uuidv7 } from "uuid";
import { Undeliverable } from "../../channels/undeliverable.ts";
import type { Deps } from "../../deps.ts";
import { regularly } from "../../operate/regularly.ts";
import { mailOf } from "./words.ts";

const LOOK_EVERY_MS = 10_000;
const AT_ONCE = 50;
/** What happens within so long is told by one message: a guardian of two children, a class published child by child. */
const SETTLE_MS = 20_000;
/** Longer than a channel ever takes: a server that is still at it then is dead. */
const CLAIM_MS = 120_000;

interface Log {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Puts down what goes outside of what members were told just now. Within their transaction. */
export async function putDown(
  { channels }: Pick<Deps, "channels">,
  store: Store,
  schoolId: string,
  recipientIds: readonly string[],
  { kind, happenedAt }: { readonly kind: NoticeKind; readonly happenedAt: Date },
): Promise<void> {
  const dueAt = new Date(happenedAt.getTime() + SETTLE_MS);
  const put = async (channel: Channel, recipients: readonly (string | null)[]) => {
    const waiting = await waitingFor(store, schoolId, { channel, kind });
    const added = recipients.filter((id) => !waiting.has(id));
    const one = { channel, kind, happenedAt, dueAt };
    await addDeliveries(
      store,
      schoolId,
      added.map((recipientId) => ({ ...one, id: uuidv7(), recipientId })),
    );
  };
  if (channels.mail) await put("mail", [...(await membersByMail(store, schoolId, recipientIds))]);
  if (channels.webhook) await put("webhook", [null]);
}

/** Looks now and again for what is due. @returns what stops it, and waits for the message that is being sent */
export function deliverRegularly(deps: Deps, log: Log): () => Promise<void> {
  return regularly(
    LOOK_EVERY_MS,
    (signal) => deliverDue(deps, log, { signal }),
    (error) => log.error({ err: error }, "what is due is not sent"),
  );
}

/** Sends whatever is due. @param draw what jitters the next attempt, 0 ≤ … < 1 */
export async function deliverDue(
  deps: Deps,
  log: Log,
  { signal, draw = Math.random }: { readonly signal?: AbortSignal; readonly draw?: () => number } = {},
): Promise<void> {
  const { database } = deps;
  const channels = (["mail", "webhook"] as const).filter((channel) => deps.channels[channel]);
  const of = { now: deps.now(), channels, limit: AT_ONCE };
  for (const delivery of await database.read(EVERY_SCHOOL, (store) => dueDeliveries(store, of))) {
    if (signal?.aborted) return;
    const { schoolId, id, channel, kind } = delivery;
    const now = deps.now();
    const claim = { now, until: new Date(now.getTime() + CLAIM_MS) };
    const isOurs = await database.write(schoolId, (store) => claimDelivery(store, schoolId, id, claim));
    if (!isOurs) continue; // by another server
    const state = await attempt(deps, delivery).catch((error: unknown) => {
      const wait = error instanceof Undeliverable ? undefined : waitAfter(delivery.attempts + 1, draw());
      // Which message, not whose.
      const facts = { delivery: id, channel, kind, attempts: delivery.attempts + 1, why: reasonOf(error) };
      if (wait !== undefined) log.warn(facts, "not sent, will be tried again");
      else log.error(facts, "not sent, given up");
      return wait;
    });
    const at = deps.now();
    await database.write(schoolId, (store) =>
      typeof state === "number"
        ? putOffDelivery(store, schoolId, id, new Date(at.getTime() + state))
        : endDelivery(store, schoolId, id, { state: state ?? "given-up", at }),
    );
  }
}

/** @returns `given-up` where nobody wants it any more. @throws whatever the channel says */
async function attempt(deps: Deps, delivery: Delivery): Promise<"sent" | "given-up"> {
  const { schoolId, id, kind, recipientId, happenedAt } = delivery;
  const { mail, webhook } = deps.channels;
  if (delivery.channel === "webhook") {
    const body = { type: kind, timestamp: happenedAt.toISOString(), data: { schoolId } };
    await webhook?.call({ id, sentAt: deps.now(), body: JSON.stringify(body) });
    return "sent";
  }
  const addressee = await deps.database.read(schoolId, (store) =>
    addresseeOf(store, schoolId, recipientId ?? ""),
  );
  if (!mail || !addressee) return "given-up";
  const isForCode = kind === "address-code";
  if (isForCode ? addressee.code === null : !addressee.isOn || addressee.confirmedAt === null)
    return "given-up";
  const { name: school } = await deps.frames.of(schoolId);
  const code = isForCode ? deps.seal.open(addressee.code ?? "", recipientId ?? "") : "";
  const words = mailOf(kind, { ...addressee, school, origin: mail.origin, code });
  await mail.send({ to: addressee.address, id, sentAt: happenedAt, ...words });
  return "sent";
}

/** What an operator needs, and no address: servers like to repeat those. */
function reasonOf(error: unknown): string {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message: string };
  return code ?? (responseCode === undefined ? message : `the server answered ${responseCode}`);
}
