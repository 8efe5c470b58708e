/** One's own account: its password, and where it is signed in. Nobody else's is ever within reach here. */
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import {
  endSessionsOfAccount,
  sessionsOfAccount,
  setPasswordHash,
} from "@doudou/db/repositories/accounts.ts";
import { forgetTabletPins } from "@doudou/db/repositories/tablets.ts";
import type { ChangePassword, EndedSessions, OwnSessions } from "@doudou/shared/contract/account.ts";
import { type Caller, grantsInSchools } from "../../access/caller.ts";
import { refusePassword } from "../../access/passwords.ts";
import { isGranted } from "../../access/permissions.ts";
import { hashOfToken, hashPassword } from "../../access/sessions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { accountOfPassword } from "../sessions/service.ts";

/**
 * Takes the old password for the new one. All other sessions and every PIN on a tablet are over.
 * @throws Problem wrong-credentials, too-many-attempts, password-too-short, password-guessable
 */
export async function changePassword(
  deps: Deps,
  caller: Caller,
  { password, newPassword }: ChangePassword,
): Promise<void> {
  const { account, memberships, sessionId } = caller;
  await provePassword(deps, caller, password);
  const schools = memberships.map(({ schoolName }) => schoolName);
  await refusePassword(newPassword, [account.login, account.displayName, ...schools], "/newPassword");
  const passwordHash = await hashPassword(newPassword);
  await deps.database.write(EVERY_SCHOOL, async (store) => {
    await setPasswordHash(store, account.id, passwordHash);
    await forgetTabletPins(store, { accountId: account.id });
    const ended = await endSessionsOfAccount(store, account.id, { but: sessionId });
    await noteOwnChange(deps, store, caller, { isPasswordNew: true, sessionsEnded: ended });
  });
}

/** Where the caller is signed in. The handle is a hash of what the database has: no token, no key to anything. */
export async function ownSessions(
  deps: Deps,
  { account, sessionId }: Pick<Caller, "account" | "sessionId">,
): Promise<OwnSessions> {
  const rows = await deps.database.read(EVERY_SCHOOL, (store) =>
    sessionsOfAccount(store, account.id, deps.now()),
  );
  return {
    sessions: rows.map(({ id, createdAt, seenAt, ...row }) => ({
      ...row,
      handle: hashOfToken(id),
      isThis: id === sessionId,
      signedInAt: createdAt.toISOString(),
      seenAt: seenAt && seenAt.toISOString(),
    })),
  };
}

/** Ends one of the caller's own sessions. @throws Problem not-found */
export async function endOwnSession(deps: Deps, caller: Caller, handle: string): Promise<void> {
  const rows = await deps.database.read(EVERY_SCHOOL, (store) =>
    sessionsOfAccount(store, caller.account.id, deps.now()),
  );
  const found = rows.find(({ id }) => hashOfToken(id) === handle);
  if (!found) throw new Problem("not-found");
  await deps.sessions.close(found.id);
  await deps.database.write(EVERY_SCHOOL, (store) =>
    noteOwnChange(deps, store, caller, { sessionsEnded: 1 }),
  );
}

/** The caller goes on here and is signed out everywhere else; no shared tablet knows the caller any longer. */
export async function endOtherSessions(deps: Deps, caller: Caller): Promise<EndedSessions> {
  const { account, sessionId } = caller;
  return await deps.database.write(EVERY_SCHOOL, async (store) => {
    const ended = await endSessionsOfAccount(store, account.id, { but: sessionId });
    await forgetTabletPins(store, { accountId: account.id });
    await noteOwnChange(deps, store, caller, { sessionsEnded: ended });
    return { ended };
  });
}

/** @throws Problem wrong-credentials, too-many-attempts */
export async function provePassword(
  deps: Deps,
  { account, origin }: Caller,
  password: string,
): Promise<void> {
  await accountOfPassword(deps, { login: account.login, password, address: origin.address ?? "" });
}

/** In the log of every school where the caller may do so: the account is the same in all of them. */
export async function noteOwnChange(
  deps: Deps,
  store: Store,
  caller: Caller,
  after: object,
  action: "account.secure" | "account.second-factor" = "account.secure",
): Promise<void> {
  for (const grant of grantsInSchools(caller)) {
    if (isGranted(action, grant.standings)) await noteChange(store, grant, { action, at: deps.now(), after });
  }
}
