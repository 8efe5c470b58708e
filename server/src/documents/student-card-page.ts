/**
 * Children's cards as the Typst template draws them: words in one language, codes in groups. Pure.
 * Carries codes: what is made of it goes to the printer and is kept nowhere.
 */
import { inGroups } from "@doudou/shared/domain/cards.ts";
import type { Locale, PinKind } from "@doudou/shared/domain/words.ts";
import { printable } from "./printable.ts";
import { qrPicture } from "./qr-picture.ts";
import type { SchoolPaper } from "./school-paper.ts";

export interface PrintedCard {
  readonly name: string;
  readonly code: string;
  readonly pinKind: PinKind;
}

export interface CardSettings extends SchoolPaper {
  readonly locale: Locale;
  readonly schoolName: string;
  readonly className: string;
}

/** What `typst/student-cards.typ` reads. @param cards at least one, in the order they are to be printed */
export function studentCardFile(cards: readonly PrintedCard[], settings: CardSettings) {
  const { locale, schoolName, className } = settings;
  const words = WORDS[locale];
  return {
    lang: locale === "en" ? "en" : "zh",
    title: `${words.title} ${printable(className)}`,
    author: printable(schoolName),
    heading: words.title,
    where: `${printable(className)} · ${printable(schoolName)}`,
    qrAlt: words.qr,
    cards: cards.map(({ name, code, pinKind }) => ({
      name: printable(name),
      code: inGroups(code),
      use: words.use[pinKind],
      qr: qrPicture(code, "high"),
    })),
  };
}

const WORDS = {
  "zh-CN": {
    title: "豆豆卡",
    qr: "登录用的二维码",
    use: {
      pictures: "在班里的平板上扫一扫，再点自己的三个图画，看看我的小树。捡到请交给老师。",
      digits: "在班里的平板上扫一扫，再输入自己的四位密码，看看我的小树。捡到请交给老师。",
    },
  },
  en: {
    title: "Doudou card",
    qr: "QR code for signing in",
    use: {
      pictures:
        "Scan it on the tablet in class, then tap your three pictures to see your plant. Found it? Please give it to a teacher.",
      digits:
        "Scan it on the tablet in class, then type your four digits to see your plant. Found it? Please give it to a teacher.",
    },
  },
} as const;
