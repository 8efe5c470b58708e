/**
 * The fixed words of the product: dimensions, kinds, stages, roles. Every table, route and message uses these.
 * Never holds a translation or a colour: those are messages and tokens of the web app.
 */

/** The five dimensions (五育): moral 德, academic 智, physical 体, arts 美, labour 劳, in the order law and schools name them. */
export const DIMENSIONS = ["moral", "academic", "physical", "arts", "labour"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** What an award says: how the child acts, that the child took part, that the child outgrew an earlier self. */
export const KINDS = ["behaviour", "participation", "growth"] as const;
export type Kind = (typeof KINDS)[number];

/** Growth stages of a dimension within a term: 种子, 发芽, 长叶, 开花, 结果. A stage never goes back while beans grow. */
export const STAGES = ["seed", "sprout", "leaf", "bloom", "fruit"] as const;
export type Stage = (typeof STAGES)[number];

/** Who may award an observation point. `staff` is any teacher of the child's class. */
export const GIVERS = ["homeroom", "staff", "self", "peer", "guardian", "import"] as const;
export type Giver = (typeof GIVERS)[number];

/** What a membership lets a person be in one school. */
export const ROLES = ["school-admin", "teacher", "student", "guardian"] as const;
export type Role = (typeof ROLES)[number];

/** Whether an award of this observation point wants a picture or a recording. */
export const EVIDENCE_NEEDS = ["no", "optional", "required"] as const;
export type EvidenceNeed = (typeof EVIDENCE_NEEDS)[number];

/** A change against the child's own earlier rate; `too-few` where there is not enough to say so (design rule 8). */
export const CHANGES = ["more", "same", "fewer", "too-few"] as const;
export type Change = (typeof CHANGES)[number];

/** How often an indicator was seen in a term, as a level and not a score (等级制). `none` means no record, not zero. */
export const LEVELS = ["none", "seen", "often", "always"] as const;
export type Level = (typeof LEVELS)[number];

/** A text the school's people read, in both languages of the interface. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export type Locale = "zh-CN" | "en";

/** A figure for each of the five dimensions. */
export type PerDimension<T> = Record<Dimension, T>;

/** Builds a figure for each dimension. */
export function perDimension<T>(figure: (dimension: Dimension) => T): PerDimension<T> {
  return {
    moral: figure("moral"),
    academic: figure("academic"),
    physical: figure("physical"),
    arts: figure("arts"),
    labour: figure("labour"),
  };
}

/**
 * Where a session was opened. On a shared tablet it is confined to the class pages; by a child's card it ends after a
 * quarter of an hour.
 */
export const SESSION_PLACES = ["own-device", "shared-tablet", "student-card"] as const;
export type SessionPlace = (typeof SESSION_PLACES)[number];

/** What a child's PIN is made of: pictures for those who are only learning to read numbers, else digits. */
export const PIN_KINDS = ["pictures", "digits"] as const;
export type PinKind = (typeof PIN_KINDS)[number];

/** The parts of a term summary that a reader can tell apart. */
export const SUMMARY_PARTS = ["comment", "dimensions", "highlights", "at-home", "people"] as const;
export type SummaryPart = (typeof SUMMARY_PARTS)[number];

/** Where a class's summaries stand with who approves them; before that they are being written. */
export const REVIEW_STATES = ["handed-in", "returned", "approved"] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** What has become of publishing a class's summaries at a time. */
export const PUBLICATION_STATES = ["waiting", "under-way", "done", "cancelled"] as const;
export type PublicationState = (typeof PUBLICATION_STATES)[number];

/** A look through the summaries of many classes, in the background. */
export const PREPARATION_STATES = ["under-way", "done", "stopped"] as const;
export type PreparationState = (typeof PREPARATION_STATES)[number];
