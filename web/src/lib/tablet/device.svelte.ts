/**
 * How this device is kept: shared by teachers or somebody's own, when it locks itself, who is remembered on it.
 * Holds nothing about children, and no secret.
 */
import type { TabletTeachers } from "@doudou/shared/contract/tablets.ts";

export type RememberedTeacher = TabletTeachers["teachers"][number];

/** Minutes without a touch. */
export type LockAfter = 2 | 5 | 15 | "never";

interface Keeping {
  /** Teachers share it, and children get hold of it. */
  isShared: boolean;
  /** As chosen here; else 5 minutes where it is shared, never on an own device. */
  lockAfter?: LockAfter;
  /** As the server last told. */
  teachers: readonly RememberedTeacher[];
  /** Whose PIN opens the device without a network too. */
  pinsKept: readonly string[];
  /** Who has been asked whether they want a PIN here. */
  offeredTo: readonly string[];
}

const STORED_AS = "doudou.tablet";
const usual: Keeping = { isShared: false, teachers: [], pinsKept: [], offeredTo: [] };

let current = $state.raw<Keeping>(read());

export const tablet = {
  get isShared(): boolean {
    return current.isShared;
  },
  get teachers(): readonly RememberedTeacher[] {
    return current.teachers;
  },
  /** @param isShared as the session has it */
  lockAfter(isShared: boolean): LockAfter {
    const { lockAfter = isShared ? 5 : "never" } = current;
    return isShared && lockAfter === "never" ? 5 : lockAfter;
  },
  remembers(accountId: string): boolean {
    return current.teachers.some((teacher) => teacher.accountId === accountId);
  },
  keepsPinOf(accountId: string): boolean {
    return current.pinsKept.includes(accountId);
  },
  wasOffered(accountId: string): boolean {
    return current.offeredTo.includes(accountId);
  },

  share(isShared: boolean): void {
    change({ isShared });
  },
  lockItselfAfter(lockAfter: LockAfter): void {
    change({ lockAfter });
  },
  remember(teachers: readonly RememberedTeacher[]): void {
    change({ teachers });
  },
  noteOffered(accountId: string): void {
    change({ offeredTo: withOne(current.offeredTo, accountId) });
  },
  notePinKept(accountId: string, isKept: boolean): void {
    const others = current.pinsKept.filter((other) => other !== accountId);
    change({ pinsKept: isKept ? [...others, accountId] : others });
  },
};

addEventListener("storage", ({ key }) => {
  if (key === STORED_AS) current = read();
});

function change(part: Partial<Keeping>): void {
  current = { ...read(), ...part };
  localStorage.setItem(STORED_AS, JSON.stringify(current));
}

function read(): Keeping {
  return { ...usual, ...(JSON.parse(localStorage.getItem(STORED_AS) ?? "{}") as Partial<Keeping>) };
}

function withOne(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids : [...ids, id];
}
