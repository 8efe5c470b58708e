/** The certificate of a badge as the Typst template draws it: finished sentences, and the badge as SVG. Pure. */
import { BADGE_BOX, BADGE_OUTLINES, starPath, starPlace } from "@doudou/shared/domain/badge-drawing.ts";
import type { BadgeShape } from "@doudou/shared/domain/badge-words.ts";
import { DIMENSIONS, type Dimension } from "@doudou/shared/domain/words.ts";
import { printable } from "./printable.ts";
import type { SchoolPaper } from "./school-paper.ts";

export interface BadgeCertificate extends SchoolPaper {
  readonly schoolName: string;
  readonly studentName: string;
  readonly className: string;
  readonly badgeName: string;
  readonly badgeWords: string;
  readonly shape: BadgeShape;
  readonly dimension: Dimension | null;
  readonly level: number;
  readonly levels: number;
  /** `2026-11-26` */
  readonly day: string;
  /** Who gave it: a name; null where it was given at once. */
  readonly by: string | null;
  readonly words: string | null;
}

const STARS = ["一", "二", "三"];

/** What `typst/badge-certificate.typ` reads. */
export function badgeCertificateFile(certificate: BadgeCertificate) {
  const { schoolName, studentName, className, badgeName, badgeWords, level, levels, day, by, words } =
    certificate;
  const star = levels > 1 ? `${STARS[level - 1] ?? ""}星` : "";
  return {
    title: `${printable(badgeName)}证书`,
    author: printable(schoolName),
    school: printable(schoolName),
    name: printable(studentName),
    className: printable(className),
    badge: `${star}「${printable(badgeName)}」`,
    about: printable(badgeWords),
    words: words === null ? null : printable(words),
    by: by === null ? null : printable(by),
    day: new Intl.DateTimeFormat("zh-CN", {
      year: "numeric",
      month: "long",
      day: "numeric",
      timeZone: "UTC",
    }).format(new Date(day)),
    dimension: certificate.dimension === null ? null : DIMENSIONS.indexOf(certificate.dimension),
    outline: drawing(BADGE_OUTLINES[certificate.shape], 1.8),
    stars:
      levels > 1
        ? drawing(Array.from({ length: level }, (_, at) => starPath(starPlace(at + 1, level))).join(""), 0.5)
        : null,
  };
}

/** Colours stand where the template knows them. */
function drawing(path: string, stroke: number): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${BADGE_BOX} ${BADGE_BOX}">` +
    `<path d="${path}" fill="FILL" stroke="STROKE" stroke-width="${stroke}" stroke-linejoin="round"/></svg>`
  );
}
