/** What a part of a child's page reads of it. */
import { Reading } from "./reading.svelte.ts";

/**
 * Reads as soon as the component that calls it is there, and whenever what it reads of is another.
 * @param of the child, and the page's turn: a number that grows when the page looks again
 */
export function readingOfChild<Answer>(
  of: () => readonly [studentId: string, turn: number],
  ask: (studentId: string, signal: AbortSignal) => Promise<Answer>,
): Reading<Answer> {
  const reading = new Reading<Answer>();
  $effect(() => {
    const [studentId] = of();
    return reading.start((signal) => ask(studentId, signal));
  });
  return reading;
}
