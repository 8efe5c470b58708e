/**
 * Drafts, most of them about children: what was typed or chosen on this device and the server has not saved yet. Each belongs to the
 * account that wrote it and is shown to no other; it outlives a sign-out, as the outbox does, and goes a week after its
 * last word. What the server has is never kept here. Pure but for the storage that comes in.
 */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** What is drafted; each is about a child, a class, a round or a week in a class, or a school, named by `about`. */
const KINDS = [
  "activity",
  "fitness",
  "goal",
  "groups",
  "ratings",
  "remarks",
  "reminder",
  "review",
  "scheme",
  "seating",
] as const;

interface DraftOf {
  readonly kind: (typeof KINDS)[number];
  readonly accountId: string;
  /** Ids only. */
  readonly about: string;
}

/** When its last word was written, by the tablet's clock, ms. */
interface Dated {
  readonly keptAt: number;
}

interface Stored extends Dated {
  readonly draft: unknown;
}

export interface KeptDraft<Draft> {
  /** Undefined also for one that is too old. */
  find(): Draft | undefined;
  /** Keeps what the server does not have; call `drop` once it has. */
  keep(draft: Draft): void;
  drop(): void;
}

/** A weekend without a network loses no word; a tablet that its teacher does not take up again keeps none for ever. */
const WEEK_MS = 7 * 86_400_000;
/** `doudou.<kind>.<account>.<about>` */
const NAME = new RegExp(`^doudou\\.(?:${KINDS.join("|")})\\.([^.]+)\\.`);

export function keptDraftOf<Draft>(
  { kind, accountId, about }: DraftOf,
  storage: DraftStorage,
  now: () => number = Date.now,
): KeptDraft<Draft> {
  const name = `doudou.${kind}.${accountId}.${about}`;
  return {
    find() {
      const stored = storedIn(storage.getItem(name));
      return stored && !isTooOld(stored, now()) ? (stored.draft as Draft) : undefined;
    },
    keep: (draft) => storage.setItem(name, JSON.stringify({ keptAt: now(), draft } satisfies Stored)),
    drop: () => storage.removeItem(name),
  };
}

/** Lets go of what is too old, whoever's it is, and of what has no date. */
export function forgetOldDrafts(storage: Storage, now: number): void {
  for (const name of Object.keys(storage)) {
    if (!NAME.test(name)) continue;
    const stored = storedIn(storage.getItem(name));
    if (stored === undefined || isTooOld(stored, now)) storage.removeItem(name);
  }
}

/** How much of an account is here and saved nowhere else. */
export function countDrafts(storage: Storage, accountId: string): number {
  return Object.keys(storage).filter((name) => NAME.exec(name)?.[1] === accountId).length;
}

/** A clock that was turned back makes nothing last longer. */
export function isTooOld({ keptAt }: Dated, now: number): boolean {
  return Math.abs(now - keptAt) >= WEEK_MS;
}

/** @returns undefined for what nobody can read, and for what was kept without a date */
function storedIn(text: string | null): Stored | undefined {
  const value = parsed(text);
  return typeof value === "object" && value !== null && "keptAt" in value ? (value as Stored) : undefined;
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}
