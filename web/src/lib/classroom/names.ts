/** How several children are named in one line. Reactive to the language. */
import { locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

/** One or two by name, more as the first and how many. */
export function namesOf(children: readonly { readonly name: string }[]): string {
  const [first, second] = children;
  if (!first) return "";
  if (children.length > 2) return m.classroom_names_more({ name: first.name, count: children.length });
  return second ? m.classroom_names_two({ one: first.name, other: second.name }) : first.name;
}

/** Every one of them by name, where it matters who. */
export function allNamesOf(children: readonly { readonly name: string }[]): string {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(children.map(({ name }) => name));
}
