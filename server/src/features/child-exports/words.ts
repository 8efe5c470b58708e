/** The words of an exported record, in both languages. */
import type { AccessPurpose } from "@doudou/shared/domain/access-grants.ts";
import type { NeedReason } from "@doudou/shared/domain/class-growth.ts";
import type { ConsentMethod, Purpose } from "@doudou/shared/domain/consent.ts";
import type { RequestKind, RequestState } from "@doudou/shared/domain/privacy-requests.ts";
import type { ProposalState } from "@doudou/shared/domain/proposals.ts";
import type { RequestState as WishState } from "@doudou/shared/domain/rewards.ts";
import type { Sex } from "@doudou/shared/domain/roster-import/fields.ts";
import type { HomeTopic } from "@doudou/shared/domain/voices.ts";
import type { Dimension, Locale, Role } from "@doudou/shared/domain/words.ts";

interface Words {
  readonly title: (name: string) => string;
  readonly about: string;
  readonly madeOn: string;
  readonly comma: string;
  readonly withOthers: (count: number) => string;
  readonly dimensions: Readonly<Record<Dimension, string>>;
  readonly sexes: Readonly<Record<Sex, string>>;
  readonly purposes: Readonly<Record<Purpose, string>>;
  readonly methods: Readonly<Record<ConsentMethod, string>>;
  readonly kinds: Readonly<Record<RequestKind, string>>;
  readonly states: Readonly<Record<RequestState, string>>;
  readonly roles: Readonly<Record<Role, string>>;
  readonly accessPurposes: Readonly<Record<AccessPurpose, string>>;
  readonly homeTopics: Readonly<Record<HomeTopic, string>>;
  readonly toldStates: Readonly<Record<ProposalState, string>>;
  readonly needs: Readonly<Record<NeedReason, string>>;
  readonly wishStates: Readonly<Record<WishState, string>>;
}
type Plain =
  | "child name studentNo nationalNo sex bornOn cardIssuedOn guardians class from to now totals totalsAbout"
  | "dimension records beans summaries published code answers signed awards day what note by voided pictures told whose state"
  | "byChild byOther voices wishes reminders watchPlans drafts ratings unseen fitness exempt consents purpose answer guardian method noticeVersion yes no requests text"
  | "answered readers role works theirWords word honours badges strivenFor goals"
  | "credentials wholeRecord withdrawn";
type Each<T extends string> = T extends `${infer First} ${infer Rest}` ? First | Each<Rest> : T;
type AllWords = Words & Readonly<Record<Each<Plain>, string>>;

export function wordsIn(locale: Locale): AllWords {
  return locale === "en" ? EN : ZH;
}

const ZH: AllWords = {
  title: (name) => `${name}的全部成长记录`,
  about:
    "这是学校保存的关于孩子的全部记录，不联网也能打开。record.json 是同样的内容，供程序读取；summaries 文件夹里是学期成长报告的 PDF。记录里不含其他孩子的信息。",
  madeOn: "导出于",
  comma: "、",
  withOthers: (count) => `另有 ${count} 张合照，因为有其他孩子，没有放进来；可以向学校申请查看。`,
  dimensions: { moral: "德", academic: "智", physical: "体", arts: "美", labour: "劳" },
  sexes: { boy: "男", girl: "女" },
  purposes: { account: "孩子自己的账号", photo: "照片", board: "班级大屏上的名字", research: "用于研究" },
  methods: { online: "在线", paper: "纸质" },
  kinds: {
    export: "查阅、复制",
    correct: "更正",
    erase: "删除",
    restrict: "限制使用",
    "refuse-label": "拒绝自动评语",
  },
  states: { open: "等待答复", granted: "已同意", refused: "未同意", withdrawn: "已撤回" },
  accessPurposes: {
    talk: "谈心支持",
    "home-school": "家校沟通",
    handover: "代课交接",
    wellbeing: "心理关怀",
    safety: "安全事件",
    other: "其他",
  },
  roles: { "school-admin": "学校管理员", teacher: "老师", guardian: "家长", student: "学生" },
  toldStates: { open: "等老师看", accepted: "已成为豆豆", declined: "老师已回应", withdrawn: "已收回" },
  wishStates: {
    requested: "等老师看",
    approved: "老师同意了",
    "handed-over": "已兑换",
    declined: "老师没有同意",
    withdrawn: "已收回",
    expired: "已过期，豆已退回",
  },
  child: "孩子",
  name: "姓名",
  studentNo: "学号",
  nationalNo: "学籍号",
  sex: "性别",
  bornOn: "出生日期",
  cardIssuedOn: "学生卡发放",
  guardians: "监护人",
  class: "班级",
  from: "从",
  to: "到",
  now: "现在",
  totals: "五方面的记录",
  totalsAbout: "豆豆是老师留意到的次数，不是分数，也不和别人比较。",
  dimension: "方面",
  records: "记录",
  beans: "豆豆",
  summaries: "学期成长报告",
  published: "发布于",
  code: "验证码",
  answers: "家长的签名和留言",
  signed: "已签名",
  awards: "成长记录",
  day: "日期",
  what: "内容",
  note: "老师的话",
  by: "记录人",
  voided: "已撤销",
  pictures: "照片",
  works: "作品",
  theirWords: "孩子说：",
  word: "教师的话",
  honours: "荣誉和证书",
  told: "孩子的话",
  whose: "谁说的",
  state: "状态",
  byChild: "孩子自己",
  byOther: "同学",
  voices: "多元评价",
  homeTopics: {
    "home-labour": "家务劳动",
    "home-reading": "阅读",
    "home-sleep": "睡眠",
    "home-exercise": "运动",
  },
  wishes: "兑换",
  reminders: "提醒",
  watchPlans: "老师打算多留意的",
  needs: { few: "记录很少", empty: "还没有记录", fewer: "比自己以前少" },
  drafts: "正在写的评语",
  ratings: "老师选的等级",
  fitness: "体质测试",
  exempt: "免测",
  unseen: "看到的还不够",
  consents: "同意记录",
  purpose: "用途",
  answer: "选择",
  guardian: "家长",
  method: "方式",
  noticeVersion: "说明版本",
  yes: "同意",
  no: "不同意",
  requests: "申请和答复",
  text: "说明",
  answered: "答复",
  readers: "谁看过",
  role: "身份",
  badges: "章",
  strivenFor: "争过的章",
  credentials: "数字凭证",
  wholeRecord: "整份成长记录",
  withdrawn: "已收回",
  goals: "小目标",
};

const EN: AllWords = {
  title: (name) => `The whole record of ${name}`,
  about:
    "Everything the school keeps about the child; it opens without the internet. record.json is the same for programs; the folder summaries has the term summaries as PDF. Nothing of other children is in it.",
  madeOn: "exported on",
  comma: ", ",
  withOthers: (count) =>
    `${count} more pictures show other children as well and were left out; the school can show them on request.`,
  dimensions: {
    moral: "Moral",
    academic: "Academic",
    physical: "Physical",
    arts: "Arts",
    labour: "Labour",
  },
  sexes: { boy: "boy", girl: "girl" },
  purposes: {
    account: "The child's own account",
    photo: "Photos",
    board: "The name on the class board",
    research: "Research",
  },
  methods: { online: "online", paper: "on paper" },
  kinds: {
    export: "A copy",
    correct: "Correction",
    erase: "Erasure",
    restrict: "Restriction",
    "refuse-label": "No automated label",
  },
  states: { open: "waiting", granted: "granted", refused: "refused", withdrawn: "taken back" },
  accessPurposes: {
    talk: "a supporting talk",
    "home-school": "talking with the family",
    handover: "taking over a class",
    wellbeing: "well-being",
    safety: "safety",
    other: "something else",
  },
  roles: { "school-admin": "administrator", teacher: "teacher", guardian: "guardian", student: "student" },
  toldStates: {
    open: "waiting for the teacher",
    accepted: "became a bean",
    declined: "answered",
    withdrawn: "taken back",
  },
  wishStates: {
    requested: "waiting for the teacher",
    approved: "approved",
    "handed-over": "handed over",
    declined: "declined",
    withdrawn: "taken back",
    expired: "expired, the beans came back",
  },
  child: "The child",
  name: "Name",
  studentNo: "Student number",
  nationalNo: "National number",
  sex: "Sex",
  bornOn: "Born on",
  cardIssuedOn: "Card issued on",
  guardians: "Guardians",
  class: "Class",
  from: "From",
  to: "To",
  now: "now",
  totals: "Records in the five dimensions",
  totalsAbout: "Beans count what teachers noticed. They are no score and are compared with nobody's.",
  dimension: "Dimension",
  records: "Records",
  beans: "Beans",
  summaries: "Term summaries",
  published: "Published on",
  code: "verification code",
  answers: "Signatures and messages of guardians",
  signed: "signed",
  awards: "Growth record",
  day: "Day",
  what: "What",
  note: "The teacher's words",
  by: "By",
  voided: "voided",
  pictures: "Pictures",
  works: "Works",
  theirWords: "The child says:",
  word: "Teacher's word",
  honours: "Honours and certificates",
  told: "What was told",
  whose: "Who said it",
  state: "State",
  byChild: "the child",
  byOther: "a classmate",
  voices: "Voices",
  homeTopics: {
    "home-labour": "Helping at home",
    "home-reading": "Reading",
    "home-sleep": "Sleep",
    "home-exercise": "Exercise",
  },
  wishes: "Reward shop",
  reminders: "Reminders",
  watchPlans: "What teachers looked out for",
  needs: { few: "hardly seen", empty: "no record yet", fewer: "less than before" },
  drafts: "Comments being written",
  ratings: "Levels chosen by teachers",
  fitness: "Fitness test",
  exempt: "exempt",
  unseen: "Not seen enough",
  consents: "Consents",
  purpose: "Purpose",
  answer: "Answer",
  guardian: "Guardian",
  method: "How",
  noticeVersion: "Notice",
  yes: "yes",
  no: "no",
  requests: "Requests and answers",
  text: "Words",
  answered: "Answer",
  readers: "Who has looked",
  role: "Role",
  badges: "Badges",
  strivenFor: "Striven for",
  credentials: "Signed credentials",
  wholeRecord: "The whole record",
  withdrawn: "taken back",
  goals: "Small goals",
};
