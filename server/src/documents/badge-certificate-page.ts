/** The certificate of a badge as the Typst template draws it: finished sentences, and the badge as SVG. Pure. */
import { BADGE_BOX, BADGE_OUTLINES, starPath, starPlace } from "@doudou/shared/domain/badge-drawing.ts";
import type { BadgeShape } from "@doudou/shared/domain/badge-words.ts";
import { DIMENSIONS, type Dimension, type Locale } from "@doudou/shared/domain/words.ts";
import { printable } from "./printable.ts";
import { sayIn } from "./say.ts";
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

const STARS = { zh: ["一", "二", "三"], en: ["one star", "two stars", "three stars"] } as const;

/** What `typst/badge-certificate.typ` reads. @param certificate with the names in the same language */
export function badgeCertificateFile(certificate: BadgeCertificate, locale: Locale) {
  const { schoolName, studentName, className, badgeName, badgeWords, level, levels, day, by, words } =
    certificate;
  const say = sayIn(locale);
  const name = printable(badgeName);
  const zhStars = levels > 1 ? `${STARS.zh[level - 1] ?? ""}星` : "";
  const enStars = levels > 1 ? `, ${STARS.en[level - 1] ?? ""}` : "";
  return {
    lang: say("zh", "en"),
    title: say(`${name}证书`, `Certificate: ${name}`),
    author: printable(schoolName),
    school: printable(schoolName),
    heading: say("颁章证书", "Certificate"),
    name: printable(studentName),
    className: printable(className),
    earned: say("得到了", "has earned "),
    badge: say(`${zhStars}「${name}」`, `“${name}”${enStars}`),
    about: printable(badgeWords),
    words: words === null ? null : printable(words),
    by: by === null ? null : printable(by),
    day: new Intl.DateTimeFormat(say("zh-CN", "en-GB"), {
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
