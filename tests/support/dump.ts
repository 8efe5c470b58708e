/** Everything a database holds, as text, to be compared with itself later. Knows no table by name. */
import { EVERY_SCHOOL, type Database, type Store } from "@doudou/db/engines/database.ts";
import { type Tables, tables } from "@doudou/db/schema/tables.ts";

/** Every row of every table, one line of JSON each, in an order that depends on nothing but their content. */
export type Dump = Readonly<Record<string, readonly string[]>>;

export async function dumpOf(database: Database): Promise<Dump> {
  return await database.read(EVERY_SCHOOL, dumpIn);
}

/** What a job sees, its own uncommitted changes included. */
export async function dumpIn(store: Store): Promise<Dump> {
  const dump: Record<string, string[]> = {};
  for (const name of Object.keys(tables) as (keyof Tables)[]) {
    const rows = await store.db.select().from(store.tables[name]);
    dump[name] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return dump;
}

/** The part of a dump that belongs to one school. */
export function ofSchool(dump: Dump, schoolId: string): Dump {
  const isTheirs = (row: string) => row.includes(`"schoolId":"${schoolId}"`);
  return Object.fromEntries(Object.entries(dump).map(([name, rows]) => [name, rows.filter(isTheirs)]));
}

/** A text without its ids: of their random digits, some ids would look like a phone number or a measured value. */
export function withoutIds(text: string): string {
  return text.replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "");
}
