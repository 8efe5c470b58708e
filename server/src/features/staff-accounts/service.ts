/**
 * Staff accounts: who has one, inviting somebody to one, letting somebody back into one. A link is made once, told once,
 * used once; only its hash is kept, and nobody learns another's password.
 */
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import {
  accountByLogin,
  createAccounts,
  endSessionsOfAccount,
  membershipsOfAccount,
  normalisedLogin,
  setPasswordHash,
} from "@doudou/db/repositories/accounts.ts";
import { addMemberships } from "@doudou/db/repositories/office.ts";
import { removePasskeys } from "@doudou/db/repositories/passkeys.ts";
import { namesOfMembers } from "@doudou/db/repositories/people.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import { forgetSecondFactor } from "@doudou/db/repositories/second-factors.ts";
import { removeSignInLinks } from "@doudou/db/repositories/sign-in-providers.ts";
import {
  addStaffLink,
  deleteStaffLinks,
  giveAccount,
  openStaffLinks,
  revokeStaffLinks,
  staffLinkById,
  staffMembers,
  staffWithoutAccount,
  useStaffLink,
} from "@doudou/db/repositories/staff-accounts.ts";
import { forgetTabletPins } from "@doudou/db/repositories/tablets.ts";
import type { Account } from "@doudou/shared/contract/session.ts";
import type {
  InviteMember,
  InviteStaff,
  NewStaffLink,
  ResetStaff,
  StaffAccounts,
  StaffLink,
  StaffLinkView,
  UseStaffLink,
} from "@doudou/shared/contract/staff-accounts.ts";
import { isStaffRole } from "@doudou/shared/domain/staff.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Caller, Grant, Origin } from "../../access/caller.ts";
import type { Opened } from "../../access/hands.ts";
import { isTokenOf, newLinkToken, placeOfToken } from "../../access/link-tokens.ts";
import { refusePassword } from "../../access/passwords.ts";
import { hashOfToken, hashPassword, publicAccount } from "../../access/sessions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { openSession } from "../sessions/service.ts";

const LINK_DAYS = 7;
/** So long it can be asked what became of a link. */
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

type LinkRow = Awaited<ReturnType<typeof openStaffLinks>>[number];

/** Everybody who works at the school and has an account, and the links that are still open. */
export async function staffAccounts(deps: Deps, { schoolId, membershipId }: Grant): Promise<StaffAccounts> {
  const now = deps.now();
  return await deps.database.read(schoolId, async (store) => {
    const members = await staffMembers(store, schoolId);
    const without = await staffWithoutAccount(store, schoolId);
    const links = await openStaffLinks(store, schoolId, now);
    const invited = new Set(links.map((link) => link.membershipId));
    return {
      members: members.flatMap(({ accountId: _, displayName, role, ...member }) =>
        isStaffRole(role)
          ? { ...member, role, name: displayName, isSelf: member.membershipId === membershipId }
          : [],
      ),
      withoutAccount: without.flatMap(({ membershipId: id, displayName: name, role }) =>
        isStaffRole(role) ? { membershipId: id, name, role, isInvited: invited.has(id) } : [],
      ),
      links: links.map(shown),
    };
  });
}

/** Makes a link by which one person opens an account. @throws Problem login-taken for a login that is suggested in vain */
export async function inviteStaff(
  deps: Deps,
  grant: Grant,
  { name, role, login }: InviteStaff,
): Promise<NewStaffLink> {
  const suggested = login === undefined ? null : normalisedLogin(login);
  const invited = { kind: "invitation", displayName: name.trim(), role, login: suggested } as const;
  return await deps.database.write(EVERY_SCHOOL, async (store) => {
    if (suggested !== null && (await accountByLogin(store, suggested))) throw new Problem("login-taken");
    const made = await makeLink(deps, store, grant, { ...invited, membershipId: null });
    await noteChange(store, grant, {
      action: "staff.invite",
      at: deps.now(),
      subjectId: made.link.id,
      after: { name: invited.displayName, role, login: suggested },
    });
    return made;
  });
}

/**
 * Makes a link by which somebody who works here already opens the account; an earlier one is worth nothing from now on.
 * @throws Problem not-found where that is nobody without an account; login-taken
 */
export async function inviteMember(
  deps: Deps,
  grant: Grant,
  membershipId: string,
  { login }: InviteMember,
): Promise<NewStaffLink> {
  const { schoolId } = grant;
  const suggested = login === undefined ? null : normalisedLogin(login);
  return await deps.database.write(EVERY_SCHOOL, async (store) => {
    const without = await staffWithoutAccount(store, schoolId);
    const member = without.find((other) => other.membershipId === membershipId);
    if (!member || !isStaffRole(member.role)) throw new Problem("not-found");
    if (suggested !== null && (await accountByLogin(store, suggested))) throw new Problem("login-taken");
    const { displayName, role } = member;
    const at = deps.now();
    await revokeStaffLinks(store, schoolId, { membershipId }, { membershipId: grant.membershipId, at });
    const made = await makeLink(deps, store, grant, {
      kind: "invitation",
      displayName,
      role,
      login: suggested,
      membershipId,
    });
    await noteChange(store, grant, {
      action: "staff.invite",
      at,
      subjectId: made.link.id,
      after: { name: displayName, role, login: suggested },
    });
    return made;
  });
}

/** Takes a link back. @throws Problem not-found where it is used, over or none of this school's */
export async function takeBackLink(deps: Deps, grant: Grant, id: string): Promise<void> {
  const { schoolId, membershipId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    if ((await revokeStaffLinks(store, schoolId, { id }, { membershipId, at })) === 0)
      throw new Problem("not-found");
    await noteChange(store, grant, {
      action: "staff.invite",
      at,
      subjectId: id,
      after: { isTakenBack: true },
    });
  });
}

/**
 * The password of a member of staff is lost: from now on only a new link lets the person in, and everything that did is
 * over: sessions, PINs on tablets, passkeys, earlier links, providers to sign in by, and the second device where that is lost too.
 * @throws Problem not-found, staff-reset-refused for oneself and for an account that other schools know too
 */
export async function resetStaff(
  deps: Deps,
  grant: Grant,
  membershipId: string,
  { alsoSecondFactor }: ResetStaff,
): Promise<NewStaffLink> {
  const { schoolId } = grant;
  const at = deps.now();
  return await deps.database.write(EVERY_SCHOOL, async (store) => {
    const member = (await staffMembers(store, schoolId)).find((other) => other.membershipId === membershipId);
    if (!member || !isStaffRole(member.role)) throw new Problem("not-found");
    const { accountId, login, displayName, role } = member;
    const everywhere = await membershipsOfAccount(store, accountId);
    const isOwn = everywhere.some(({ id }) => id === grant.membershipId);
    if (isOwn || everywhere.some((other) => other.schoolId !== schoolId))
      throw new Problem("staff-reset-refused");
    await setPasswordHash(store, accountId, null);
    await endSessionsOfAccount(store, accountId);
    await forgetTabletPins(store, { accountId });
    await removeSignInLinks(store, schoolId, accountId, at);
    await removePasskeys(store, accountId);
    if (alsoSecondFactor) await forgetSecondFactor(store, accountId);
    await revokeStaffLinks(store, schoolId, { membershipId }, { membershipId: grant.membershipId, at });
    const made = await makeLink(deps, store, grant, {
      kind: "reset",
      displayName,
      role,
      login,
      membershipId,
    });
    await noteChange(store, grant, {
      action: "staff.reset",
      at,
      subjectId: membershipId,
      after: { name: displayName, login, alsoSecondFactor },
    });
    return made;
  });
}

/** What a link is for. @throws Problem staff-link-over for everything that opens nothing, whatever the reason */
export async function lookAtLink(deps: Deps, token: string): Promise<StaffLinkView> {
  const { kind, schoolName, displayName, role, login, expiresAt } = await linkOf(deps, token);
  return { kind, schoolName, name: displayName, role, login, expiresAt: expiresAt.toISOString() };
}

/**
 * Uses a link: opens the account, or gives it a new password, and signs in.
 * @throws Problem staff-link-over, login-missing, login-taken, password-too-short, password-guessable
 */
export async function takeLink(
  deps: Deps,
  { token, login: chosen, password, locale }: UseStaffLink,
  origin: Origin,
): Promise<Opened> {
  const link = await linkOf(deps, token);
  const login = link.kind === "reset" ? link.login : chosen === undefined ? null : normalisedLogin(chosen);
  if (login === null) throw new Problem("login-missing");
  await refusePassword(password, [login, link.displayName, link.schoolName]);
  const passwordHash = await hashPassword(password);
  const at = deps.now();
  const account = await deps.database.write(EVERY_SCHOOL, async (store) => {
    const { schoolId, id } = link;
    const opening = { login, passwordHash, locale: locale ?? link.locale, at };
    const { account: opened, membershipId } =
      link.kind === "reset"
        ? await reopened(store, link, opening)
        : await openedAccount(store, link, opening);
    // Of two who hold the same link the second finds it used.
    if (!(await useStaffLink(store, schoolId, id, { at, membershipId })))
      throw new Problem("staff-link-over");
    const by: Grant = { schoolId, membershipId, standings: new Set(), isConfined: false, origin };
    await noteChange(store, by, {
      action: "staff.join",
      at,
      subjectId: id,
      after: { name: link.displayName, role: link.role, login, kind: link.kind },
    });
    return opened;
  });
  return await openSession(deps, account, "own-device");
}

/**
 * Takes an invitation with the account that is signed in: no other is opened, and nobody is asked whether there is one.
 * @throws Problem staff-link-over, also for a reset; staff-join-alone for a child's account; staff-joined
 */
export async function takeLinkWithOwnAccount(
  deps: Deps,
  { account, memberships, origin }: Caller,
  token: string,
): Promise<void> {
  const link = await linkOf(deps, token);
  const { schoolId, id, kind, displayName, role } = link;
  if (kind !== "invitation") throw new Problem("staff-link-over");
  if (memberships.some((own) => own.role === "student")) throw new Problem("staff-join-alone");
  const at = deps.now();
  await deps.database.write(EVERY_SCHOOL, async (store) => {
    await store.lock([`staff ${schoolId} ${account.id}`]);
    const own = await membershipsOfAccount(store, account.id);
    if (own.some((other) => other.schoolId === schoolId && other.role === role))
      throw new Problem("staff-joined");
    const membershipId = await joined(store, link, account.id);
    if (!(await useStaffLink(store, schoolId, id, { at, membershipId })))
      throw new Problem("staff-link-over");
    const by: Grant = { schoolId, membershipId, standings: new Set(), isConfined: false, origin };
    const after = { name: displayName, role, login: account.login, kind, isOwnAccount: true };
    await noteChange(store, by, { action: "staff.join", at, subjectId: id, after });
  });
}

interface Opening {
  readonly login: string;
  readonly passwordHash: string;
  readonly locale: Locale;
  readonly at: Date;
}
type KnownLink = Awaited<ReturnType<typeof linkOf>>;
type OpenedAccount = { readonly account: Account; readonly membershipId: string };

async function openedAccount(
  store: Store,
  link: KnownLink,
  { login, passwordHash, locale, at }: Opening,
): Promise<OpenedAccount> {
  if (await accountByLogin(store, login)) throw new Problem("login-taken");
  const account: Account = { id: uuidv7(), login, displayName: link.displayName, locale };
  await createAccounts(store, [{ ...account, passwordHash, createdAt: at }]);
  return { account, membershipId: await joined(store, link, account.id) };
}

/** The account belongs to the school's staff: to whom the invitation is for, or to somebody new. @returns its membership */
async function joined(
  store: Store,
  { schoolId, displayName, role, membershipId }: KnownLink,
  accountId: string,
): Promise<string> {
  if (membershipId !== null) {
    if (!(await giveAccount(store, schoolId, membershipId, accountId))) throw new Problem("staff-link-over");
    return membershipId;
  }
  const id = uuidv7();
  await addMemberships(store, schoolId, [
    { id, accountId, role, displayName, studentId: null, endedAt: null },
  ]);
  return id;
}

async function reopened(
  store: Store,
  { membershipId }: KnownLink,
  { login, passwordHash }: Opening,
): Promise<OpenedAccount> {
  const found = await accountByLogin(store, login);
  if (!found || membershipId === null) throw new Problem("staff-link-over");
  await setPasswordHash(store, found.id, passwordHash);
  return { account: publicAccount(found), membershipId };
}

/** Deletes, in every school, links that have been over for a month. @returns how many */
export async function deleteOldStaffLinks(deps: Deps): Promise<number> {
  const before = new Date(deps.now().getTime() - KEPT_DAYS * DAY_MS);
  let deleted = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds))
    deleted += await deps.database.write(schoolId, (store) => deleteStaffLinks(store, schoolId, before));
  return deleted;
}

async function makeLink(
  deps: Deps,
  store: Store,
  { schoolId, membershipId: createdBy }: Grant,
  link: Pick<LinkRow, "kind" | "displayName" | "role" | "login" | "membershipId">,
): Promise<NewStaffLink> {
  const id = uuidv7();
  const token = newLinkToken({ schoolId, linkId: id });
  const createdAt = deps.now();
  const expiresAt = new Date(createdAt.getTime() + LINK_DAYS * DAY_MS);
  const row = { ...link, id, createdAt, expiresAt };
  await addStaffLink(store, schoolId, { ...row, tokenHash: hashOfToken(token), createdBy });
  const by = (await namesOfMembers(store, schoolId, [createdBy])).get(createdBy) ?? "";
  return { link: shown({ ...row, by }), token };
}

async function linkOf(deps: Deps, token: string) {
  const place = placeOfToken(token);
  if (!place) throw new Problem("staff-link-over");
  const { schoolId, linkId } = place;
  const link = await deps.database.read(schoolId, (store) => staffLinkById(store, schoolId, linkId));
  if (!link || !isTokenOf(link.tokenHash, token)) throw new Problem("staff-link-over");
  const isOpen = link.usedAt === null && link.revokedAt === null && link.expiresAt > deps.now();
  if (!isOpen) throw new Problem("staff-link-over");
  return { ...link, schoolId };
}

function shown({ membershipId: _, displayName, createdAt, expiresAt, ...link }: LinkRow): StaffLink {
  return {
    ...link,
    name: displayName,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
