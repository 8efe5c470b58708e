/** Setting up a second device, doing without it again, and the recovery codes for the day it is lost. */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import {
  confirmTotp,
  countRecoveryCodes,
  forgetSecondFactor,
  proposeTotp,
  replaceRecoveryCodes,
  totpOf,
} from "@doudou/db/repositories/second-factors.ts";
import type { ProposedSecondFactor, RecoveryCodes, SecondFactor } from "@doudou/shared/contract/account.ts";
import type { Caller } from "../../access/caller.ts";
import { newReadableCode } from "../../access/readable-codes.ts";
import { needsSecondFactor, newSecret, takeCode } from "../../access/second-factor.ts";
import { hashOfToken } from "../../access/sessions.ts";
import { noteOutcome, refuseIfThrottled } from "../../access/throttle.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { noteOwnChange, provePassword } from "./service.ts";

const RECOVERY_CODES = 10;

export async function secondFactorOf(deps: Deps, caller: Caller): Promise<SecondFactor> {
  const { id } = caller.account;
  return await deps.database.read(EVERY_SCHOOL, async (store) => ({
    since: (await totpOf(store, id))?.confirmedAt?.toISOString() ?? null,
    recoveryCodesLeft: await countRecoveryCodes(store, id),
    isRequired: isRequiredOf(deps, caller),
  }));
}

/**
 * Begins: a secret for the app on the second device. It counts once a code of it is given.
 * @throws Problem wrong-credentials, second-factor-changed where there is a second device already
 */
export async function proposeSecondFactor(
  deps: Deps,
  caller: Caller,
  password: string,
): Promise<ProposedSecondFactor> {
  const { account } = caller;
  await provePassword(deps, caller, password);
  const proposed = newSecret(account);
  const sealedSecret = deps.seal.close(proposed.secret, account.id);
  await deps.database.write(EVERY_SCHOOL, async (store) => {
    if ((await totpOf(store, account.id))?.confirmedAt) throw new Problem("second-factor-changed");
    await proposeTotp(store, account.id, { sealedSecret, createdAt: deps.now() });
  });
  return proposed;
}

/**
 * A first code shows that the app has the secret: it counts from now on.
 * @throws Problem second-factor-changed where nothing was begun, code-wrong, too-many-attempts
 */
export async function confirmSecondFactor(deps: Deps, caller: Caller, code: string): Promise<RecoveryCodes> {
  const { account, origin } = caller;
  const attempt = { of: "code", name: account.id, address: origin.address ?? "", now: deps.now() } as const;
  await refuseIfThrottled(deps.database, attempt);
  const begun = await deps.database.read(EVERY_SCHOOL, (store) => totpOf(store, account.id));
  if (!begun || begun.confirmedAt !== null) throw new Problem("second-factor-changed");
  const isRight = await takeCode(deps, account, deps.seal.open(begun.sealedSecret, account.id), code);
  await noteOutcome(deps.database, attempt, isRight);
  if (!isRight) throw new Problem("code-wrong");
  const codes = newCodes();
  await deps.database.write(EVERY_SCHOOL, async (store) => {
    const still = await totpOf(store, account.id);
    if (still?.sealedSecret !== begun.sealedSecret || still.confirmedAt !== null)
      throw new Problem("second-factor-changed");
    await confirmTotp(store, account.id, deps.now());
    await replaceRecoveryCodes(store, account.id, codes.map(hashOfToken));
    await noteOwnChange(deps, store, caller, { hasSecondFactor: true }, "account.second-factor");
  });
  return { codes };
}

/** The password alone lets in again. @throws Problem wrong-credentials, second-factor-required for administrators */
export async function dropSecondFactor(deps: Deps, caller: Caller, password: string): Promise<void> {
  const { account } = caller;
  await provePassword(deps, caller, password);
  if (isRequiredOf(deps, caller)) throw new Problem("second-factor-required");
  await deps.database.write(EVERY_SCHOOL, async (store) => {
    await forgetSecondFactor(store, account.id);
    await noteOwnChange(deps, store, caller, { hasSecondFactor: false }, "account.second-factor");
  });
}

/** New recovery codes in place of the old. @throws Problem wrong-credentials, second-factor-changed where there is no second device */
export async function renewRecoveryCodes(
  deps: Deps,
  caller: Caller,
  password: string,
): Promise<RecoveryCodes> {
  const { account } = caller;
  await provePassword(deps, caller, password);
  const codes = newCodes();
  await deps.database.write(EVERY_SCHOOL, async (store) => {
    if (!(await totpOf(store, account.id))?.confirmedAt) throw new Problem("second-factor-changed");
    await replaceRecoveryCodes(store, account.id, codes.map(hashOfToken));
    await noteOwnChange(deps, store, caller, { recoveryCodes: codes.length }, "account.second-factor");
  });
  return { codes };
}

function newCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, newReadableCode);
}

function isRequiredOf({ config }: Deps, { memberships }: Caller): boolean {
  return needsSecondFactor(
    config,
    memberships.map(({ role }) => role),
  );
}
