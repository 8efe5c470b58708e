/** A field for a card's code: what is typed falls into groups by itself, and the caret stays where the hand is. */
import { inGroups, partOfCardCode } from "@doudou/shared/domain/cards.ts";

/**
 * @param typed what the field holds after a key
 * @param caret where the caret stands in it
 * @returns the field as it should be, caret included
 */
export function regrouped(typed: string, caret: number): { text: string; caret: number } {
  const text = inGroups(partOfCardCode(typed));
  const before = inGroups(partOfCardCode(typed.slice(0, caret)));
  // Behind a full group the caret waits on the far side of the gap, where the next character goes.
  const isAtGap = before.length < text.length && text[before.length] === " ";
  return { text, caret: before.length + (isAtGap ? 1 : 0) };
}
