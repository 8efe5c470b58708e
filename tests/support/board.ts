/** Families who agree that a board calls their child by name, and a projector that opens one. */
import { v7 as uuidv7 } from "uuid";
import type { Database } from "@doudou/db/engines/database.ts";
import { addConsents } from "@doudou/db/repositories/office.ts";
import type { OpenedBoardLink } from "@doudou/shared/contract/board.ts";
import type { Client } from "./client.ts";
import type { School } from "./school.ts";

const AGREED_AT = new Date("2026-09-02T00:00:00Z");

/** @param withdrawnAt where they changed their mind */
export async function agreeToBoard(
  database: Database,
  school: School,
  children: readonly { readonly id: string }[],
  withdrawnAt: Date | null = null,
): Promise<void> {
  await database.write(school.id, (store) =>
    addConsents(
      store,
      school.id,
      children.map(({ id: studentId }) => ({
        id: uuidv7(),
        studentId,
        guardianMembershipId: school.guardian.membershipId,
        purpose: "board",
        noticeVersion: "1",
        method: "paper",
        grantedAt: AGREED_AT,
        withdrawnAt,
      })),
    ),
  );
}

/** A teacher makes a link to a class's board. @throws when it is refused */
export async function boardLink(
  teacher: Client,
  classId: string,
  { way = "here", showsNumbers = true } = {},
): Promise<OpenedBoardLink> {
  const { status, body } = await teacher.ask("POST", `/classes/${classId}/board-links`, {
    way,
    showsNumbers,
  });
  if (status !== 200) throw new Error(`no board link: ${status} ${body}`);
  return JSON.parse(body) as OpenedBoardLink;
}
