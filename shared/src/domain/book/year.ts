/**
 * What is known of one child's school year when its book (成长册) is made: as the family sees it in the app, and with
 * what has become of each thing, so that the book can leave out what is not to be shown. Shapes only.
 */
import type { ActivitySort } from "../activities.ts";
import type { BadgeShape } from "../badge-words.ts";
import type { HomeTopic, PeerStarter, SelfQuestion, VoiceLevel } from "../voices.ts";
import type { FileKind, HighlightKind, HonourLevel, HonourState } from "../works.ts";
import type { Bilingual, Dimension, Kind, Stage } from "../words.ts";

export interface BookYear {
  readonly child: { readonly name: string; readonly className: string; readonly grade: number };
  readonly school: string;
  /** As the school calls the year. */
  readonly name: string;
  /** The terms that have begun, oldest first. */
  readonly terms: readonly BookTerm[];
  /** The child's own last term before this year; null where there is none. */
  readonly before: BookTerm | null;
  readonly moments: readonly BookMoment[];
  readonly works: readonly BookWork[];
  readonly honours: readonly BookHonour[];
  /** What the child chose to show first, in its own order. */
  readonly highlights: readonly { readonly kind: HighlightKind; readonly id: string }[];
  /** Recorded ones, oldest first. */
  readonly activities: readonly BookActivity[];
  readonly badges: readonly BookBadge[];
  readonly kindWords: readonly BookKindWord[];
  /** The latest answer to each question, in the order of the questions. */
  readonly self: readonly BookSelfWord[];
  readonly home: readonly BookHomeWord[];
  readonly letters: readonly BookLetter[];
  readonly photos: readonly BookPhoto[];
  readonly goals: readonly BookGoal[];
}

export interface BookTerm {
  readonly name: Bilingual;
  /** The five, in order. */
  readonly dimensions: readonly BookGrowth[];
}

export interface BookGrowth {
  readonly dimension: Dimension;
  readonly name: Bilingual;
  readonly stage: Stage;
  readonly progress: number;
  /** Without a record, nothing is claimed. */
  readonly hasRecords: boolean;
  readonly sentence: Bilingual;
}

export interface BookMoment {
  readonly id: string;
  readonly dimension: Dimension;
  readonly kind: Kind;
  readonly point: Bilingual;
  readonly note: string | null;
  readonly by: string;
  readonly day: string;
  readonly isVoided: boolean;
}

export interface BookFile {
  readonly id: string;
  readonly kind: FileKind;
  /** Consent was withdrawn, or the file is not there. */
  readonly isRemoved: boolean;
}

export interface BookWork {
  readonly id: string;
  readonly title: string;
  readonly dimension: Dimension;
  readonly reflection: string;
  readonly day: string;
  readonly word: { readonly text: string; readonly by: string } | null;
  readonly isHidden: boolean;
  readonly files: readonly BookFile[];
}

export interface BookHonour {
  readonly id: string;
  readonly title: string;
  readonly level: HonourLevel;
  readonly givenBy: string;
  readonly day: string;
  readonly dimension: Dimension;
  readonly state: HonourState;
  readonly certificate: BookFile | null;
}

export interface BookActivity {
  readonly id: string;
  readonly title: string;
  readonly sort: ActivitySort;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly place: string;
  readonly dimensions: readonly Dimension[];
  /** What the child did in it; empty where nobody says so. */
  readonly part: string;
  readonly reflection: string | null;
}

export interface BookBadge {
  readonly id: string;
  readonly name: Bilingual;
  /** What it is for. */
  readonly words: Bilingual;
  readonly shape: BadgeShape;
  readonly dimension: Dimension | null;
  readonly level: number;
  readonly levels: number;
  readonly day: string;
  readonly by: string | null;
  /** What its teacher wrote with it. */
  readonly said: string | null;
}

export interface BookKindWord {
  readonly id: string;
  readonly dimension: Dimension;
  readonly strength: Bilingual;
  readonly starter: PeerStarter;
  readonly words: string;
  /** Null where the school does not tell names. */
  readonly from: string | null;
}

export interface BookSelfWord {
  readonly about: SelfQuestion;
  readonly level: VoiceLevel | null;
  readonly words: string;
}

export interface BookHomeWord {
  readonly id: string;
  readonly about: HomeTopic;
  readonly level: VoiceLevel | null;
  readonly words: string;
  readonly day: string;
}

/** What a published term summary says, in its newest revision. */
export interface BookLetter {
  readonly term: Bilingual;
  readonly comment: string;
  readonly by: string | null;
  readonly grewMost: { readonly dimension: Dimension; readonly sentence: Bilingual } | null;
  readonly remarks: readonly { readonly subject: Bilingual; readonly by: string; readonly text: string }[];
}

/** A picture of the child and nobody else, with the award it belongs to. */
export interface BookPhoto {
  readonly id: string;
  readonly awardId: string;
  readonly dimension: Dimension;
  readonly point: Bilingual;
  readonly day: string;
}

export interface BookGoal {
  readonly text: string;
  readonly isReached: boolean;
}
