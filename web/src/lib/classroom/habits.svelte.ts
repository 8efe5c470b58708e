/** How this teacher likes the class page, remembered on this device. Holds nothing about children. */

/** Class-list order, or by name. */
export type Order = "list" | "name";

interface Habits {
  /** A soft sound with each award. */
  hasSound: boolean;
  /** The selection stays after an award, for several points in a row. */
  keepsSelection: boolean;
  order: Order;
  /** The strip with who has not been noticed this week is open. */
  showsUnnoticed: boolean;
}

const STORED_AS = "doudou.classroom";
const usual: Habits = {
  hasSound: true,
  keepsSelection: false,
  order: "list",
  // On a phone every row of children counts.
  showsUnnoticed: innerWidth > 640,
};

let current = $state.raw<Habits>({ ...usual, ...read() });

export const habits = {
  get hasSound(): boolean {
    return current.hasSound;
  },
  get keepsSelection(): boolean {
    return current.keepsSelection;
  },
  get order(): Order {
    return current.order;
  },
  get showsUnnoticed(): boolean {
    return current.showsUnnoticed;
  },
  change(change: Partial<Habits>): void {
    current = { ...current, ...change };
    localStorage.setItem(STORED_AS, JSON.stringify(current));
  },
};

function read(): Partial<Habits> {
  return JSON.parse(localStorage.getItem(STORED_AS) ?? "{}") as Partial<Habits>;
}
