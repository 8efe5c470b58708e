/**
 * What a board link opens: one class's board, for a part of one day, and nothing else. The token (link-tokens.ts)
 * comes as a cookie that goes to this one board's addresses only, or as a bearer token; a session counts for nothing
 * here.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { boardLinkById } from "@doudou/db/repositories/boards.ts";
import { assignmentsOf } from "@doudou/db/repositories/people.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Deps } from "../deps.ts";
import { Problem } from "../http/problem.ts";
import { teaching } from "./caller.ts";
import { secondsUntil } from "./cookie.ts";
import { isTokenOf, placeOfToken } from "./link-tokens.ts";
import { isGranted } from "./permissions.ts";

/** Whose board a link shows, and how. */
export interface BoardGrant {
  readonly schoolId: string;
  readonly linkId: string;
  readonly classId: string;
  readonly showsNumbers: boolean;
  readonly expiresAt: Date;
}

const BOARD_COOKIE = "doudou_board";
const BEARER = /^Bearer ([0-9A-Za-z_-]+)$/;

/**
 * What a token opens now.
 * @throws Problem board-link-over for everything that opens nothing, whatever the reason
 */
export async function boardOf(deps: Deps, token: string | undefined): Promise<BoardGrant> {
  const named = token === undefined ? undefined : placeOfToken(token);
  if (token === undefined || named === undefined) throw new Problem("board-link-over");
  const { schoolId, linkId } = named;
  const link = await deps.database.read(schoolId, (store) => boardLinkById(store, schoolId, linkId));
  if (!link?.tokenHash || !isTokenOf(link.tokenHash, token)) throw new Problem("board-link-over");
  const { classId, showsNumbers, expiresAt, createdBy } = link;
  const grant = { schoolId, linkId, classId, showsNumbers, expiresAt };
  if (expiresAt <= deps.now() || !(await mayStillShow(deps, grant, createdBy)))
    throw new Problem("board-link-over");
  return grant;
}

/** @throws Problem board-link-over */
export async function requireBoard(deps: Deps, request: FastifyRequest): Promise<BoardGrant> {
  const [, bearer] = BEARER.exec(request.headers.authorization ?? "") ?? [];
  const grant = await boardOf(deps, bearer ?? request.cookies[BOARD_COOKIE]);
  const { linkId } = request.params as { linkId?: string };
  if (grant.linkId !== linkId) throw new Problem("board-link-over");
  return grant;
}

/** Whether a board that was let through still would be: the link stands, and who made it still teaches the class. */
export async function isStillShown(deps: Deps, { schoolId, linkId }: BoardGrant): Promise<boolean> {
  const link = await deps.database.read(schoolId, (store) => boardLinkById(store, schoolId, linkId));
  return (
    link !== undefined &&
    link.expiresAt > deps.now() &&
    (await mayStillShow(deps, { schoolId, classId: link.classId }, link.createdBy))
  );
}

/** The token goes back to the addresses of its own board and to nothing else. */
export function setBoardCookie(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  { linkId, expiresAt }: Pick<BoardGrant, "linkId" | "expiresAt">,
): void {
  reply.setCookie(BOARD_COOKIE, token, {
    path: `/api/v1/board/${linkId}`,
    httpOnly: true,
    sameSite: "strict",
    secure: request.protocol === "https",
    maxAge: secondsUntil(expiresAt, deps),
  });
}

async function mayStillShow(
  deps: Deps,
  { schoolId, classId }: Pick<BoardGrant, "schoolId" | "classId">,
  membershipId: string,
): Promise<boolean> {
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), timeZone);
  const assignments = await deps.database.read(schoolId, (store) =>
    assignmentsOf(store, schoolId, membershipId),
  );
  return isGranted("board.open", teaching(assignments, classId, today));
}
