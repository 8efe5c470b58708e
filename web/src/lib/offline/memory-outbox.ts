/**
 * An outbox that lives as long as the page: for browsers that keep nothing, and until a full disk has room again.
 * Transactions run one after the other; one that fails changes nothing.
 */
import type { Attachment, OutboxItem } from "./items.ts";
import type { Box, OutboxStore } from "./outbox.ts";

export interface MemoryOutbox extends OutboxStore {
  readonly items: readonly OutboxItem[];
  readonly attachments: Map<string, Attachment>;
}

export function makeMemoryOutbox(seed: readonly OutboxItem[] = []): MemoryOutbox {
  let items = new Map(seed.map((item) => [item.id, item]));
  const attachments = new Map<string, Attachment>();
  let turn: Promise<unknown> = Promise.resolve();

  return {
    get items() {
      return [...items.values()];
    },
    attachments,
    change(_accountId, work) {
      const outcome = turn.then(async () => {
        const draft = new Map(items);
        const gone: string[] = [];
        const box: Box = {
          find: async (id) => draft.get(id),
          waiting: async (accountId, atMost) =>
            [...draft.values()]
              .filter((item) => item.accountId === accountId && item.state === "waiting")
              .slice(0, atMost),
          put: (item) => draft.set(item.id, item),
          remove: (item) => draft.delete(item.id),
          removeAttachments: (ids) => gone.push(...ids),
          count: async () => {},
        };
        const given = await work(box);
        items = draft;
        for (const id of gone) attachments.delete(id);
        return given;
      });
      turn = outcome.catch(() => {});
      return outcome;
    },
  };
}
