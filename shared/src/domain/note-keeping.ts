/** For how long words beside an award are kept: what was given stays, the note to it goes. Its school sets it. Pure. */

/**
 * Months: the least and the most a school may set, and what holds until it does. A school may also keep notes for as long
 * as the child is there.
 * @source 个人信息保护法 第十九条: the shortest time the purpose needs; the two years are our choice: the summaries and
 * the book of a year, which hold the words that counted, have been with the family by then
 */
export const NOTE_MONTHS = { least: 12, most: 72, atFirst: 24 } as const;

/**
 * Notes of awards of earlier days go. It moves on once a month, so that what goes in a month goes together.
 * @param today school-local
 * @returns the first day of a month, school-local
 */
export function notesGoBefore(today: string, months: number): string {
  const [year, month] = today.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10);
}
