/** The school office in front of the real app: brings rosters, looks at what they would do, applies and undoes. */
import type { Readable } from "node:stream";
import { v7 as uuidv7 } from "uuid";
import type { RosterField, RowOutcome } from "@doudou/shared/domain/roster-import/fields.ts";
import type {
  RosterImport,
  RosterRow,
  RosterRows,
  StaffRow,
  StaffRows,
} from "@doudou/shared/contract/roster-imports.ts";
import { type Client, clientOf } from "./client.ts";
import type { Person } from "./school.ts";
import type { World } from "./world.ts";

/** What came of it, or the code of the refusal. */
type Outcome = RosterImport & { readonly code?: string };

export interface Office extends Client {
  bring(
    file: Buffer | Uint8Array | string | Readable,
    more?: { id?: string; fileName?: string },
  ): Promise<Outcome>;
  correct(id: string, fields: readonly (RosterField | null)[]): Promise<Outcome>;
  apply(id: string): Promise<Outcome>;
  undo(id: string): Promise<Outcome>;
  rows(id: string, outcome?: RowOutcome): Promise<RosterRow[]>;
  staff(id: string): Promise<StaffRow[]>;
  /** Says who somebody of a package is. */
  choose(id: string, position: number, membershipId: string | null): Promise<Outcome>;
}

export async function officeOf(world: World, person: Person): Promise<Office> {
  const client = await clientOf(world, person);
  const cookie = await world.signIn(person);
  const settled = (answer: { body: string }) => JSON.parse(answer.body) as Outcome;
  return {
    ...client,
    async bring(file, { id = uuidv7(), fileName = "花名册.xlsx" } = {}) {
      const response = await world.app.server.inject({
        method: "PUT",
        url: `/api/v1/roster-imports/${id}?fileName=${encodeURIComponent(fileName)}`,
        headers: { cookie, "content-type": "application/octet-stream" },
        payload: file instanceof Uint8Array ? Buffer.from(file) : file,
      });
      return settled(response);
    },
    correct: async (id, fields) =>
      settled(await client.ask("PUT", `/roster-imports/${id}/columns`, { fields })),
    apply: async (id) => settled(await client.ask("POST", `/roster-imports/${id}/apply`)),
    undo: async (id) => settled(await client.ask("POST", `/roster-imports/${id}/undo`)),
    staff: async (id) => (await client.get<StaffRows>(`/roster-imports/${id}/staff`)).staff,
    choose: async (id, position, membershipId) =>
      settled(await client.ask("PUT", `/roster-imports/${id}/staff`, { position, membershipId })),
    async rows(id, outcome) {
      const rows: RosterRow[] = [];
      for (let cursor: number | null = 0; cursor !== null;) {
        const query: string = `cursor=${cursor}&limit=200${outcome ? `&outcome=${outcome}` : ""}`;
        const page: RosterRows = await client.get(`/roster-imports/${id}/rows?${query}`);
        rows.push(...page.rows);
        cursor = page.nextCursor;
      }
      return rows;
    },
  };
}
