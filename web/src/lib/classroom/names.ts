/** How several children are named in one line. Reactive to the language. */
import { m } from "#lib/paraglide/messages.js";

/** One or two by name, more as the first and how many. */
export function namesOf(children: readonly { readonly name: string }[]): string {
  const [first, second] = children;
  if (!first) return "";
  if (children.length > 2) return m.classroom_names_more({ name: first.name, count: children.length });
  return second ? m.classroom_names_two({ one: first.name, other: second.name }) : first.name;
}
