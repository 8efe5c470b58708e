/**
 * What a board link opens: one class's board, for a part of one day, and nothing else. The token carries the school and
 * the link, so that no table is searched for it, and a secret of which only the SHA-256 is kept. It comes as a cookie
 * that goes to this one board's addresses only, or as a bearer token; a session counts for nothing here.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { boardLinkById } from "@doudou/db/repositories/boards.ts";
import { assignmentsOf } from "@doudou/db/repositories/people.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Deps } from "../deps.ts";
import { Problem } from "../http/problem.ts";
import { teaching } from "./caller.ts";
import { secondsUntil } from "./cookie.ts";
import { isGranted } from "./permissions.ts";
import { hashOfToken } from "./sessions.ts";

/** Whose board a link shows, and how. */
export interface BoardGrant {
  readonly schoolId: string;
  readonly linkId: string;
  readonly classId: string;
  readonly showsNumbers: boolean;
  readonly expiresAt: Date;
}

const BOARD_COOKIE = "doudou_board";
const ID_BYTES = 16;
const SECRET_BYTES = 24;
const BEARER = /^Bearer ([0-9A-Za-z_-]+)$/;

/** A new token for a link. */
export function newBoardToken(schoolId: string, linkId: string): string {
  return Buffer.concat([bytesOf(schoolId), bytesOf(linkId), randomBytes(SECRET_BYTES)]).toString("base64url");
}

/**
 * What a token opens now.
 * @throws Problem board-link-over for everything that opens nothing, whatever the reason
 */
export async function boardOf(deps: Deps, token: string | undefined): Promise<BoardGrant> {
  const named = token === undefined ? undefined : placeOf(token);
  if (token === undefined || named === undefined) throw new Problem("board-link-over");
  const { schoolId, linkId } = named;
  const link = await deps.database.read(schoolId, (store) => boardLinkById(store, schoolId, linkId));
  if (!link?.tokenHash || !isSame(link.tokenHash, hashOfToken(token))) throw new Problem("board-link-over");
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

function placeOf(token: string): { schoolId: string; linkId: string } | undefined {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== 2 * ID_BYTES + SECRET_BYTES) return undefined;
  return {
    schoolId: idOf(bytes.subarray(0, ID_BYTES)),
    linkId: idOf(bytes.subarray(ID_BYTES, 2 * ID_BYTES)),
  };
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll("-", ""), "hex");
}

function idOf(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
