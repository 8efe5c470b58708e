/**
 * What saves by itself and goes on when its page is left, such as a sheet of ratings: one for each class, since of two the
 * words written earlier could come last; and only while whoever wrote it is signed in, since it would be saved as
 * somebody else's. What it could not bring to the server is kept on the device by what saves it, for its account.
 */
import { session } from "#lib/session.svelte.ts";

interface SelfSaver {
  /** From here on it saves and keeps nothing. */
  retire(): void;
}

export class SelfSavers<Of extends SelfSaver> {
  readonly #open = new Map<string, Of>();

  constructor() {
    $effect.root(() => {
      const accountId = $derived(session.account?.id);
      $effect(() => {
        void accountId;
        return () => {
          for (const saver of this.#open.values()) saver.retire();
          this.#open.clear();
        };
      });
    });
  }

  of(classId: string): Of | undefined {
    return this.#open.get(classId);
  }

  /** Puts one in the place of the one before. @returns it */
  put(classId: string, next: Of): Of {
    this.#open.get(classId)?.retire();
    this.#open.set(classId, next);
    return next;
  }
}
