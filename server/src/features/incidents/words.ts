/** What kinds of data, their usual harm and advice, and the steps are called in the two letters, in both languages. */
import type { IncidentStep, LeakedKind } from "@doudou/shared/domain/incidents.ts";
import type { Bilingual } from "@doudou/shared/domain/words.ts";

interface KindWords {
  readonly name: Bilingual;
  readonly harm: Bilingual;
  readonly advice: Bilingual;
}

/** The usual sentences, where the school has written none of its own. */
export const LEAKED: Readonly<Record<LeakedKind, KindWords>> = {
  names: {
    name: { zh: "姓名、学号、班级", en: "names, student numbers, classes" },
    harm: {
      zh: "有人可能叫得出孩子的名字和班级，冒充学校或老师接近。",
      en: "Somebody may know a child's name and class, and pretend to come from the school.",
    },
    advice: {
      zh: "请告诉孩子：叫得出你名字的人不一定认识你，不跟陌生人走；接到自称老师的电话先和班主任核实。",
      en: "Please tell your child that not everybody who knows its name knows it, and check with the homeroom teacher when somebody calls as a teacher.",
    },
  },
  register: {
    name: { zh: "学籍号、性别、出生日期", en: "national student numbers, sex, birthdays" },
    harm: {
      zh: "可能被用来冒用孩子的身份登记或办理业务。",
      en: "They may be used to register or apply in a child's name.",
    },
    advice: {
      zh: "有人凭这些信息联系您办理业务时，请不要理会，并告诉学校。",
      en: "If somebody who knows these contacts you about an application, do not answer, and tell the school.",
    },
  },
  contacts: {
    name: { zh: "家长姓名、电话", en: "guardians' names and phones" },
    harm: {
      zh: "可能收到诈骗、推销的电话和短信。",
      en: "Guardians may get calls and messages that try to sell or to cheat.",
    },
    advice: {
      zh: "不点陌生短信里的链接，不告诉任何人验证码，不凭电话转账；遇到诈骗拨打 96110 或 110。",
      en: "Open no links in unknown messages, tell nobody a code, transfer no money on a call; for fraud call 96110 or 110.",
    },
  },
  growth: {
    name: { zh: "成长记录、评语、学期报告", en: "growth records, comments, term summaries" },
    harm: {
      zh: "老师和孩子说的话可能被不该看到的人看到，被议论或断章取义。",
      en: "What teachers and children wrote may be read and talked about by people it was not meant for.",
    },
    advice: {
      zh: "请不要转发流传的内容；孩子被议论时请告诉班主任。",
      en: "Please pass nothing on; tell the homeroom teacher when a child is talked about.",
    },
  },
  pictures: {
    name: { zh: "照片、录音、录像、作品", en: "pictures, audio, video, works" },
    harm: {
      zh: "照片和声音可能被转发、剪辑，或用来冒充。",
      en: "Pictures and voices may be passed on, altered, or used to pretend to be somebody.",
    },
    advice: {
      zh: "看到流传的照片请保存网址告诉学校，不要转发；接到“孩子出事”的电话先和学校核实。",
      en: "If you see one of them, keep the address and tell the school; do not pass it on. Check with the school when a call says something has happened to your child.",
    },
  },
  health: {
    name: { zh: "体质测试、健康和特殊支持情况", en: "fitness tests, health, special support" },
    harm: {
      zh: "孩子可能因身体或特殊需要被取笑、区别对待。",
      en: "A child may be teased or treated differently for its body or its needs.",
    },
    advice: {
      zh: "请留意孩子的情绪；需要时学校的心理老师可以和您、和孩子谈。",
      en: "Please watch how your child feels; the school's counsellor is there for you and your child.",
    },
  },
  accounts: {
    name: { zh: "账号、登录卡", en: "accounts, sign-in cards" },
    harm: {
      zh: "有人可能用这些账号登录，看到或改动记录。",
      en: "Somebody may sign in with them, and see or change records.",
    },
    advice: {
      zh: "请马上更换密码；别处用了同样密码的也要换。",
      en: "Please change the password at once, and wherever else you use the same one.",
    },
  },
  other: {
    name: { zh: "其他信息", en: "other data" },
    harm: { zh: "影响正在核实。", en: "What it may lead to is being looked into." },
    advice: {
      zh: "有任何异常，请马上联系学校。",
      en: "If anything seems strange, please tell the school at once.",
    },
  },
};

export const STEPS: Readonly<Record<IncidentStep, Bilingual>> = {
  stop: { zh: "停止泄露", en: "Stopping it" },
  evidence: { zh: "保全证据", en: "Keeping the evidence" },
  education: { zh: "报告教育主管部门", en: "Report to the education authority" },
  cyberspace: { zh: "报告网信部门", en: "Report to the cyberspace authority" },
  police: { zh: "报告公安机关", en: "Report to the police" },
  families: { zh: "告知家长", en: "Telling the families" },
  changes: { zh: "记录整改", en: "What was changed" },
};
