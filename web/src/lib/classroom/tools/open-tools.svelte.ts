/**
 * Which tools of the class page are open, in the order they were opened. Knows no tool: what each is stands in
 * tools.ts, which is fetched with the first of them.
 */

/** The list of all tools is opened like one of them. */
export const TRAY = "tray";

let ids = $state.raw<readonly string[]>([]);

export const openTools = {
  get ids(): readonly string[] {
    return ids;
  },
  open(id: string): void {
    if (!ids.includes(id)) ids = [...ids, id];
  },
  close(id: string): void {
    ids = ids.filter((other) => other !== id);
  },
  /** As Escape does. @returns false where none was open */
  closeLatest(): boolean {
    const latest = ids.at(-1);
    if (latest !== undefined) this.close(latest);
    return latest !== undefined;
  },
  closeAll(): void {
    ids = [];
  },
};
