/**
 * Whose turn it is: a fair draw in rounds. Everybody is picked once before anybody is picked twice; who has not been
 * noticed this week comes first, and which of them is next nobody can tell. Chance comes in. Pure.
 */

export interface Candidate {
  readonly id: string;
  readonly isUnnoticedThisWeek: boolean;
}

/** How far a class has come: who has had a turn in this round, and who was picked last. Ids only. */
export interface Round {
  readonly picked: readonly string[];
  readonly latest: readonly string[];
}

export const NEW_ROUND: Round = { picked: [], latest: [] };

/** Those of the candidates who have not had a turn in this round. */
export function stillToCome<Of extends Candidate>(candidates: readonly Of[], { picked }: Round): Of[] {
  return candidates.filter(({ id }) => !picked.includes(id));
}

/**
 * Picks so many at once, nobody twice; goes on into the next round where this one ends.
 * @param candidates who is there: others keep their turn for later
 * @param random in [0, 1)
 */
export function pick<Of extends Candidate>(
  candidates: readonly Of[],
  round: Round,
  count: number,
  random: () => number,
): { readonly picked: readonly Of[]; readonly round: Round } {
  const chosen: Of[] = [];
  let had = round.picked;
  while (chosen.length < Math.min(count, candidates.length)) {
    const free = candidates.filter((candidate) => !chosen.includes(candidate));
    let left = stillToCome(free, { ...round, picked: had });
    if (left.length === 0) {
      had = [];
      // Who had the last turn of a round does not have the first of the next.
      const others = free.filter(({ id }) => !round.latest.includes(id));
      left = others.length > 0 ? others : free;
    }
    const next = drawn(left, random);
    if (next === undefined) break;
    chosen.push(next);
    had = [...had, next.id];
  }
  return { picked: chosen, round: { picked: had, latest: chosen.map(({ id }) => id) } };
}

function drawn<Of extends Candidate>(from: readonly Of[], random: () => number): Of | undefined {
  const unnoticed = from.filter(({ isUnnoticedThisWeek }) => isUnnoticedThisWeek);
  const first = unnoticed.length > 0 ? unnoticed : from;
  return first[Math.floor(random() * first.length)];
}
