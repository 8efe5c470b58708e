/** Moments as a browser's field for a time writes them, by the school's clock. */

/** @param time `2026-11-11T10:30` on the school's clock @returns RFC 3339, or nothing where the field is not filled in */
export async function instantAt(time: string, timeZone: string): Promise<string | undefined> {
  const [day = "", clock = ""] = time.split("T");
  const [hour, minute] = clock.split(":").map(Number);
  if (day === "" || hour === undefined || minute === undefined) return undefined;
  const { instantOn } = await import("@doudou/shared/domain/calendar.ts");
  return new Date(instantOn(day, { hour, minute }, timeZone)).toISOString();
}
