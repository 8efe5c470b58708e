/**
 * The letter that lets guardians in, as the Typst template draws it: finished sentences in one language. Pure.
 * Carries a code that opens a child's record: what is made of it goes to the printer and is kept nowhere.
 */
import { inGroups } from "@doudou/shared/domain/cards.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import { printable } from "./printable.ts";
import { qrPicture } from "./qr-picture.ts";
import type { SchoolPaper } from "./school-paper.ts";

export interface GuardianLetter {
  readonly studentName: string;
  readonly className: string;
  readonly code: string;
}

export interface LetterSettings extends SchoolPaper {
  readonly locale: Locale;
  readonly schoolName: string;
  /** Where families open the product: `https://doudou.example.edu.cn`. */
  readonly origin: string;
  /** The last day, `2026-12-26`. */
  readonly until: string;
}

/** The page that opens with the code filled in. Behind `#` it never reaches a server's log. */
function joiningAddress(origin: string, code: string): string {
  return `${origin}/join#${code}`;
}

/** What `typst/guardian-letters.typ` reads. @param letters at least one, in the order they are to be printed */
export function guardianLetterFile(letters: readonly GuardianLetter[], settings: LetterSettings) {
  const { locale, schoolName, origin, until } = settings;
  const words = WORDS[locale];
  const school = printable(schoolName);
  return {
    lang: locale === "en" ? "en" : "zh",
    title: words.title,
    author: school,
    words: words.labels,
    school,
    until: words.day(until),
    address: printable(`${origin.replace(/^https?:\/\//, "")}/join`),
    letters: letters.map(({ studentName, className, code }) => ({
      name: printable(studentName),
      greeting: words.greeting(printable(studentName)),
      className: printable(className),
      code: inGroups(code),
      qr: qrPicture(joiningAddress(origin, code)),
    })),
  };
}

const WORDS = {
  "zh-CN": {
    title: "家长邀请信",
    labels: {
      product: "豆豆成长",
      about:
        "孩子在学校里的点滴努力，老师会用“豆豆”记下来。请您也来看看：孩子这学期长出了什么，期末的成长报告也在这里读。没有分数，没有排名。",
      steps: [
        "用手机相机或微信“扫一扫”，扫右边的方块码。",
        "打开的页面会问：您是孩子的谁、您的姓名和手机号。",
        "给自己定一个密码，就能看到孩子了。",
      ],
      byHand: "扫不了？请在手机浏览器里打开：",
      thenCode: "，再输入：",
      until: "有效期到",
      rules: "最多两位家长可以各用一次。学校再打印一封，这一封就作废。",
      keep: "谁拿到这封信，谁就能看到孩子的记录：请不要拍照发到群里。丢了请马上告诉班主任。",
      qr: "打开加入页面的二维码",
    },
    greeting: (name: string) => `${name} 的家长，您好！`,
    day: (day: string) => new Intl.DateTimeFormat("zh-CN", LONG_DAY).format(new Date(day)),
  },
  en: {
    title: "Invitation for guardians",
    labels: {
      product: "豆豆成长 doudou",
      about:
        "When your child makes an effort at school, a teacher notes it with a “bean”. Come and see what has grown this term; the report at the end of the term is read here too. There are no marks and no ranks.",
      steps: [
        "Scan the square code with your phone's camera.",
        "Say who you are: relation, name and phone.",
        "Choose a password, and see your child.",
      ],
      byHand: "No camera? Open this in your phone's browser:",
      thenCode: " and type:",
      until: "Good until",
      rules:
        "Up to two guardians may use it, once each. When the school prints another letter, this one is void.",
      keep: "Whoever has this letter can see the child's record: please share no picture of it. If it is lost, tell the homeroom teacher at once.",
      qr: "QR code that opens the page for joining",
    },
    greeting: (name: string) => `To the guardians of ${name}`,
    day: (day: string) => new Intl.DateTimeFormat("en", LONG_DAY).format(new Date(day)),
  },
} as const;

const LONG_DAY = { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" } as const;
