/**
 * An outbox that lives as long as the page: for browsers that keep nothing, and until a full disk has room again.
 * Transactions run one after the other; one that fails changes nothing.
 */
import type { Attachment, AwardItem, OutboxItem } from "./items.ts";
import type { Box, OutboxStore } from "./outbox.ts";

export interface MemoryOutbox extends OutboxStore {
  readonly items: readonly OutboxItem[];
  readonly attachments: ReadonlyMap<string, Attachment>;
}

export function makeMemoryOutbox(seed: readonly OutboxItem[] = []): MemoryOutbox {
  let items = new Map(seed.map((item) => [item.id, item]));
  let attachments = new Map<string, Attachment>();
  let turn: Promise<unknown> = Promise.resolve();

  return {
    get items() {
      return [...items.values()];
    },
    get attachments() {
      return attachments;
    },
    change(_accountId, work) {
      const outcome = turn.then(async () => {
        const draft = new Map(items);
        const photos = new Map(attachments);
        const box: Box = {
          find: async (id) => draft.get(id),
          waiting: async (accountId, atMost) =>
            [...draft.values()]
              .filter((item) => item.accountId === accountId && item.state === "waiting")
              .slice(0, atMost),
          put: (item) => draft.set(item.id, item),
          remove: (item) => draft.delete(item.id),
          attach: (attachment) => photos.set(attachment.id, attachment),
          naming: async (attachmentId) =>
            [...draft.values()].filter(
              (item) => item.wanted === "award" && item.attachmentIds?.includes(attachmentId) === true,
            ) as AwardItem[],
          detach: (attachmentId) => photos.delete(attachmentId),
          count: async () => {},
        };
        const given = await work(box);
        items = draft;
        attachments = photos;
        return given;
      });
      turn = outcome.catch(() => {});
      return outcome;
    },
  };
}
