/**
 * Files on their way to a child's shelf: each is sent by itself, tells how far it is, and can be sent once more. What was
 * sent stays sent, whatever becomes of the others; nothing else on the page depends on it.
 */
import { v7 as uuidv7 } from "uuid";
import type { PortfolioFileRef } from "@doudou/shared/contract/works.ts";
import { largestOf, MOST_FILES_OF_WORK } from "@doudou/shared/domain/works.ts";
import { uploadFile } from "#lib/api/works.ts";
import { preparePicture } from "#lib/evidence/prepare-picture.ts";

/** Told without sending it: over a slow network the server's no would come after minutes, if at all. */
export class TooLargeError extends Error {}

export interface AddedFile {
  /** Made once: sent again after a lost answer, it is the same. */
  readonly id: string;
  readonly file: File;
  readonly share: number;
  readonly sent: PortfolioFileRef | undefined;
  readonly failure: unknown;
}

export class AddingFiles {
  files = $state.raw<readonly AddedFile[]>([]);
  /** How many of those chosen last there was no room for. */
  leftOut = $state(0);
  readonly #studentId: string;
  readonly #most: number;
  readonly #aborts = new Map<string, AbortController>();

  constructor(studentId: string, most: number = MOST_FILES_OF_WORK) {
    this.#studentId = studentId;
    this.#most = most;
  }

  get room(): number {
    return this.#most - this.files.length;
  }

  get isUnderWay(): boolean {
    return this.files.some(({ sent, failure }) => sent === undefined && failure === undefined);
  }

  get hasFailed(): boolean {
    return this.files.some(({ failure }) => failure !== undefined);
  }

  get ids(): string[] {
    return this.files.flatMap(({ sent }) => sent?.id ?? []);
  }

  /** Begins to send as many as there is room for. */
  add = (files: readonly File[]): void => {
    const taken = files.slice(0, this.room);
    this.leftOut = files.length - taken.length;
    for (const file of taken) {
      const added = { id: uuidv7(), file, share: 0, sent: undefined, failure: undefined };
      this.files = [...this.files, added];
      void this.#send(added);
    }
  };

  remove = (id: string): void => {
    this.#aborts.get(id)?.abort();
    this.leftOut = 0;
    this.files = this.files.filter((each) => each.id !== id);
  };

  again = (id: string): void => {
    const file = this.files.find((each) => each.id === id);
    if (file) void this.#send(file);
  };

  async #send({ id, file }: AddedFile): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(id, abort);
    this.#change(id, { share: 0, failure: undefined });
    try {
      const onSent = (share: number) => this.#change(id, { share });
      const body = await bodyOf(file);
      if (body.size > largestOf(body.type)) throw new TooLargeError(file.name);
      const sent = await uploadFile(this.#studentId, id, body, { onSent, signal: abort.signal });
      this.#change(id, { sent, share: 1 });
    } catch (failure) {
      this.#change(id, { failure });
    }
  }

  #change(id: string, change: Partial<AddedFile>): void {
    this.files = this.files.map((each) => (each.id === id ? { ...each, ...change } : each));
  }
}

/** A picture is drawn anew on this device, without what the camera wrote beside it; where that fails the server tells why. */
async function bodyOf(file: File): Promise<Blob> {
  if (!file.type.startsWith("image/")) return file;
  try {
    return await preparePicture(file);
  } catch {
    return file;
  }
}
