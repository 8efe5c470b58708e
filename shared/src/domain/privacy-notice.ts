/**
 * The notice on children's data, version by version: what the school keeps, why, who sees it, how long, and what a family
 * may ask for; and the purposes a guardian is asked about, one by one. Consents refer to the version that was read: a
 * version that has been shown is never changed. Where the product comes to keep more, or for more, a new one is added before
 * the others; a purpose that asks for nothing new keeps its words to the letter, since whoever said yes to others is asked
 * again.
 * @source 个人信息保护法 第十七、二十八至三十一条; 儿童个人信息网络保护规定 第九、十条; 未成年人网络保护条例 第四章
 */
import type { ConsentAnswer, Purpose } from "./consent.ts";
import { FIRST } from "./privacy-notices/first.ts";
import { SECOND } from "./privacy-notices/second.ts";
import { THIRD } from "./privacy-notices/third.ts";
import type { Bilingual } from "./words.ts";

export interface NoticeSection {
  readonly heading: Bilingual;
  readonly paragraphs: readonly Bilingual[];
}

/** One purpose as a guardian is asked about it. */
export interface PurposeAsked {
  readonly purpose: Purpose;
  readonly name: Bilingual;
  readonly what: Bilingual;
  readonly why: Bilingual;
  /** What stays as it is with a no. */
  readonly without: Bilingual;
}

export interface PrivacyNotice {
  readonly version: string;
  /** School-local day from which it holds. */
  readonly since: string;
  /** What is new in it against the one before; none in the first. */
  readonly changes: readonly Bilingual[];
  readonly sections: readonly NoticeSection[];
  readonly purposes: readonly PurposeAsked[];
}

/** All versions, the one that holds now first. */
export const PRIVACY_NOTICES: readonly [PrivacyNotice, ...PrivacyNotice[]] = [THIRD, SECOND, FIRST];

export function privacyNotice(version: string | undefined): PrivacyNotice | undefined {
  return version === undefined
    ? PRIVACY_NOTICES[0]
    : PRIVACY_NOTICES.find((notice) => notice.version === version);
}

/**
 * Whether a guardian's yes was to words of a purpose that have changed since: what it says is another thing by now, so it is
 * asked for again, once. A no stands for whatever comes: nobody is pressed.
 * @param version of the notice by which it was said; one that is unknown is of before them all
 * @source 个人信息保护法 第十四条
 */
export function isOutdated(purpose: Purpose, answer: ConsentAnswer, version: string): boolean {
  return answer === "yes" && !versionsAsking(purpose).includes(version);
}

/** The versions that ask about a purpose in the words of the one that holds now. */
export function versionsAsking(purpose: Purpose): string[] {
  const wordsOf = ({ purposes }: PrivacyNotice) =>
    JSON.stringify(purposes.find((asked) => asked.purpose === purpose));
  const now = wordsOf(PRIVACY_NOTICES[0]);
  return PRIVACY_NOTICES.filter((notice) => wordsOf(notice) === now).map(({ version }) => version);
}

/**
 * What has come to the notice since the oldest of these versions, in the order in which it came; none of them, nothing.
 * One that is unknown is of before them all.
 */
export function changesSince(versions: readonly string[]): Bilingual[] {
  const later = versions.map((version) => PRIVACY_NOTICES.findIndex((notice) => notice.version === version));
  const news = Math.max(0, ...later.map((count) => (count < 0 ? PRIVACY_NOTICES.length : count)));
  return PRIVACY_NOTICES.slice(0, news)
    .toReversed()
    .flatMap(({ changes }) => changes);
}
