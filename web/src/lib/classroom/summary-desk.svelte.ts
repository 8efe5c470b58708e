/**
 * The homeroom teacher's desk for one class and term: each child's comment, saved as it is written, and its summary,
 * published when the teacher says so. Never overwrites what somebody else wrote meanwhile: it asks.
 */
import type { ClassSummaries } from "@doudou/shared/contract/summaries.ts";
import { publishSummary, readClassSummaries, saveComment } from "#lib/api/client.ts";
import { ProblemError } from "#lib/api/problem.ts";
import { OfflineError } from "#lib/api/request.ts";
import { askAndKeep, keptAnswer, summariesIn } from "#lib/offline/answers.ts";
import { commentDraftsOf, type CommentDrafts } from "#lib/offline/comment-drafts.ts";
import { SelfSavers } from "#lib/offline/self-savers.svelte.ts";
import { SelfSaving, type Saving as SelfSaved } from "#lib/offline/self-saving.ts";
import { ClassLikeness } from "@doudou/shared/domain/near-duplicates.ts";

export type Saving = SelfSaved | "conflict";

type StudentRow = ClassSummaries["students"][number];

const SAVE_AFTER_MS = 900;

export class SummaryDesk {
  readonly list: ClassSummaries;
  readonly sheets: readonly SummarySheet[];
  readonly ready: readonly SummarySheet[] = $derived.by(() => this.sheets.filter((sheet) => sheet.isReady));
  readonly published: number = $derived.by(
    () => this.sheets.filter(({ status }) => status === "published").length,
  );
  /** Children of whom at least one guardian has signed. */
  readonly signed: number = $derived.by(() => this.sheets.filter(({ signed }) => signed > 0).length);
  readonly #likeness: ClassLikeness;
  readonly #alike: ReadonlyMap<SummarySheet, readonly SummarySheet[]> = $derived.by(() =>
    this.#likeness.among(this.sheets, ({ text }) => text),
  );
  readonly unsaved: number = $derived.by(() => this.sheets.filter(({ saving }) => saving !== "saved").length);

  constructor(list: ClassSummaries, drafts: CommentDrafts) {
    this.list = list;
    this.sheets = list.students.map((row) => new SummarySheet(row, list, drafts));
    this.#likeness = new ClassLikeness(list.students.map(({ name }) => name));
  }

  /** Children whose comment reads like this one's. */
  alike(sheet: SummarySheet): readonly SummarySheet[] {
    return this.#alike.get(sheet) ?? [];
  }

  get hasUnsaved(): boolean {
    return this.unsaved > 0;
  }

  /** Saves whatever is unsaved, as far as that can be done now. */
  async save(): Promise<void> {
    await Promise.all(this.sheets.filter(({ saving }) => saving !== "saved").map((sheet) => sheet.save()));
  }

  /** Brings everything that is being written to the server, before the class as a whole is dealt with. */
  async settle(): Promise<void> {
    await this.save();
    if (this.hasUnsaved) throw new NotSavedError();
  }

  /** Tries nothing again: what is held is on the device, for the desk that takes this one's place. */
  retire(): void {
    for (const sheet of this.sheets) sheet.retire();
  }
}

/** One child's comment and the state of its summary. */
export class SummarySheet {
  readonly id: string;
  readonly name: string;
  text = $state("");
  status = $state<StudentRow["status"]>("none");
  publishedAt = $state<string | null>(null);
  readonly guardians: number;
  /** Guardians who have signed the latest revision. */
  signed = $state(0);
  /** When the family was last reminded. */
  readonly nudgedAt: string | null;
  /** Messages of guardians that nobody has read. */
  unseen = $state(0);
  saving = $state<Saving>("saved");
  /** What somebody else wrote meanwhile, while the teacher has to choose. */
  theirs = $state.raw<{ readonly comment: string; readonly version: number }>();
  /** Why the server refused, in its words. */
  refusal = $state("");
  /** Or needs no approval; what is written anew has to be approved anew. */
  isApproved = $state(true);
  /** What the reviewer remarked. */
  readonly returned: string | null;
  /** Written anew in this sitting since it was last published. */
  isChanged = $state(false);
  /** Counts publications in this sitting, so that a preview knows when to look again. */
  revisions = $state(0);
  readonly isReady: boolean = $derived.by(
    () =>
      this.status !== "published" &&
      this.isApproved &&
      this.text.trim() !== "" &&
      this.saving !== "conflict" &&
      this.saving !== "refused",
  );
  readonly #classId: string;
  readonly #termId: string;
  readonly #drafts: CommentDrafts;
  readonly #isReviewed: boolean;
  #version: number;
  #saved: string;
  readonly #saver = new SelfSaving({
    afterMs: SAVE_AFTER_MS,
    saveNext: () => this.#saveNext(),
    show: (saving, refusal) => {
      this.saving = this.theirs ? "conflict" : saving;
      if (refusal !== undefined) this.refusal = refusal;
    },
  });

  constructor(row: StudentRow, list: ClassSummaries, drafts: CommentDrafts) {
    this.id = row.id;
    this.name = row.name;
    this.text = row.comment;
    this.status = row.status;
    this.publishedAt = row.publishedAt;
    this.guardians = row.guardians;
    this.signed = row.signed;
    this.nudgedAt = row.nudgedAt;
    this.unseen = row.unseen;
    this.isApproved = row.isApproved;
    this.returned = row.returned;
    this.#isReviewed = list.round.isReviewed;
    this.#classId = list.class.id;
    this.#termId = list.term.id;
    this.#drafts = drafts;
    this.#version = row.commentVersion;
    this.#saved = row.comment;
    this.#takeUpKept();
  }

  /** The teacher wrote; saved a moment after the last letter. */
  write(text: string): void {
    this.text = text;
    this.isChanged = true;
    if (this.#isReviewed) this.isApproved = false;
    if (this.saving === "conflict") return;
    this.#drafts.keep(this.id, { text, version: this.#version });
    this.#saver.changed();
  }

  retire(): void {
    this.#saver.retire();
  }

  /** Saves until what is saved is what is written, or until that cannot be done now. */
  save(): Promise<void> {
    return this.#saver.save();
  }

  /** Ends a conflict: one's own words replace the other's, or give way. */
  choose(mine: boolean): void {
    if (!this.theirs) return;
    this.#version = this.theirs.version;
    this.#saved = this.theirs.comment;
    if (!mine) this.text = this.theirs.comment;
    this.theirs = undefined;
    void this.save();
  }

  /**
   * Saves, then publishes.
   * @throws ProblemError, OfflineError; also where the comment could not be saved first
   */
  async publish(): Promise<void> {
    await this.save();
    if (this.saving !== "saved") throw new NotSavedError();
    const { publishedAt } = await publishSummary(this.id, this.#termId);
    this.status = "published";
    this.publishedAt = publishedAt;
    this.signed = 0; // what was signed was the revision before
    this.isChanged = false;
    this.revisions += 1;
  }

  #saveNext(): Promise<void> | undefined {
    if (this.theirs) return undefined;
    if (this.text !== this.#saved) return this.#saveText(this.text);
    this.#drafts.drop(this.id);
    return undefined;
  }

  async #saveText(text: string): Promise<void> {
    try {
      const draft = { comment: text, commentVersion: this.#version };
      this.#version = (await saveComment(this.id, this.#termId, draft)).commentVersion;
    } catch (failure) {
      if (failure instanceof ProblemError && failure.code === "comment-conflict")
        return await this.#askWhich(failure);
      throw failure;
    }
    this.#saved = text;
    if (this.status === "none") this.status = "draft";
  }

  /** @throws ProblemError, OfflineError; the conflict itself where the child has left the list */
  async #askWhich(conflict: ProblemError): Promise<void> {
    const { students } = await readClassSummaries(this.#classId, this.#termId);
    const now = students.find(({ id }) => id === this.id);
    if (!now) throw conflict;
    this.#meet({ comment: now.comment, version: now.commentVersion });
  }

  /** Another version is on the server: the same words are no conflict. */
  #meet(theirs: { readonly comment: string; readonly version: number }): void {
    if (theirs.comment === this.text) {
      this.#version = theirs.version;
      this.#saved = theirs.comment;
      this.#drafts.drop(this.id);
      this.saving = "saved";
    } else {
      this.theirs = theirs;
      this.saving = "conflict";
    }
  }

  #takeUpKept(): void {
    const kept = this.#drafts.find(this.id);
    if (!kept) return;
    const server = { comment: this.#saved, version: this.#version };
    this.text = kept.text;
    if (kept.version === server.version && kept.text !== server.comment) {
      this.#saver.takeUp();
    } else {
      this.#meet(server);
    }
  }
}

/** A summary is published only with the comment the teacher sees. */
export class NotSavedError extends Error {}

const desks = new SelfSavers<SummaryDesk>();

/**
 * Opens the desk, in the place of the one that was open before; without a network as it was last seen, to write on.
 * @throws ProblemError (`term-not-found` outside terms), OfflineError
 */
export async function openDesk(
  classId: string,
  termId: string | undefined,
  accountId: string,
): Promise<SummaryDesk> {
  await desks.of(classId)?.save();
  const list = await readList(classId, termId, accountId);
  const drafts = await commentDraftsOf(accountId, list.term.id);
  return desks.put(classId, new SummaryDesk(list, drafts));
}

async function readList(
  classId: string,
  termId: string | undefined,
  accountId: string,
): Promise<ClassSummaries> {
  const name = summariesIn(classId, termId);
  try {
    return await askAndKeep(accountId, name, () => readClassSummaries(classId, termId));
  } catch (failure) {
    if (!(failure instanceof OfflineError)) throw failure;
    const kept = await keptAnswer<ClassSummaries>(accountId, name, Date.now());
    if (!kept) throw failure;
    return kept;
  }
}
