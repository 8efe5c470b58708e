/**
 * Words and limits of a transfer file (转学档案): what a child who changes schools takes along, signed by the school it
 * leaves. What came from another school is shown and never counted.
 */

/** Grows when a field of the file changes its meaning; another school's version is refused, never guessed. */
export const TRANSFER_FORMAT = "doudou-transfer/1";

/** How the two files that are always there are called in the archive. */
export const PORTFOLIO_NAME = "portfolio.json";
export const SIGNATURE_NAME = "signature.jws";

/**
 * - `waiting`: brought by the office, for a guardian to answer; seen by nobody else
 * - `taken`: a guardian said yes
 * - `declined`, `expired`: that it was so is kept, and nothing of what was in it
 */
export const TRANSFER_STATES = ["waiting", "taken", "declined", "expired"] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

export const TRANSFER_ANSWERS = ["yes", "no"] as const;
export type TransferAnswer = (typeof TRANSFER_ANSWERS)[number];

/** How long a guardian has to answer. */
export const TRANSFER_WAITS_DAYS = 60;
/** More than this, one after the other, no child brings. */
export const MOST_TRANSFERS = 5;

const MB = 1024 * 1024;
/** What the files of one archive may take together, in bytes: what there is no room for is left out, and told. */
export const MOST_TRANSFER_BYTES = 200 * MB;
export const MOST_TRANSFER_FILES = 800;
/** The portfolio as text, in bytes: nine years of a busy child are a tenth of it. */
export const LARGEST_PORTFOLIO = 8 * MB;
export const LARGEST_SIGNATURE = MB;
/** The archive itself: its files, the two texts and the list of names. */
export const LARGEST_TRANSFER = MOST_TRANSFER_BYTES + LARGEST_PORTFOLIO + 2 * LARGEST_SIGNATURE;

/** How a file is called in an archive: by its content. */
export const FILE_NAME_PATTERN = "^files/[0-9a-f]{64}\\.(webp|pdf|m4a|mp3|ogg|webm|wav|mp4)$";

/** What stands where another child was called by its name. */
const SOMEBODY = "同学";

/**
 * A text without the names of other children.
 * @param names of the children whose class it was; one that is part of the child's own name stays
 */
export function withoutNames(text: string, names: readonly string[], own: string): string {
  const others = names.filter((name) => name.length > 1 && !own.includes(name));
  return others
    .sort((a, b) => b.length - a.length)
    .reduce((said, name) => said.replaceAll(name, SOMEBODY), text);
}
