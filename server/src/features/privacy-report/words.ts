/** The words of the yearly report and of the assessment, in both languages. */
import type { Held } from "@doudou/db/repositories/privacy-figures.ts";
import type { AccessPurpose } from "@doudou/shared/domain/access-grants.ts";
import { privacyNotice } from "@doudou/shared/domain/privacy-notice.ts";
import type { Purpose } from "@doudou/shared/domain/consent.ts";
import type { RequestKind } from "@doudou/shared/domain/privacy-requests.ts";
import type { Bilingual, Locale } from "@doudou/shared/domain/words.ts";
import { inLocale } from "../../documents/say.ts";

export function consentPurpose(purpose: Purpose, locale: Locale): string {
  const asked = privacyNotice(undefined)?.purposes.find((each) => each.purpose === purpose);
  return asked ? inLocale(asked.name, locale) : purpose;
}

/** What is kept, what for, and how long. */
export const KEPT: Readonly<Record<keyof Held, Bilingual & { readonly how: Bilingual }>> = {
  children: {
    zh: "学生（姓名、学号、班级）",
    en: "Children (name, number, class)",
    how: { zh: "名册；到删除为止", en: "the roster; until erased" },
  },
  officeRecords: {
    zh: "学籍信息（学籍号、性别、出生日期）",
    en: "Office records (national number, sex, birthday)",
    how: {
      zh: "学籍管理，只有校务可见、默认遮盖；到删除为止",
      en: "the register, the office alone, masked; until erased",
    },
  },
  guardians: {
    zh: "家长",
    en: "Guardians",
    how: { zh: "联系、登录；到删除为止", en: "to reach them and let them in; until erased" },
  },
  phones: {
    zh: "家长电话",
    en: "Guardians' phones",
    how: { zh: "联系，默认遮盖；到删除为止", en: "to reach them, masked; until erased" },
  },
  staff: {
    zh: "教职工",
    en: "Staff",
    how: { zh: "登录和留痕", en: "to sign in, and for the log" },
  },
  awards: {
    zh: "豆豆记录",
    en: "Awards",
    how: {
      zh: "成长；文字到删除为止，数字不含姓名地保留",
      en: "growth; words until erased, figures stay without a name",
    },
  },
  pictures: {
    zh: "照片",
    en: "Pictures",
    how: {
      zh: "作品依据，须单独同意；撤回即隐藏，一小时内删除文件",
      en: "evidence, by separate consent; hidden at once when withdrawn, files within the hour",
    },
  },
  summaries: {
    zh: "已发布的学期成长报告",
    en: "Published term summaries",
    how: { zh: "告诉家长；到删除为止", en: "to tell the family; until erased" },
  },
  reminders: {
    zh: "提醒",
    en: "Reminders",
    how: { zh: "任课教师之间；学期末删除", en: "among its teachers; until the term's end" },
  },
  proposals: {
    zh: "孩子自己说的话",
    en: "What children tell",
    how: { zh: "孩子的声音；到删除为止", en: "the child's own voice; until erased" },
  },
  auditEntries: {
    zh: "操作记录",
    en: "Entries of the audit log",
    how: {
      zh: "证明谁看过、改过什么；详情随孩子删除",
      en: "proves who read and changed what; details go with the child",
    },
  },
};

export const REQUESTS: Readonly<Record<RequestKind, Bilingual>> = {
  export: { zh: "查阅、复制", en: "a copy" },
  correct: { zh: "更正", en: "correction" },
  erase: { zh: "删除", en: "erasure" },
  restrict: { zh: "限制使用", en: "restriction" },
  "refuse-label": { zh: "拒绝自动标签", en: "no automated label" },
};

export const ACCESS: Readonly<Record<AccessPurpose, Bilingual>> = {
  talk: { zh: "谈心支持", en: "a supporting talk" },
  "home-school": { zh: "家校沟通", en: "talking with the family" },
  handover: { zh: "代课交接", en: "taking over a class" },
  wellbeing: { zh: "心理关怀", en: "well-being" },
  safety: { zh: "安全事件", en: "safety" },
  other: { zh: "其他", en: "something else" },
};
