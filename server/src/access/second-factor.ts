/**
 * The second thing that signing in takes: a code of the person's own second device (TOTP), or a recovery code from
 * paper. Each is good once. The only file that sees a secret.
 * @source RFC 6238: SHA-1, six digits, 30 seconds, as every authenticator app has them; no code twice (5.2)
 */
import { Secret, TOTP } from "otpauth";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { takeRecoveryCode, takeTotpStep, totpOf } from "@doudou/db/repositories/second-factors.ts";
import type { Account } from "@doudou/shared/contract/session.ts";
import type { Role } from "@doudou/shared/domain/words.ts";
import type { Config } from "../config.ts";
import type { Deps } from "../deps.ts";
import { Problem } from "../http/problem.ts";
import { readReadableCode } from "./readable-codes.ts";
import { hashOfToken } from "./sessions.ts";
import { type Attempt, noteOutcome, refuseIfThrottled } from "./throttle.ts";

const SECRET_BYTES = 20;
const PERIOD_S = 30;
/** Steps before and after the present one that are taken too: clocks differ, and people type slowly. */
const LENIENCE = 1;
const ISSUER = "豆豆成长";

interface Given {
  readonly account: Pick<Account, "id" | "login">;
  readonly code: string | undefined;
  readonly address: string;
}

/**
 * Lets pass who has no second device, or gives a code that is right and has not been used.
 * @throws Problem code-needed, code-wrong, too-many-attempts
 */
export async function passSecondFactor(deps: Deps, { account, code, address }: Given): Promise<void> {
  const kept = await deps.database.read(EVERY_SCHOOL, (store) => totpOf(store, account.id));
  if (!kept || kept.confirmedAt === null) return;
  if (code === undefined || code.trim() === "") throw new Problem("code-needed");
  const attempt: Attempt = { of: "code", name: account.id, address, now: deps.now() };
  await refuseIfThrottled(deps.database, attempt);
  const secret = deps.seal.open(kept.sealedSecret, account.id);
  const isRight = (await takeCode(deps, account, secret, code)) || (await takeRecovery(deps, account, code));
  await noteOutcome(deps.database, attempt, isRight);
  if (!isRight) throw new Problem("code-wrong");
}

/** A secret for a new second device. @returns as Base32, and as the address that its app reads from a QR code */
export function newSecret({ login }: Pick<Account, "login">): {
  readonly secret: string;
  readonly address: string;
} {
  const secret = new Secret({ size: SECRET_BYTES });
  return { secret: secret.base32, address: totpWith(secret.base32, login).toString() };
}

/** Whether a code of this secret is right now and has not been given before; it is worth nothing afterwards. */
export async function takeCode(
  deps: Deps,
  { id, login }: Pick<Account, "id" | "login">,
  secret: string,
  typed: string,
): Promise<boolean> {
  const token = typed.normalize("NFKC").replaceAll(/\s/g, "");
  const timestamp = deps.now().getTime();
  const delta = totpWith(secret, login).validate({ token, timestamp, window: LENIENCE });
  if (delta === null) return false;
  const step = Math.floor(timestamp / 1000 / PERIOD_S) + delta;
  return await deps.database.write(EVERY_SCHOOL, (store) => takeTotpStep(store, id, step));
}

/** Whether somebody with these roles has to have a second device here. */
export function needsSecondFactor(config: Config, roles: Iterable<Role>): boolean {
  return config.requiresSecondFactor && [...roles].includes("school-admin");
}

async function takeRecovery(deps: Deps, { id }: Pick<Account, "id">, typed: string): Promise<boolean> {
  const code = readReadableCode(typed);
  if (code === undefined) return false;
  return await deps.database.write(EVERY_SCHOOL, (store) => takeRecoveryCode(store, id, hashOfToken(code)));
}

function totpWith(secret: string, login: string): TOTP {
  return new TOTP({ issuer: ISSUER, label: login, secret, digits: 6, period: PERIOD_S });
}
