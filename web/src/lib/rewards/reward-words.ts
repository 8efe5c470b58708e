/** The reward shop in words: kinds, states, how often there is something. Calm: never how few are left. */
import type { Reward } from "@doudou/shared/contract/rewards.ts";
import type { RequestState, RewardIcon, RewardKind } from "@doudou/shared/domain/rewards.ts";
import { m } from "#lib/paraglide/messages.js";

const KINDS: Readonly<Record<RewardKind, () => string>> = {
  privilege: m.reward_kind_privilege,
  experience: m.reward_kind_experience,
  thing: m.reward_kind_thing,
};

const ICONS: Readonly<Record<RewardIcon, () => string>> = {
  star: m.reward_icon_star,
  book: m.reward_icon_book,
  seat: m.reward_icon_seat,
  lunch: m.reward_icon_lunch,
  music: m.reward_icon_music,
  sport: m.reward_icon_sport,
  art: m.reward_icon_art,
  plant: m.reward_icon_plant,
  game: m.reward_icon_game,
  friends: m.reward_icon_friends,
  pencil: m.reward_icon_pencil,
  gift: m.reward_icon_gift,
};

/** To a child, about its own wish. */
const OWN_STATES: Readonly<Record<RequestState, () => string>> = {
  requested: m.reward_own_requested,
  approved: m.reward_own_approved,
  "handed-over": m.reward_own_handed_over,
  declined: m.reward_own_declined,
  withdrawn: m.reward_own_withdrawn,
  expired: m.reward_own_expired,
};

/** To a guardian. */
const STATES: Readonly<Record<RequestState, () => string>> = {
  requested: m.reward_state_requested,
  approved: m.reward_state_approved,
  "handed-over": m.reward_state_handed_over,
  declined: m.reward_state_declined,
  withdrawn: m.reward_state_withdrawn,
  expired: m.reward_state_expired,
};

export function kindWord(kind: RewardKind): string {
  return KINDS[kind]();
}

export function iconWord(icon: RewardIcon): string {
  return ICONS[icon]();
}

export function ownStateWord(state: RequestState): string {
  return OWN_STATES[state]();
}

export function stateWord(state: RequestState): string {
  return STATES[state]();
}

/** An offer's terms in one line, for who writes it. */
export function termsOf({ price, stock, perChild }: Reward): string {
  const parts = [m.reward_price_line({ count: price })];
  if (stock)
    parts.push(
      stock.per === "week"
        ? m.reward_stock_week({ count: stock.count })
        : m.reward_stock_term({ count: stock.count }),
    );
  if (perChild !== null) parts.push(m.reward_per_child_line({ count: perChild }));
  return parts.join(" · ");
}
