/**
 * The rules of the reward shop: what may be offered, what a child may ask for, and what each step does to the beans it
 * may use. Pure. Knows no way to open an offer to some children of a class and not to others (docs/adr/0031).
 */

/** 特权 · 体验 · 小物品: in the order in which they are shown. */
export const REWARD_KINDS = ["privilege", "experience", "thing"] as const;
export type RewardKind = (typeof REWARD_KINDS)[number];

export const REWARD_ICONS = [
  "star",
  "book",
  "seat",
  "lunch",
  "music",
  "sport",
  "art",
  "plant",
  "game",
  "friends",
  "pencil",
  "gift",
] as const;
export type RewardIcon = (typeof REWARD_ICONS)[number];

/** How often the number of what there is begins anew. */
export const STOCK_PERIODS = ["week", "term"] as const;
export type StockPeriod = (typeof STOCK_PERIODS)[number];

/** How many of an offer there are. */
export interface Stock {
  readonly count: number;
  readonly per: StockPeriod;
}

export const REQUEST_STATES = [
  "requested",
  "approved",
  "handed-over",
  "declined",
  "withdrawn",
  "expired",
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const REWARD_RULES = {
  titleLength: 20,
  wordsLength: 80,
  /** What a teacher says with an answer, in characters. */
  answerLength: 60,
  minPrice: 1,
  maxPrice: 500,
  mostStock: 200,
  /** Of one offer, a child and term. */
  mostPerChild: 20,
  /** Open at a time, of the school or of a class. */
  mostOpen: 30,
  /** Of the open offers of the school, and of each class, at most one in so many is a thing. */
  oneThingIn: 3,
  /** Pupils who keep a class's shop in a week. */
  shopkeepers: 2,
  /** What a child waits for at a time. */
  mostOpenWishes: 3,
  /** Nobody has answered for so many days: the beans come back. */
  unansweredDays: 14,
  /** Approved, and not handed over for so many days: the beans come back. */
  approvedDays: 42,
} as const;

/** What a child has, in beans of this school year. The earned are the tallies' and never become fewer by spending. */
export interface Balance {
  readonly earned: number;
  /** For what was asked for and is not handed over. */
  readonly reserved: number;
  readonly spent: number;
}

/** What a child may use now. Awards taken back may leave less than was spent: then nothing, and nothing is taken back. */
export function beansToUse({ earned, reserved, spent }: Balance): number {
  return Math.max(0, earned - reserved - spent);
}

/** What a state stands for, in beans: the ledger's entries of a request add up to that of its state. */
export function heldIn(state: RequestState, price: number): Omit<Balance, "earned"> {
  const isReserved = state === "requested" || state === "approved";
  return { reserved: isReserved ? price : 0, spent: state === "handed-over" ? price : 0 };
}

/** States in which a request takes one of the stock. */
export const STANDING_STATES = REQUEST_STATES.filter((state) => {
  const { reserved, spent } = heldIn(state, 1);
  return reserved + spent > 0;
});
/** States from which a request still moves. */
export const OPEN_STATES = ["requested", "approved"] as const satisfies readonly RequestState[];

const STEPS: Readonly<Record<RequestState, readonly RequestState[]>> = {
  requested: ["approved", "declined", "withdrawn", "expired"],
  approved: ["handed-over", "declined", "withdrawn", "expired"],
  "handed-over": [],
  declined: [],
  withdrawn: [],
  expired: [],
};

/** Whether a request goes from one state to another. */
export function mayMove(from: RequestState, to: RequestState): boolean {
  return STEPS[from].includes(to);
}

export type ShelfObstacle = "too-many" | "too-many-things";

/** What stands in the way of a shelf, the school's or a class's, as it would be. @param kinds of its open offers */
export function shelfObstacle(kinds: readonly RewardKind[]): ShelfObstacle | undefined {
  if (kinds.length > REWARD_RULES.mostOpen) return "too-many";
  const things = kinds.filter((kind) => kind === "thing").length;
  return things * REWARD_RULES.oneThingIn > kinds.length ? "too-many-things" : undefined;
}

export type AskingObstacle = "wishes-full" | "child-limit" | "stock-gone" | "beans-short";

/** What stands in the way of a child asking for something now. Numbers count what stands: asked for or had. */
export function askingObstacle(
  offer: { readonly price: number; readonly stock: Stock | null; readonly perChild: number | null },
  now: {
    readonly balance: Balance;
    /** Of the offer, in its period. */
    readonly taken: number;
    /** Of the offer, by the child in this term. */
    readonly takenByChild: number;
    readonly openWishes: number;
  },
): AskingObstacle | undefined {
  if (now.openWishes >= REWARD_RULES.mostOpenWishes) return "wishes-full";
  if (offer.perChild !== null && now.takenByChild >= offer.perChild) return "child-limit";
  if (offer.stock !== null && now.taken >= offer.stock.count) return "stock-gone";
  return beansToUse(now.balance) < offer.price ? "beans-short" : undefined;
}
