/**
 * Credentials (数字凭证): a badge or a whole record, signed by the school, for the family to take anywhere; and the word of
 * the school on one that comes back. What is given out is on file, so that it can be taken back.
 */
import { createHash } from "node:crypto";
import { compactVerify, decodeProtectedHeader, errors } from "jose";
import { v5 as uuidv5 } from "uuid";
import type { Store } from "@doudou/db/engines/database.ts";
import { badgeAwardsOf } from "@doudou/db/repositories/badge-quests.ts";
import {
  addCredential,
  credentialById,
  credentialsOfChild,
  withdrawCredential as withdrawInStore,
} from "@doudou/db/repositories/credentials.ts";
import { honoursOf } from "@doudou/db/repositories/honours.ts";
import { studentById } from "@doudou/db/repositories/people.ts";
import { schoolKeysOf } from "@doudou/db/repositories/school-keys.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import { publishedSummaries, publishedTermsOf } from "@doudou/db/repositories/summaries.ts";
import type {
  CredentialInput,
  CredentialVerification,
  GivenCredentials,
  SignedCredential,
} from "@doudou/shared/contract/credentials.ts";
import { type CredentialKind, MOST_CREDENTIALS } from "@doudou/shared/domain/credential-words.ts";
import type { Dimension, Locale } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { hasSettled } from "../badges/service.ts";
import {
  badgeCredential,
  type Credential,
  honourCredential,
  payloadOf,
  recordCredential,
  type Setting,
  summaryCredential,
} from "./achievements.ts";
import { credentialWords, type NameOf } from "./credential-words.ts";
import { addressesOf, sign, signingKey } from "./keys.ts";

export { issuerProfile, keysForOffice, publicKey, publicKeys, renewKey } from "./keys.ts";
export { sign, signingKey };

interface OfCredential {
  readonly studentId: string;
  readonly credentialId: string;
}

/** How this server is reached from outside, and the language the credential is to speak. */
interface Asked {
  readonly origin: string;
  readonly locale: Locale;
}

/**
 * Signs a credential and puts on file that it was given out. Asking for the same again gives the same, to the letter.
 * @throws Problem not-found, badge-not-found, credential-name-refused, credential-id-conflict, credentials-enough
 */
export async function makeCredential(
  deps: Deps,
  grant: Grant,
  { studentId, credentialId: id }: OfCredential,
  { questId, isNamed }: CredentialInput,
  { origin, locale }: Asked,
): Promise<SignedCredential> {
  const { schoolId, membershipId: issuedBy } = grant;
  if (isNamed && !isGranted("credential.name", grant.standings)) throw new Problem("credential-name-refused");
  const frame = await deps.frames.of(schoolId);
  const key = await signingKey(deps, grant);
  const now = deps.now();
  const { credential, fileName, given, issuedAt } = await deps.database.read(schoolId, async (store) => {
    const student = await studentById(store, schoolId, studentId);
    if (!student) throw new Problem("not-found");
    const kept = await credentialById(store, schoolId, id);
    const of = await credentialsOfChild(store, schoolId, studentId);
    if (!kept && of.length >= MOST_CREDENTIALS) throw new Problem("credentials-enough");
    const at = kept?.issuedAt ?? now;
    const setting: Setting = {
      issuer: { id: addressesOf(origin, schoolId).issuer, name: frame.name, url: origin },
      subject: { id: `urn:uuid:${uuidv5(studentId, schoolId)}`, name: isNamed ? student.name : null },
      at,
      locale,
      nameOf: namesIn(frame, locale),
    };
    const uri = `urn:uuid:${id}`;
    const said =
      questId === null
        ? await recordOf(store, frame, { studentId, uri, setting, now })
        : await badgeOf(store, frame, { studentId, questId, uri, setting, now });
    return { ...said, given: kept, issuedAt: at };
  });
  const jws = await sign(deps, { schoolId, origin, key }, payloadOf(credential));
  const sha256 = hashOf(jws);
  const signed = { id, fileName, jws };
  if (given) {
    if (given.studentId === studentId && given.sha256 === sha256) return signed;
    throw new Problem("credential-id-conflict");
  }
  const kind: CredentialKind = questId === null ? "record" : "badge";
  const row = { id, studentId, kind, questId, keyId: key.id, sha256, isNamed, issuedBy, issuedAt };
  await deps.database.write(schoolId, async (store) => {
    if (!(await addCredential(store, schoolId, row))) throw new Problem("credential-id-conflict");
    const after = { kind, isNamed, sha256 };
    const change = { action: "credential.make", at: now, studentId, subjectId: id, after } as const;
    await noteChange(store, grant, change);
  });
  return signed;
}

interface Within {
  readonly studentId: string;
  readonly uri: string;
  readonly setting: Setting;
  readonly now: Date;
}
interface Written {
  readonly credential: Credential;
  readonly fileName: string;
}

async function badgeOf(
  store: Store,
  { schoolId }: SchoolFrame,
  { studentId, questId, uri, setting, now }: Within & { readonly questId: string },
): Promise<Written> {
  const all = await badgeAwardsOf(store, schoolId, [studentId]);
  // What may still be taken back is not signed.
  const kept = all.find((badge) => badge.questId === questId && hasSettled(badge, now));
  if (!kept) throw new Problem("badge-not-found");
  const credential = badgeCredential(setting, uri, kept);
  return { credential, fileName: `${credential.name}.jwt` };
}

async function recordOf(
  store: Store,
  { schoolId }: SchoolFrame,
  { studentId, uri, setting, now }: Within,
): Promise<Written> {
  const badges = (await badgeAwardsOf(store, schoolId, [studentId])).filter((kept) => hasSettled(kept, now));
  const honours = (await honoursOf(store, schoolId, studentId)).filter(({ state }) => state === "confirmed");
  const summaries = [];
  for (const { termId } of await publishedTermsOf(store, schoolId, studentId))
    summaries.push(...(await publishedSummaries(store, schoolId, termId, [studentId])));
  const held = [
    ...summaries.map((row) =>
      summaryCredential(setting, `urn:uuid:${uuidv5(`${studentId}/${row.termId}`, schoolId)}`, row),
    ),
    ...badges.map((kept) => badgeCredential(setting, `urn:uuid:${kept.questId}`, kept)),
    ...honours.map((honour) => honourCredential(setting, honour)),
  ];
  // CLR 2.0, B.1.3: at least one.
  if (held.length === 0) throw new Problem("credential-empty");
  return {
    credential: recordCredential(setting, uri, held),
    fileName: `${credentialWords(setting.locale).fileOfRecord}.jwt`,
  };
}

/** What a rule's codes are called; a code that is not there any more is told as it is. */
function namesIn({ points }: SchoolFrame, locale: Locale): NameOf {
  const said = ({ zh, en }: { zh: string; en: string }) => (locale === "en" ? en : zh);
  const all = [...points.values()];
  return (of, code) => {
    if (of === "dimension") return credentialWords(locale).dimensions[code as Dimension];
    const found =
      of === "point"
        ? all.find((point) => point.code === code)?.name
        : all.find((point) => point.indicatorCode === code)?.indicator;
    return found ? said(found) : code;
  };
}

function hashOf(jws: string): string {
  return createHash("sha256").update(jws).digest("hex");
}

/** What was given out of a child. */
export async function givenCredentials(
  deps: Deps,
  { schoolId, standings }: Grant,
  studentId: string,
): Promise<GivenCredentials> {
  const lines = await deps.database.read(schoolId, (store) => credentialsOfChild(store, schoolId, studentId));
  return {
    credentials: lines.map(({ id, kind, badge, isNamed, issuedAt, by, withdrawnAt }) => ({
      id,
      kind,
      badge,
      isNamed,
      issuedAt: issuedAt.toISOString(),
      by,
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
    })),
    mayMake: isGranted("credential.make", standings),
    mayName: isGranted("credential.name", standings),
    mayWithdraw: isGranted("credential.withdraw", standings),
  };
}

/** Takes a credential back: whoever asks about it is told so. Taking it back again changes nothing. @throws Problem credential-not-found */
export async function withdrawCredential(
  deps: Deps,
  grant: Grant,
  { studentId, credentialId: id }: OfCredential,
): Promise<GivenCredentials> {
  const { schoolId, membershipId: by } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const row = await credentialById(store, schoolId, id);
    if (row?.studentId !== studentId) throw new Problem("credential-not-found");
    if (!(await withdrawInStore(store, schoolId, id, { by, at }))) return;
    const told = { before: { kind: row.kind, isWithdrawn: false }, after: { isWithdrawn: true } };
    await noteChange(store, grant, { action: "credential.withdraw", at, studentId, subjectId: id, ...told });
  });
  return await givenCredentials(deps, grant, studentId);
}

/** Whether a key is one that a school here signs or has signed with. @param keyId RFC 7638 thumbprint */
export async function isKeyOf(
  { database }: Deps,
  { schoolId, keyId }: { readonly schoolId: string; readonly keyId: string },
): Promise<boolean> {
  const keys = await database.read(schoolId, (store) => schoolKeysOf(store, schoolId));
  return keys.some(({ id }) => id === keyId);
}

/** `…/schools/<id>/keys/<thumbprint>`: whatever the server was called when it signed. */
const KEY_ADDRESS = /\/schools\/([0-9a-f-]{36})\/keys\/([\w-]{43})$/;

/**
 * Whether a file is a credential of a school here, and still stands; nothing of what it says. Anybody may ask.
 * @param text the content of the file
 * @throws Problem credential-unknown for anything else: of another place, or changed by so much as a letter
 */
export async function verifyCredential(deps: Deps, text: string): Promise<CredentialVerification> {
  const jws = text.trim();
  const payload = await signedPayload(deps, jws);
  if (!payload) throw new Problem("credential-unknown");
  const { schoolId, jti, nbf, type } = payload;
  const { name: school } = await deps.frames.of(schoolId);
  const row = await deps.database.read(schoolId, (store) =>
    credentialById(store, schoolId, jti.replace("urn:uuid:", "")),
  );
  const isOnFile = row?.sha256 === hashOf(jws);
  return {
    school,
    kind: type.includes("ClrCredential") ? "record" : "badge",
    issuedAt: new Date(nbf * 1000).toISOString(),
    state: !isOnFile ? "not-on-file" : row.withdrawnAt ? "withdrawn" : "stands",
  };
}

/** What a key of a school here has signed; undefined for anything else. */
async function signedPayload(deps: Deps, jws: string) {
  const [, schoolId, keyId] = KEY_ADDRESS.exec(keyAddressIn(jws)) ?? [];
  if (schoolId === undefined) return undefined;
  const keys = await deps.database.read(schoolId, (store) => schoolKeysOf(store, schoolId));
  const key = keys.find(({ id }) => id === keyId);
  if (!key) return undefined;
  // The key on file, whatever the header brings along.
  const jwk = { kty: "OKP", crv: "Ed25519", x: key.x };
  try {
    const { payload } = await compactVerify(jws, jwk, { algorithms: ["EdDSA"] });
    const said = JSON.parse(new TextDecoder().decode(payload)) as ReturnType<typeof payloadOf>;
    return { schoolId, jti: said.jti, nbf: said.nbf, type: said.type };
  } catch (failure) {
    if (failure instanceof errors.JOSEError) return undefined;
    throw failure;
  }
}

/** Where the key is said to be; nothing for a text that is no JWS. */
function keyAddressIn(jws: string): string {
  try {
    return decodeProtectedHeader(jws).kid ?? "";
  } catch (failure) {
    if (failure instanceof TypeError) return "";
    throw failure;
  }
}
