/**
 * Who teaches a class from when to when, and who stands in for whom meanwhile. What it grants is not decided here: the
 * dates are, and access follows them by itself.
 */

/** Open-ended while `endsOn` is null. */
export interface Span {
  readonly startsOn: string;
  readonly endsOn: string | null;
}

export interface Homeroom extends Span {
  readonly id: string;
  readonly classId: string;
  readonly isHomeroom: boolean;
  /** The assignment somebody stands in for; null for one's own. */
  readonly standsInForId: string | null;
}

/** Whether there is a day that both cover. */
export function overlap(one: Span, other: Span): boolean {
  return startsBeforeEnd(one, other) && startsBeforeEnd(other, one);
}

/** Whether a span lies wholly in another. */
export function liesWithin(inner: Span, outer: Span): boolean {
  return (
    outer.startsOn <= inner.startsOn &&
    (outer.endsOn === null || (inner.endsOn !== null && inner.endsOn <= outer.endsOn))
  );
}

/** Whether a class would have two homeroom teachers of its own on some day. Substitutes do not count. */
export function isHomeroomTaken(
  wanted: Span & { readonly classId: string },
  present: readonly Homeroom[],
): boolean {
  return present.some(
    (a) => a.isHomeroom && a.standsInForId === null && a.classId === wanted.classId && overlap(a, wanted),
  );
}

/** A span that ends no later than a day; null where no day is left of it. */
export function endedOn<S extends Span>(span: S, lastDay: string): S | null {
  if (lastDay < span.startsOn) return null;
  return span.endsOn !== null && span.endsOn <= lastDay ? span : { ...span, endsOn: lastDay };
}

function startsBeforeEnd(one: Span, other: Span): boolean {
  return other.endsOn === null || one.startsOn <= other.endsOn;
}
