/**
 * What the law asks of a school that keeps children's data, how the software meets it, and what is left to the school to
 * show. One row a duty; sources are named by article.
 */
import type { Bilingual } from "@doudou/shared/domain/words.ts";

interface Duty {
  readonly law: Bilingual;
  readonly met: Bilingual;
  /** What the school has to write or to show by hand. */
  readonly byHand: Bilingual;
}

const duty = (law: [string, string], met: [string, string], byHand: [string, string]): Duty => ({
  law: { zh: law[0], en: law[1] },
  met: { zh: met[0], en: met[1] },
  byHand: { zh: byHand[0], en: byHand[1] },
});

export const DUTIES: readonly Duty[] = [
  duty(
    [
      "个人信息保护法 28、29、31 条：不满十四周岁的信息属敏感信息，监护人单独同意",
      "PIPL 28, 29, 31: data of under-14s are sensitive; separate consent of a guardian",
    ],
    [
      "四项用途分别同意，记录是谁、何时、哪一版说明、怎样同意；撤回和同意一样容易",
      "Four purposes, each by itself, with who, when, which notice and how; withdrawing is as easy as agreeing",
    ],
    ["纸质回执存放在哪里", "Where paper slips are kept"],
  ),
  duty(
    [
      "个人信息保护法 31 条，儿童个人信息网络保护规定 8 条：专门规则和专人",
      "PIPL 31, Children reg. 8: rules of their own and a named person",
    ],
    [
      "公开的分版本说明，可打印；写明负责人",
      "A public notice in versions, printable, with the person who answers",
    ],
    ["任命负责人的文件", "The paper that appoints the person"],
  ),
  duty(
    [
      "未成年人网络保护条例 32 条，儿童规定 10 条：不同意不影响基本服务",
      "Net-protection reg. 32, Children reg. 10: refusing does not cost the basic service",
    ],
    [
      "不同意照片、大屏、研究或账号，孩子照常得到豆豆",
      "Without photos, board, research or account a child is awarded as before",
    ],
    ["确认没有把同意和评优挂钩", "That consent is tied to no honour"],
  ),
  duty(
    ["个人信息保护法 6、19 条：最小必要，最短保存", "PIPL 6, 19: no more than needed, no longer than needed"],
    [
      "数据清单写明用途和期限；离校一年后列入待删除",
      "A data map with purpose and time; a year after leaving a child is listed for erasure",
    ],
    ["逾期记录的处理安排", "What is planned for records over their time"],
  ),
  duty(
    [
      "未成年人网络保护条例 36 条，儿童规定 15 条：最小授权，负责人审批，记录访问",
      "Net-protection reg. 36, Children reg. 15: least access, approval by a responsible person, a log",
    ],
    [
      "权限只按任教关系；其他查阅要审批、限时、留痕；紧急查阅事后核查；家长能看到谁看过",
      "Access follows teaching; anything else is approved, timed and logged; emergencies are looked into; guardians see who looked",
    ],
    ["谁担任审批人；核查不成立的如何处理", "Who approves; what follows from an emergency that was none"],
  ),
  duty(
    ["个人信息保护法 25 条：不公开个人信息", "PIPL 25: nothing personal made public"],
    [
      "班级大屏不显示姓名和总数，除非监护人单独同意",
      "The class board shows no name, unless a guardian agrees to that",
    ],
    ["校内张贴、公众号有没有另外公开", "Whether the school publishes elsewhere"],
  ),
  duty(
    [
      "个人信息保护法 45–47 条，条例 34 条：查阅、复制、更正、删除，书面答复",
      "PIPL 45–47, reg. 34: access, copy, correction, erasure, answered in writing",
    ],
    [
      "家长自助导出；申请有十五个工作日期限，不同意须写理由",
      "Guardians export by themselves; requests are due in fifteen working days, refusals say why",
    ],
    ["逾期答复的原因", "Why answers were late"],
  ),
  duty(
    ["个人信息保护法 24 条：不做自动化决定", "PIPL 24: no automated decisions"],
    [
      "报告的文字由老师写定；标签可以拒绝；不自动评优、不自动处分",
      "Teachers write the words; labels may be refused; nothing decides honours or discipline",
    ],
    ["无", "None"],
  ),
  duty(
    [
      "个人信息保护法 55–56 条，条例 37 条：影响评估存三年，每年审计",
      "PIPL 55–56, reg. 37: an assessment kept three years, a yearly audit",
    ],
    ["本报告和影响评估底稿", "This report and the draft of the assessment"],
    ["审计由谁做、报给谁；上年评估的文号", "Who audits and is told; last year's assessment"],
  ),
  duty(
    [
      "个人信息保护法 57 条，条例 35 条：泄露时立即补救、报告、告知",
      "PIPL 57, reg. 35: mend, report and tell at once when data has leaked",
    ],
    [
      "事件登记带着一步步做，写好给主管部门和家长的信；一条命令结束全部登录和卡片",
      "A register leads through the steps and drafts both letters; one command ends every session and card",
    ],
    ["主管部门的表格和时限", "The authority's form and its term"],
  ),
  duty(
    [
      "个人信息保护法 21–23、39 条：委托、提供、出境",
      "PIPL 21–23, 39: processors, transfers, leaving the country",
    ],
    [
      "学校自己的服务器；没有第三方、统计脚本和外部字体；不用人工智能服务",
      "The school's own server; no third party, tracker or external font; no AI service",
    ],
    ["机房、运维人员的合同", "Contracts of who runs machine and room"],
  ),
  duty(
    [
      "儿童规定：传输和存储加密，投诉渠道",
      "Children reg.: encrypted on the way and at rest; whom to complain to",
    ],
    [
      "HTTPS；备份加密；口令和令牌只存散列；说明里有联系方式",
      "HTTPS; encrypted backups; only hashes of secrets; contact in the notice",
    ],
    ["磁盘是否加密；谁保管备份口令", "Whether the disk is encrypted; who keeps the passphrase of backups"],
  ),
  duty(
    [
      "未成年人保护法 27、29、77 条，条例 26 条：不侮辱、不歧视",
      "Minor law 27, 29, 77; reg. 26: no insults, no discrimination",
    ],
    [
      "没有扣分和公开批评；提醒只有老师和家长看得到，学期末消失；孩子之间的话有伤人的词会请他换一种说法，大人写到时会提示；让人难过的话，孩子和家长可以直接反映，有人来看、有人答复",
      "No deductions, nothing negative in public; reminders are private and end with the term; words that insult are refused between children and pointed out to adults; children and guardians report what hurts, and are answered",
    ],
    ["抽查评语的情况", "Comments looked at by sample"],
  ),
  duty(
    ["义务教育法 22 条：不设重点班", "Compulsory-ed. law 22: no key classes"],
    ["没有跨班总分和排名", "No totals or ranks across classes"],
    ["无", "None"],
  ),
  duty(
    ["未成年人保护法 74 条：不诱导沉迷", "Minor law 74: nothing addictive"],
    [
      "没有抽奖、连签、广告；孩子的登录一刻钟结束；每天看自己档案的时间有上限，由学校设定",
      "No loot, streaks or ads; a child's session ends after a quarter of an hour; how long a child looks at its own portfolio in a day has a limit, set by the school",
    ],
    ["无", "None"],
  ),
  duty(
    ["未成年人学校保护规定：不公布排名", "School-protection rules: no rank made known"],
    [
      "任何页面和导出都没有名次；家长只看到自己的孩子",
      "No rank on any page or export; guardians see their own child alone",
    ],
    ["班级群里有没有另外公布", "Whether ranks are told elsewhere"],
  ),
];
