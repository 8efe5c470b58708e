/**
 * The few column types the product's tables use: exactly those that the PostgreSQL derivation knows.
 * A table may use nothing else, so that one schema means the same on both engines.
 */
import { integer, text } from "drizzle-orm/sqlite-core";

/** UUIDv7 as text. */
export const id = (name = "id") => text(name).notNull();
/** A reference that may be missing. */
export const optionalId = (name: string) => text(name);
/** The school a row belongs to; leads every key of a school's table. */
export const schoolId = () => text("school_id").notNull();
/** An instant: milliseconds on SQLite, timestamptz(3) on PostgreSQL. */
export const instant = (name: string) => integer(name, { mode: "timestamp_ms" });
/** A yes or no. */
export const flag = (name: string) => integer(name, { mode: "boolean" });
/** A day in the school's time zone, `YYYY-MM-DD`: sorts as text on both engines. */
export const localDay = (name: string) => text(name);
/** A value that is read and written whole. */
export const json = <T>(name: string) => text(name, { mode: "json" }).$type<T>();
