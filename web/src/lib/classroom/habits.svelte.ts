/** How this teacher likes the class page, remembered on this device. Holds nothing about children. */

/** Class-list order, by name, or as the children sit. */
export type Order = "list" | "name" | "seats";

/** Whose side a seating plan is seen from: the teacher has the board behind, below on the screen. */
export type SeatsFrom = "teacher" | "children";

interface Habits {
  /** A soft sound with each award. */
  hasSound: boolean;
  /** The selection stays after an award, for several points in a row. */
  keepsSelection: boolean;
  order: Order;
  seatsFrom: SeatsFrom;
  /** The strip with who has not been noticed this week is open. */
  showsUnnoticed: boolean;
  /** The set of tiles chosen in a class, by account and class. */
  chosenSets: Readonly<Record<string, string>>;
}

const STORED_AS = "doudou.classroom";
const usual: Habits = {
  hasSound: true,
  keepsSelection: false,
  order: "list",
  seatsFrom: "teacher",
  // On a phone every row of children counts.
  showsUnnoticed: innerWidth > 640,
  chosenSets: {},
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
  get seatsFrom(): SeatsFrom {
    return current.seatsFrom;
  },
  get showsUnnoticed(): boolean {
    return current.showsUnnoticed;
  },
  get chosenSets(): Readonly<Record<string, string>> {
    return current.chosenSets;
  },
  change(change: Partial<Habits>): void {
    current = { ...current, ...change };
    localStorage.setItem(STORED_AS, JSON.stringify(current));
  },
};

function read(): Partial<Habits> {
  return JSON.parse(localStorage.getItem(STORED_AS) ?? "{}") as Partial<Habits>;
}
