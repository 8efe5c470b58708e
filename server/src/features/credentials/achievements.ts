/**
 * What a credential says: a badge, an honour or a term's stages as an Open Badges 3.0 AchievementCredential, a whole record as
 * a Comprehensive Learner Record 2.0. Pure: reads nothing, signs nothing. The child is a pseudonym, and has a name only
 * where a guardian asked for it; nobody else is named ever, and nothing is counted.
 * @source 1EdTech Open Badges 3.0, B.1 (data models) and 8.2 (JSON Web Token proof); Comprehensive Learner Record 2.0, B.1
 */
import type { KeptBadge } from "@doudou/db/repositories/badge-quests.ts";
import type { HonourLine } from "@doudou/db/repositories/honours.ts";
import type { PublishedRow } from "@doudou/db/repositories/summaries.ts";
import { levelsOf } from "@doudou/shared/domain/badges.ts";
import { STAGES, type Locale } from "@doudou/shared/domain/words.ts";
import { credentialWords, type NameOf } from "./credential-words.ts";

export const VC_CONTEXT = "https://www.w3.org/ns/credentials/v2";
export const OB_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const CLR_CONTEXT = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
const OB_SCHEMA =
  "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";
const CLR_SCHEMA = "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json";
const SCHEMA_TYPE = "1EdTechJsonSchemaValidator2019";

/** By whom and to whom, the same for everything in one credential. */
export interface Setting {
  readonly issuer: { readonly id: string; readonly name: string; readonly url: string };
  readonly subject: {
    /** A URI that is the same in every credential of the child and leads nowhere. */
    readonly id: string;
    readonly name: string | null;
  };
  readonly at: Date;
  readonly locale: Locale;
  readonly nameOf: NameOf;
}

export type Credential = ReturnType<typeof badgeCredential> | ReturnType<typeof recordCredential>;

/** A badge the child keeps. @param id of the credential, a URI */
export function badgeCredential(
  setting: Setting,
  id: string,
  { badge, level, awardedAt, words: written }: KeptBadge,
) {
  const { locale, nameOf, subject } = setting;
  const words = credentialWords(locale);
  const said = (text: { zh: string; en: string }) => (locale === "en" ? text.en : text.zh);
  const name = words.badge(said(badge.name), level, levelsOf(badge.rule));
  return achievementCredential(setting, id, {
    name,
    awardedAt,
    achievement: {
      id: `urn:uuid:${badge.id}`,
      achievementType: "Badge",
      name,
      description: said(badge.words),
      criteria: { narrative: words.criteria(badge.rule, level, nameOf) },
      version: String(badge.version),
    },
    // What a teacher wrote may call the child by its name.
    ...(written !== null && subject.name !== null && { narrative: written }),
  });
}

/** An honour that was confirmed. */
export function honourCredential(setting: Setting, { id, title, level, givenBy, day }: HonourLine) {
  const words = credentialWords(setting.locale);
  return achievementCredential(setting, `urn:uuid:${id}`, {
    name: title,
    awardedAt: new Date(`${day}T00:00:00Z`),
    achievement: {
      id: `urn:uuid:${id}`,
      achievementType: "Award",
      name: title,
      description: words.honour(level, givenBy),
      criteria: { narrative: words.honourCriteria },
    },
  });
}

/** A term summary: the stage of each dimension, in words, and the code by which the school knows the summary. */
export function summaryCredential(
  setting: Setting,
  id: string,
  { snapshot, publishedAt, verificationCode }: PublishedRow,
) {
  const { locale } = setting;
  const words = credentialWords(locale);
  const said = (text: { zh: string; en: string }) => (locale === "en" ? text.en : text.zh);
  const term = said(snapshot.term.name);
  const stageOf = (dimension: string) => `${id}#${dimension}`;
  return achievementCredential(setting, id, {
    name: words.summary(term),
    awardedAt: publishedAt,
    term,
    narrative: words.summaryCode(verificationCode),
    achievement: {
      id: `urn:uuid:${snapshot.term.id}`,
      achievementType: "Achievement",
      name: words.summary(term),
      description: words.summaryAbout,
      criteria: { narrative: words.summaryCriteria },
      resultDescription: snapshot.dimensions.map(({ dimension, name }) => ({
        id: stageOf(dimension),
        type: ["ResultDescription"],
        name: said(name),
        resultType: "Result",
        allowedValue: STAGES.map((stage) => words.stages[stage]),
      })),
    },
    result: snapshot.dimensions.map(({ dimension, stage }) => ({
      type: ["Result"],
      resultDescription: stageOf(dimension),
      value: words.stages[stage],
    })),
  });
}

/**
 * A child's whole record. What it holds has no signature of its own: the one around it is the school's, which has issued
 * all of it.
 */
export function recordCredential(
  setting: Setting,
  id: string,
  held: readonly ReturnType<typeof achievementCredential>[],
) {
  return {
    "@context": [VC_CONTEXT, CLR_CONTEXT, OB_CONTEXT],
    id,
    type: ["VerifiableCredential", "ClrCredential"],
    name: credentialWords(setting.locale).record(setting.issuer.name),
    issuer: profileOf(setting),
    validFrom: secondsOf(setting.at),
    partial: false,
    credentialSubject: { ...subjectOf(setting), type: ["ClrSubject"], verifiableCredential: [...held] },
    credentialSchema: [{ id: CLR_SCHEMA, type: SCHEMA_TYPE }],
  };
}

interface Said {
  readonly name: string;
  readonly awardedAt: Date;
  readonly achievement: {
    readonly id: string;
    readonly achievementType: string;
    readonly name: string;
    readonly description: string;
    readonly criteria: { readonly narrative: string };
    readonly version?: string;
    readonly resultDescription?: readonly object[];
  };
  readonly narrative?: string;
  readonly term?: string;
  readonly result?: readonly object[];
}

function achievementCredential(
  setting: Setting,
  id: string,
  { name, awardedAt, achievement, ...said }: Said,
) {
  return {
    "@context": [VC_CONTEXT, OB_CONTEXT],
    id,
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name,
    issuer: profileOf(setting),
    validFrom: secondsOf(setting.at),
    awardedDate: secondsOf(awardedAt),
    credentialSubject: {
      ...subjectOf(setting),
      type: ["AchievementSubject"],
      achievement: {
        ...achievement,
        type: ["Achievement"],
        creator: profileOf(setting),
        inLanguage: setting.locale,
      },
      ...said,
    },
    credentialSchema: [{ id: OB_SCHEMA, type: SCHEMA_TYPE }],
  };
}

function profileOf({ issuer }: Setting) {
  return { ...issuer, type: ["Profile"] };
}

function subjectOf({ subject: { id, name } }: Setting) {
  if (name === null) return { id };
  const identifier = { type: "IdentityObject", hashed: false, identityHash: name, identityType: "name" };
  return { id, identifier: [identifier] };
}

/** To the second, as the claims of a JWT have it: both must say the same. */
function secondsOf(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/**
 * The payload to be signed: the credential with the claims that repeat it.
 * @source Open Badges 3.0, 8.2.4.1: iss, jti, nbf and sub equal issuer.id, id, validFrom and credentialSubject.id
 */
export function payloadOf(credential: Credential) {
  return {
    ...credential,
    iss: credential.issuer.id,
    jti: credential.id,
    nbf: Date.parse(credential.validFrom) / 1000,
    sub: credential.credentialSubject.id,
  };
}
