/** The classes of a year, found by what a file calls them; and those that a plan is to add. Writes nothing. */
import { type ClassName, classNamed, usualClassName } from "./class-names.ts";

export interface KnownClass {
  readonly id: string;
  readonly grade: number;
  readonly name: string;
  readonly position: number;
}

/** A class as a file names it; without a grade only a class of just that name is meant. */
export type NamedClass = ClassName & { readonly text: string };

/** The classes of the year, by what their names say; and those that are to be added. */
export class ClassBook {
  readonly added: KnownClass[] = [];
  readonly #newId: () => string;
  readonly #byName = new Map<string, KnownClass>();
  readonly #byNumber = new Map<string, KnownClass>();

  constructor(classes: readonly KnownClass[], newId: () => string) {
    this.#newId = newId;
    for (const known of classes) this.#keep(known);
  }

  /** Whether there is such a class, or enough is known to add it. */
  canFind({ text, grade }: NamedClass): boolean {
    return grade !== undefined || this.#byName.has(text);
  }

  /** A class that there is, or that is to be added already. */
  known({ text, grade, number }: NamedClass): KnownClass | undefined {
    return this.#byName.get(text) ?? this.#byNumber.get(`${grade}.${number}`);
  }

  /** The same, and where there is none and enough is known it is to be added from now on. */
  find(named: NamedClass): KnownClass | undefined {
    const { grade, number } = named;
    const known = this.known(named);
    if (known || grade === undefined) return known;
    const name = usualClassName(grade, number);
    const added = { id: this.#newId(), grade, name, position: number };
    this.added.push(added);
    this.#keep(added);
    return added;
  }

  #keep(known: KnownClass): void {
    this.#byName.set(known.name, known);
    const named = classNamed(known.name);
    if (named) this.#byNumber.set(`${known.grade}.${named.number}`, known);
  }
}
