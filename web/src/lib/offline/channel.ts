/** What the tabs of one browser, and its service worker, tell each other about the outbox and the session. */
import type { Settled } from "./outbox.ts";
import type { SenderState } from "./sender.ts";
import type { OutboxChange } from "./stored-outbox.ts";

export type Message =
  | { readonly about: "change"; readonly change: OutboxChange }
  | { readonly about: "settled"; readonly accountId: string; readonly settled: readonly Settled[] }
  | { readonly about: "state"; readonly accountId: string; readonly state: SenderState }
  | { readonly about: "signed-in" | "signed-out"; readonly accountId: string };

const channel = new BroadcastChannel("doudou");

/** Tells every other tab; not this one. */
export function tellTabs(message: Message): void {
  channel.postMessage(message);
}

export function onTabs(listener: (message: Message) => void): void {
  channel.addEventListener("message", ({ data }: MessageEvent<Message>) => listener(data));
}
