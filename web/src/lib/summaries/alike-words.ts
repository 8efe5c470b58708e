/** Whose comments read like one, in words. Reactive to the language. */
import { someNamed } from "@doudou/shared/domain/near-duplicates.ts";
import { m } from "#lib/paraglide/messages.js";

/** A few of them by name, and how many more there are. */
export function alikeNames(children: readonly { readonly name: string }[]): string {
  const { named, more } = someNamed(children.map(({ name }) => name));
  const names = named.join(m.classroom_list_comma());
  return more > 0 ? m.summary_alike_more({ names, more }) : names;
}
