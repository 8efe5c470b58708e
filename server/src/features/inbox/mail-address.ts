/**
 * One's own address for mail, the same in every school one belongs to. Nothing but a code is sent there before it is
 * confirmed; the code works once, for half an hour, and is not asked for again and again at a stranger's cost.
 */
import { randomInt } from "node:crypto";
import { addDeliveries } from "@doudou/db/repositories/deliveries.ts";
import {
  confirmMailAddress,
  countWrongCode,
  forgetMailAddress,
  keepMailAddress,
  type MailAddress,
  mailAddressOf,
  switchMail,
} from "@doudou/db/repositories/mail-addresses.ts";
import type { OwnMail } from "@doudou/shared/contract/mail-address.ts";
import { maskedAddress } from "@doudou/shared/domain/notices.ts";
import { v7 as uuidv7 } from "uuid";
import { type Caller, type Grant, grantsInSchools } from "../../access/caller.ts";
import { newLinkToken, placeOfToken } from "../../access/link-tokens.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

const CODE_LASTS_MS = 30 * 60_000;
const NEXT_CODE_AFTER_MS = 60_000;
const CODES_A_DAY = 5;
const DAY_MS = 86_400_000;
const MOST_WRONG = 5;

/** What is known of one's own address. */
export async function ownMail(deps: Deps, caller: Caller): Promise<OwnMail> {
  const [first] = ownersOf(caller);
  const found = first && (await addressIn(deps, first));
  const isConfirmed = (found?.confirmedAt ?? null) !== null;
  return {
    isOffered: deps.channels.mail !== undefined,
    address: found?.address ?? null,
    isConfirmed,
    isOn: found?.isOn === true && isConfirmed,
  };
}

/**
 * Takes an address down and sends it a code.
 *
 * Each school keeps its own row and is written by itself: no write of a person reaches over two schools. Nothing is
 * written before every school has agreed, and the first school, which sends the code and tells the page what is known,
 * comes last. Whatever stops it on the way, no code is under way then, the page shows what it did before, and entering
 * the address again writes all of them anew; until then a school it has reached sends no mail.
 * @throws Problem mail-off, mail-code-too-soon
 */
export async function enterAddress(deps: Deps, caller: Caller, entered: string): Promise<OwnMail> {
  if (!deps.channels.mail) throw new Problem("mail-off");
  const at = deps.now();
  const address = entered.trim();
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const owners = ownersOf(caller);
  for (const owner of owners) requireCodeFree(await addressIn(deps, owner), at);
  for (const grant of owners.toReversed()) {
    const { schoolId, membershipId } = grant;
    const sealed = deps.seal.close(code, membershipId);
    const stopToken = newLinkToken({ schoolId, linkId: membershipId });
    await deps.database.write(schoolId, async (store) => {
      const before = await mailAddressOf(store, schoolId, membershipId);
      requireCodeFree(before, at);
      const { codes, codesSince } = countOf(before, at);
      await keepMailAddress(store, schoolId, {
        membershipId,
        address,
        confirmedAt: null,
        isOn: true,
        code: sealed,
        codeMadeAt: at,
        wrongCodes: 0,
        codes: codes + 1,
        codesSince,
        stopToken,
      });
      const delivery = {
        id: uuidv7(),
        channel: "mail",
        kind: "address-code",
        recipientId: membershipId,
      } as const;
      if (grant === owners[0])
        await addDeliveries(store, schoolId, [{ ...delivery, happenedAt: at, dueAt: at }]);
      // Masked: the log is kept longer than the address.
      const after = { address: maskedAddress(address) };
      await noteChange(store, grant, { action: "inbox.choose-mail", at, after });
    });
  }
  return await ownMail(deps, caller);
}

/** Confirms an address by the code that was sent there. @throws Problem mail-code-wrong for any other, and for one too old */
export async function confirmAddress(deps: Deps, caller: Caller, code: string): Promise<OwnMail> {
  const at = deps.now();
  for (const grant of ownersOf(caller)) {
    const { schoolId, membershipId } = grant;
    const isRight = await deps.database.write(schoolId, async (store) => {
      await store.lock([`${schoolId}/mail-code/${membershipId}`]);
      const found = await mailAddressOf(store, schoolId, membershipId);
      if (!found || !isOpen(found, at)) return false;
      if (deps.seal.open(found.code ?? "", membershipId) !== code) {
        await countWrongCode(store, schoolId, membershipId);
        return false;
      }
      await confirmMailAddress(store, schoolId, membershipId, at);
      const after = { address: maskedAddress(found.address), isConfirmed: true };
      await noteChange(store, grant, { action: "inbox.choose-mail", at, after });
      return true;
    });
    if (!isRight) throw new Problem("mail-code-wrong");
  }
  return await ownMail(deps, caller);
}

/** Switches mail on or off; the address stays. */
export async function chooseMail(deps: Deps, caller: Caller, isOn: boolean): Promise<OwnMail> {
  const at = deps.now();
  for (const grant of ownersOf(caller))
    await deps.database.write(grant.schoolId, async (store) => {
      const isNew = await switchMail(store, grant.schoolId, grant.membershipId, isOn);
      if (isNew) await noteChange(store, grant, { action: "inbox.choose-mail", at, after: { isOn } });
    });
  return await ownMail(deps, caller);
}

/** Forgets one's address everywhere. */
export async function dropAddress(deps: Deps, caller: Caller): Promise<void> {
  const at = deps.now();
  for (const grant of ownersOf(caller))
    await deps.database.write(grant.schoolId, async (store) => {
      const isGone = await forgetMailAddress(store, grant.schoolId, grant.membershipId);
      if (isGone) await noteChange(store, grant, { action: "inbox.choose-mail", at, after: { isOn: false } });
    });
}

/** Ends mail by a link from one of them. Says nothing of whether the link was any. */
export async function stopMail(deps: Deps, token: string, origin: Grant["origin"]): Promise<void> {
  const place = placeOfToken(token);
  if (!place) return;
  const { schoolId, linkId: membershipId } = place;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const found = await mailAddressOf(store, schoolId, membershipId);
    if (found?.stopToken !== token) return;
    const isNew = await switchMail(store, schoolId, membershipId, false);
    const by: Grant = { schoolId, membershipId, standings: new Set(), isConfined: false, origin };
    if (isNew) await noteChange(store, by, { action: "inbox.stop-mail", at, after: { isOn: false } });
  });
}

function ownersOf(caller: Caller): Grant[] {
  return grantsInSchools(caller).filter(({ standings }) => isGranted("inbox.choose-mail", standings));
}

function addressIn(deps: Deps, { schoolId, membershipId }: Grant): Promise<MailAddress | undefined> {
  return deps.database.read(schoolId, (store) => mailAddressOf(store, schoolId, membershipId));
}

function countOf(before: MailAddress | undefined, at: Date): { codes: number; codesSince: Date } {
  const isSameDay = before !== undefined && at.getTime() - before.codesSince.getTime() < DAY_MS;
  return isSameDay ? before : { codes: 0, codesSince: at };
}

/** @throws Problem mail-code-too-soon */
function requireCodeFree(before: MailAddress | undefined, at: Date): void {
  const { codes, codesSince } = countOf(before, at);
  const waitMs = Math.max(
    (before?.codeMadeAt?.getTime() ?? 0) + NEXT_CODE_AFTER_MS - at.getTime(),
    codes >= CODES_A_DAY ? codesSince.getTime() + DAY_MS - at.getTime() : 0,
  );
  if (waitMs > 0) throw new Problem("mail-code-too-soon", { retryAfter: Math.ceil(waitMs / 1000) });
}

function isOpen({ code, codeMadeAt, wrongCodes }: MailAddress, at: Date): boolean {
  const age = codeMadeAt === null ? Infinity : at.getTime() - codeMadeAt.getTime();
  return code !== null && age <= CODE_LASTS_MS && wrongCodes < MOST_WRONG;
}
