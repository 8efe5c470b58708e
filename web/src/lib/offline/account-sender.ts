/**
 * The sender of one account over our own HTTP API, the same for a page and for the service worker, which take turns by
 * the same lock: whoever sends, an award leaves in its account's name only and is counted once.
 */
import { recordAwards, uploadEvidence, voidAwards } from "#lib/api/client.ts";
import { alone } from "./browser.ts";
import { clockOffset } from "./device-clock.ts";
import { judge } from "./judge.ts";
import { makeSender, type Sender, type SenderParts } from "./sender.ts";
import type { StoredOutbox } from "./stored-outbox.ts";

/** A network that takes longer than this to answer is none. */
const PATIENCE_MS = 30_000;
/** A photo may take its time. */
const UPLOAD_PATIENCE_MS = 180_000;

/** What differs between a page and the service worker. */
type Own = Pick<SenderParts, "accountId" | "onSettled" | "onVoidRefused" | "onState" | "wait"> & {
  readonly store: StoredOutbox;
  /** What to say of a photo that is not on the device any more. */
  photoLost(): Error;
};

export function accountSender(own: Own): Sender {
  const { accountId, store } = own;
  return makeSender({
    ...own,
    sendAwards: (awards) => recordAwards(awards, accountId, AbortSignal.timeout(PATIENCE_MS)),
    sendVoid: (input) => voidAwards(input, accountId, AbortSignal.timeout(PATIENCE_MS)),
    async upload(id, signal) {
      const attachment = await store.attachment(id);
      if (attachment === undefined) throw own.photoLost();
      return await uploadEvidence(
        attachment,
        AbortSignal.any([signal, AbortSignal.timeout(UPLOAD_PATIENCE_MS)]),
      );
    },
    clockOffset: () => clockOffset(AbortSignal.timeout(PATIENCE_MS)),
    now: Date.now,
    mayReachServer: () => navigator.onLine,
    judge,
    alone: (work) => alone(`doudou-outbox-${accountId}`, work),
    random: Math.random,
  });
}
