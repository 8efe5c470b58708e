/**
 * The words of a mail: that something is there, at which school, and the way to it. No child's name and no word of what
 * it says: a mailbox may be anybody's to read.
 */
import type { DeliveryKind } from "@doudou/shared/domain/notices.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";

interface About {
  readonly school: string;
  readonly origin: string;
  readonly locale: Locale;
  readonly code: string;
  readonly stopToken: string;
}

interface Words {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly stopAddress: string | undefined;
}

type Said = Readonly<Record<Locale, string>>;

const SENTENCES: Readonly<Record<Exclude<DeliveryKind, "address-code">, Said>> = {
  "summary-published": {
    "zh-CN": "您的孩子的学期成长报告发布了。",
    en: "Your child’s term summary is published.",
  },
  "summary-corrected": {
    "zh-CN": "您的孩子的学期成长报告有更正，请再看一看。",
    en: "Your child’s term summary was corrected. Please look again.",
  },
  "summary-waits": {
    "zh-CN": "您的孩子的学期成长报告在等您阅读和签名。",
    en: "Your child’s term summary waits for you to read and sign.",
  },
  "teacher-answered": {
    "zh-CN": "班主任回复了您的留言。",
    en: "The homeroom teacher has answered you.",
  },
  "transfer-waits": {
    "zh-CN": "学校收到了一份转学档案，等您同意。",
    en: "The school was given a transfer file. It waits for your yes.",
  },
  "guardian-wrote": {
    "zh-CN": "有家长给您留言了。",
    en: "A guardian has written to you.",
  },
  "review-approved": {
    "zh-CN": "您班的学期成长报告审核通过了。",
    en: "The term summaries of your class are approved.",
  },
  "review-returned": {
    "zh-CN": "您班的学期成长报告退回来了，请看审核意见。",
    en: "The term summaries of your class came back. Please see the remarks.",
  },
  "publication-planned": {
    "zh-CN": "您班的学期成长报告定好了发布时间，请看一看。",
    en: "A time is set for publishing the term summaries of your class. Please have a look.",
  },
  "publication-cancelled": {
    "zh-CN": "您班的学期成长报告取消了定时发布。",
    en: "The term summaries of your class are no longer to be published at the time that was set.",
  },
  "publication-left-out": {
    "zh-CN": "您班的学期成长报告定时发布了，还有几份没有发布，请看一看。",
    en: "The term summaries of your class were published at their time, but not all of them. Please have a look.",
  },
  "review-waits": {
    "zh-CN": "您年级有班级交来了学期成长报告，请审核。",
    en: "A class of your grade has handed its term summaries in. They wait for you.",
  },
  "words-hurt": {
    "zh-CN": "您班里有人反映有一句话让人难过，请看一看。",
    en: "Somebody in your class says that some words hurt. Please have a look.",
  },
};

const OPEN: Said = { "zh-CN": "打开查看", en: "Open it" };
const STOP: Said = { "zh-CN": "不再接收邮件", en: "No more mail" };
const WHY: Said = {
  "zh-CN": "您在学校填写了这个邮箱，所以收到这封邮件。",
  en: "You get this because you gave the school this address.",
};
const CODE: Said = { "zh-CN": "您的邮箱验证码", en: "Your code to confirm this address" };
const CODE_ABOUT: Said = {
  "zh-CN": "30 分钟内有效。如果不是您本人填写的，请不用理会，您不会再收到邮件。",
  en: "It works for 30 minutes. If you did not ask for it, ignore this mail: there will be no other.",
};

/** A mail of a kind, in its reader's language. */
export function mailOf(kind: DeliveryKind, { school, origin, locale, code, stopToken }: About): Words {
  if (kind === "address-code") {
    const lines = [`${CODE[locale]}: ${code}`, CODE_ABOUT[locale]];
    return {
      subject: `${school} · ${CODE[locale]}`,
      text: [school, ...lines].join("\n\n"),
      html: page(locale, [`<p>${esc(school)}</p>`, ...lines.map((line) => `<p>${esc(line)}</p>`)]),
      stopAddress: undefined,
    };
  }
  const sentence = SENTENCES[kind][locale];
  const open = `${origin}/inbox`;
  const stop = `${origin}/mail/stop?token=${stopToken}`;
  return {
    subject: `${school} · ${sentence.replace(/[。.]$/, "")}`,
    text: `${school}\n\n${sentence}\n\n${OPEN[locale]}: ${open}\n\n--\n${WHY[locale]}\n${STOP[locale]}: ${stop}\n`,
    html: page(locale, [
      `<p>${esc(school)}</p><p>${esc(sentence)}</p>`,
      `<p><a href="${esc(open)}">${esc(OPEN[locale])}</a></p>`,
      `<hr><p><small>${esc(WHY[locale])} <a href="${esc(stop)}">${esc(STOP[locale])}</a></small></p>`,
    ]),
    stopAddress: `${origin}/api/v1/mail-stop?token=${stopToken}`,
  };
}

function page(locale: Locale, parts: readonly string[]): string {
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><body>${parts.join("")}</body></html>`;
}

function esc(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
