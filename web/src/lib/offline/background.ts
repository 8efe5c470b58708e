/**
 * Sending without a page: the service worker is woken once there is a network, also when every page has been closed, and
 * sends what the account whose session this device is in has left here. What another account has left, or one whose
 * session is over, stays until that account is back.
 */
import { callsAreMadeIn, OfflineError } from "#lib/api/request.ts";
import { accountSender } from "./account-sender.ts";
import { tellTabs } from "./channel.ts";
import { deviceFact } from "./database.ts";
import { noteServerTime, rememberClock } from "./device-clock.ts";
import { storedOutboxOf } from "./stored-outbox.ts";

/** @throws OfflineError where something is left for the next time the browser wakes us */
export async function sendFromBackground(): Promise<void> {
  const [accountId, language] = await Promise.all([deviceFact("account"), deviceFact("language")]);
  if (accountId === undefined) return;
  callsAreMadeIn({
    language: () => language ?? navigator.language,
    accountId: () => accountId,
    onServerTime: noteServerTime,
  });
  await rememberClock();
  const store = storedOutboxOf(accountId, {
    known: () => [],
    onChange: (change) => tellTabs({ about: "change", change }),
    onKept: () => {},
  });
  const sender = accountSender({
    accountId,
    store,
    photoLost: () => new OfflineError(), // for a page to say
    onSettled: (settled) => tellTabs({ about: "settled", accountId, settled }),
    onVoidRefused: () => {},
    onState: (state) => tellTabs({ about: "state", accountId, state }),
    wait: () => () => {}, // the browser wakes us again
  });
  if ((await sender.drain()) === "waiting") throw new OfflineError();
}
