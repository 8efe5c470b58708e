/**
 * The one guard. Every route declares who may call it; a route that does not fails at start-up. The guard finds out
 * who is asking and where they stand, asks the permission table, logs staff reads of a child's record before
 * anything is shown, and counts a child's own. No handler decides access by itself.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { type AccountMembership, membershipsOfAccount } from "@doudou/db/repositories/accounts.ts";
import type { Deps } from "../deps.ts";
import { Problem } from "../http/problem.ts";
import { type BoardGrant, requireBoard } from "./board-links.ts";
import {
  type Caller,
  type Grant,
  grantsInSchools,
  isOfStaff,
  type Relations,
  relationsToClass,
  relationsToStudent,
} from "./caller.ts";
import {
  type Action,
  isGranted,
  isViewing,
  isWithinReach,
  isWithinReachBeforeSecondFactor,
  isWithinReachLocked,
  RECORD_READS,
} from "./permissions.ts";
import { refuseOtherAccount, requireSignedIn } from "./cookie.ts";
import { needsSecondFactor } from "./second-factor.ts";
import { noteRead } from "./trail.ts";
import { viewingsCounted } from "./viewings.ts";

/** What a route is about, which tells the relation that counts. */
export type RouteAccess =
  | { readonly to: "everybody" }
  | {
      readonly to: "signed-in";
      readonly whileConfined?: true;
      readonly whileLocked?: true;
      readonly beforeSecondFactor?: true;
    }
  /** Screens that a board link has opened; sessions count for nothing there. */
  | { readonly to: "board" }
  /** `subject`: the parameter that names what is read, where that is neither child nor class. */
  | { readonly to: "members"; readonly action: Action; readonly subject?: string }
  | { readonly to: "class" | "student"; readonly action: Action };

declare module "fastify" {
  interface FastifyContextConfig {
    access?: RouteAccess;
  }
  interface FastifyRequest {
    /** Set by the guard on every route but those for everybody and for boards. */
    caller: Caller;
    /** Set by the guard on routes about a class or a student, and on routes for members: the first membership that grants. */
    grant: Grant;
    /** Set by the guard on routes for boards. */
    board: BoardGrant;
  }
}

const ID = /^[0-9a-f-]{36}$/i;

const RELATIONS_TO = { class: relationsToClass, student: relationsToStudent };

export interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
  readonly access: RouteAccess;
}

/**
 * Puts the guard before every route of `app`.
 * @returns the routes declared so far, for the test that calls each as each role
 * @throws at start-up, for a route that declares no access
 */
export function installGuard(app: FastifyInstance, deps: Deps): readonly DeclaredRoute[] {
  const declared: DeclaredRoute[] = [];
  const countViewing = viewingsCounted(deps);
  app.decorateRequest("caller");
  app.decorateRequest("grant");
  app.decorateRequest("board");

  app.addHook("onRoute", (route) => {
    const access = route.config?.access;
    if (!access)
      throw new Error(
        `${String(route.method)} ${route.url} does not declare who may call it (config.access)`,
      );
    for (const method of [route.method].flat()) declared.push({ method, url: route.url, access });
  });

  app.addHook("preValidation", async (request, reply) => {
    const access = request.routeOptions.config.access;
    if (!access || access.to === "everybody") return;
    if (access.to === "board") {
      request.board = await requireBoard(deps, request);
      return;
    }
    request.caller = await callerOf(deps, request, reply);
    if (request.caller.isLocked && !isForLocked(access)) throw new Problem("session-locked");
    if (request.caller.lacksSecondFactor && !isBeforeSecondFactor(access))
      throw new Problem("second-factor-missing");
    if (access.to === "signed-in") {
      if (request.caller.isConfined && !access.whileConfined) throw new Problem("session-confined");
      return;
    }
    request.grant = await grantFor(deps, request, access);
    const isOwn = request.grant.standings.has("student:self");
    const viewerId = isOwn && isViewing(access.action) ? subjectOf(request, "student") : undefined;
    if (viewerId !== undefined) await countViewing(request.grant.schoolId, viewerId);
    if (RECORD_READS.has(access.action)) await logIfStaff(deps, request, access);
  });
  return declared;
}

/** What is asked of a locked device before anything else: not even whether something exists does it learn. */
function isForLocked(access: Exclude<RouteAccess, { to: "everybody" | "board" }>): boolean {
  return access.to === "signed-in" ? access.whileLocked === true : isWithinReachLocked(access.action);
}

/** What an administrator may ask for before a second device is set up, where that is required. */
function isBeforeSecondFactor(access: Exclude<RouteAccess, { to: "everybody" | "board" }>): boolean {
  return access.to === "signed-in"
    ? access.beforeSecondFactor === true
    : isWithinReachBeforeSecondFactor(access.action);
}

/** Whether somebody who was let through to a class or a student still would be: session, membership and relation stand. */
export async function isStillGranted(
  deps: Deps,
  caller: Caller,
  action: Action,
  about: { readonly to: "class" | "student"; readonly id: string },
): Promise<boolean> {
  if (!(await deps.sessions.isOpen(caller.sessionId, deps.now()))) return false;
  const memberships = await membershipsOf(deps, caller.account.id);
  const find = RELATIONS_TO[about.to];
  const relations = await deps.database.read(EVERY_SCHOOL, (store) =>
    find(store, { ...caller, memberships }, about.id, deps.now()),
  );
  return relations.exists && relations.grants.some(({ standings }) => isGranted(action, standings));
}

/** Through which membership the caller may do something in each of these classes. Those where it may not are left out. */
export async function grantsInClasses(
  deps: Deps,
  caller: Caller,
  action: Action,
  classIds: readonly string[],
): Promise<ReadonlyMap<string, Grant>> {
  const grants = new Map<string, Grant>();
  await deps.database.read(EVERY_SCHOOL, async (store) => {
    for (const classId of classIds) {
      const relations = await relationsToClass(store, caller, classId, deps.now());
      const grant = relations.exists && relations.grants.find((g) => isGranted(action, g.standings));
      if (grant) grants.set(classId, grant);
    }
  });
  return grants;
}

async function callerOf(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
  const signedIn = await requireSignedIn(deps, request, reply);
  refuseOtherAccount(request, signedIn);
  const { account, sessionId, place, isConfined, isLocked, hasSecondFactor } = signedIn;
  const isOnSharedTablet = place === "shared-tablet";
  const memberships = await membershipsOf(deps, account.id);
  const origin = { requestId: request.id, address: request.ip };
  const roles = memberships.map(({ role }) => role);
  const lacksSecondFactor = !hasSecondFactor && needsSecondFactor(deps.config, roles);
  return {
    account,
    origin,
    sessionId,
    isConfined,
    isOnSharedTablet,
    isLocked,
    lacksSecondFactor,
    memberships,
  };
}

function membershipsOf(deps: Deps, accountId: string): AccountMembership[] | Promise<AccountMembership[]> {
  return deps.database.recall(EVERY_SCHOOL, `memberships ${accountId}`, (store) =>
    membershipsOfAccount(store, accountId),
  );
}

/**
 * @throws Problem not-found where the caller's schools have no such thing, forbidden where they have it and the table
 * says no, session-confined where the table says yes but not to a tablet that anybody may have picked up
 */
async function grantFor(
  deps: Deps,
  request: FastifyRequest,
  access: Extract<RouteAccess, { action: Action }>,
): Promise<Grant> {
  const relations = await relationsFor(deps, request, access);
  if (!relations.exists) throw new Problem("not-found");
  const grant = relations.grants.find((g) => isGranted(access.action, g.standings));
  if (!grant) throw new Problem("forbidden");
  if (!isWithinReach(access.action, grant.isConfined)) throw new Problem("session-confined");
  return grant;
}

async function relationsFor(
  deps: Deps,
  request: FastifyRequest,
  access: Extract<RouteAccess, { action: Action }>,
): Promise<Relations> {
  const { caller } = request;
  if (access.to === "members") return { exists: true, grants: grantsInSchools(caller) };
  const find = RELATIONS_TO[access.to];
  const id = subjectOf(request, access.to);
  if (id === undefined) throw new Problem("not-found");
  return await deps.database.read(EVERY_SCHOOL, (store) => find(store, caller, id, deps.now()));
}

/** The class or student a request is about: `:classId`, `:studentId`, or `?classId=`. */
function subjectOf(request: FastifyRequest, of: "class" | "student"): string | undefined {
  return idIn(request, of === "class" ? "classId" : "studentId");
}

function idIn(request: FastifyRequest, name: string): string | undefined {
  const params = request.params as Record<string, unknown>;
  const query = request.query as Record<string, unknown>;
  const id = params[name] ?? query[name];
  // The guard comes before the contract is checked: what is no id at all must not reach the database.
  return typeof id === "string" && ID.test(id) ? id : undefined;
}

async function logIfStaff(
  deps: Deps,
  request: FastifyRequest,
  access: Extract<RouteAccess, { action: Action }>,
): Promise<void> {
  const { grant } = request;
  const { action } = access;
  if (!isOfStaff(grant)) return;
  const { studentId } = request.params as { studentId?: string };
  const classId = studentId === undefined ? subjectOf(request, "class") : undefined;
  const named = access.to === "members" ? access.subject : undefined;
  const subjectId = named === undefined ? undefined : idIn(request, named);
  const read = { action, at: deps.now(), studentId, classId, subjectId };
  await deps.database.write(grant.schoolId, (store) => noteRead(store, grant, read));
}
