/**
 * The yearly report on children's personal data, from a year's figures. Pure. Never a name but the responsible person's,
 * never a figure per person.
 *
 * @source 未成年人网络保护条例 第三十七条: a yearly audit of how minors' data is handled
 */
import type { Held } from "@doudou/db/repositories/privacy-figures.ts";
import { ACCESS_PURPOSES } from "@doudou/shared/domain/access-grants.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { OfficeReport, ReportSection } from "../../documents/report-page.ts";
import { inLocale, sayIn } from "../../documents/say.ts";
import { DUTIES } from "./checklist.ts";
import type { PrivacyFigures } from "./figures.ts";
import { ACCESS, consentPurpose, KEPT, REQUESTS } from "./words.ts";

export interface ReportSettings {
  readonly locale: Locale;
  readonly timeZone: string;
}

export function yearlyReport(figures: PrivacyFigures, settings: ReportSettings): OfficeReport {
  const say = sayIn(settings.locale);
  const { year, school, officer, isPartial, madeAt } = figures;
  return {
    locale: settings.locale,
    title: say(`${year} 年未成年人个人信息保护年度审计报告`, `Report on children's personal data, ${year}`),
    school,
    about: [
      say(
        "依据《未成年人网络保护条例》第三十七条，供学校自行或委托专业机构开展年度合规审计时使用。数字由系统从数据库直接统计，不含任何学生姓名，也不按个人排列。",
        "For the yearly audit asked for by article 37 of the Regulations on the Protection of Minors in Cyberspace. Figures come straight from the database; no child is named and nothing is listed per person.",
      ),
      say(`生成于 ${dayOf(madeAt, settings)}。`, `Made on ${dayOf(madeAt, settings)}.`) +
        (isPartial ? say("这一年还没有过完。", " The year is not over yet.") : ""),
      officer
        ? say(
            `负责人：${officer.name}，${officer.contact}`,
            `Responsible: ${officer.name}, ${officer.contact}`,
          )
        : say(
            "尚未写明负责人：请在“儿童隐私”里填写。",
            "No responsible person is named yet: please do so under Children's privacy.",
          ),
    ],
    sections: [
      held(figures, settings),
      consents(figures, settings),
      requests(figures, settings),
      reads(figures, settings),
      accesses(figures, settings),
      incidents(figures, settings),
      safety(figures, settings),
      checklist(settings),
      conclusions(settings),
    ],
  };
}

/** What is kept, by kind. */
export function held({ held: kept }: PrivacyFigures, { locale }: ReportSettings): ReportSection {
  const say = sayIn(locale);
  return {
    heading: say("保存的个人信息", "What is kept"),
    table: {
      head: [say("种类", "Kind"), say("数量", "How many"), say("用途和期限", "What for, how long")],
      widths: [4, 1.4, 6],
      rows: (Object.keys(KEPT) as (keyof Held)[]).map((kind) => [
        inLocale(KEPT[kind], locale),
        String(kept[kind]),
        inLocale(KEPT[kind].how, locale),
      ]),
    },
  };
}

function consents({ consents: all }: PrivacyFigures, { locale }: ReportSettings): ReportSection {
  const say = sayIn(locale);
  return {
    heading: say("同意", "Consents"),
    ...(all.length === 0 && { paragraphs: [say("没有同意记录。", "There are none.")] }),
    table: {
      head: [
        say("用途", "Purpose"),
        say("说明版本", "Notice"),
        say("现在有效", "Standing"),
        say("本年同意", "Given this year"),
        say("本年撤回", "Withdrawn this year"),
      ],
      widths: [3, 1.4, 1.4, 1.4, 1.4],
      rows: all.map(({ purpose, noticeVersion, standing, given, withdrawn }) => [
        consentPurpose(purpose, locale),
        noticeVersion,
        ...[standing, given, withdrawn].map(String),
      ]),
    },
  };
}

function requests(figures: PrivacyFigures, { locale }: ReportSettings): ReportSection {
  const say = sayIn(locale);
  const { erasures, overTime, exports } = figures;
  return {
    heading: say("家长的申请、导出和删除", "Families' requests, exports and erasures"),
    table: {
      head: [
        say("申请", "Request"),
        say("提出", "Asked"),
        say("按期答复", "In time"),
        say("逾期答复", "Late"),
        say("未答复", "Open"),
        say("撤回", "Taken back"),
      ],
      widths: [2.4, 1, 1, 1, 1, 1],
      rows: figures.requests.map(({ kind, asked, inTime, late, open, withdrawn }) => [
        inLocale(REQUESTS[kind], locale),
        ...[asked, inTime, late, open, withdrawn].map(String),
      ]),
    },
    paragraphs: [
      say(
        `导出孩子全部记录 ${exports} 次。删除 ${erasures.request + erasures.retention} 名孩子的个人信息：应申请 ${erasures.request}，保存期满 ${erasures.retention}。现有 ${overTime} 份记录已过保存期、等待处理。`,
        `Whole records exported: ${exports}. Children erased: ${erasures.request} on request, ${erasures.retention} at the end of their time. ${overTime} records are over their time and wait.`,
      ),
    ],
  };
}

function reads({ reads: months, reveals }: PrivacyFigures, { locale }: ReportSettings): ReportSection {
  const say = sayIn(locale);
  return {
    heading: say("教职工查看档案（按角色和月份）", "Records read by staff, by role and month"),
    table: {
      head: [
        say("月份", "Month"),
        say("教师", "Teachers"),
        say("管理员", "Administrators"),
        say("其中经审批或紧急查阅", "of these by leave"),
      ],
      rows: months.map((row) => [row.month, ...[row.teacher, row["school-admin"], row.byLeave].map(String)]),
    },
    paragraphs: [
      say(
        `显示完整学籍号 ${reveals.numbers} 次，完整家长电话 ${reveals.phones} 次，每次都记录并告知家长。`,
        `National numbers shown whole: ${reveals.numbers}; phones: ${reveals.phones}. Each is logged and told to the guardians.`,
      ),
    ],
  };
}

function accesses({ accesses: all }: PrivacyFigures, { locale }: ReportSettings): ReportSection {
  const say = sayIn(locale);
  const of = (fits: (each: (typeof all)[number]) => boolean) =>
    all.filter(fits).reduce((sum, each) => sum + each.count, 0);
  const emergencies = all.filter(({ kind }) => kind === "emergency");
  const judged = (verdict: string | null) =>
    emergencies.filter((each) => each.verdict === verdict).reduce((sum, each) => sum + each.count, 0);
  const used = ACCESS_PURPOSES.filter(
    (purpose) => of((each) => each.kind === "asked" && each.purpose === purpose) > 0,
  );
  return {
    heading: say("查阅申请和紧急查阅", "Reading beyond one's classes, and emergencies"),
    table: {
      head: [
        say("用途", "What for"),
        say("申请", "Asked"),
        say("同意", "Approved"),
        say("不同意", "Refused"),
        say("撤回或未答复", "Taken back or unanswered"),
      ],
      widths: [2.4, 1, 1, 1, 1.6],
      rows: used.map((purpose) => {
        const asked = (state?: string) =>
          of(
            (each) =>
              each.kind === "asked" &&
              each.purpose === purpose &&
              (state === undefined || each.state === state),
          );
        const rest = asked("withdrawn") + asked("waiting");
        return [
          inLocale(ACCESS[purpose], locale),
          ...[asked(), asked("approved"), asked("refused"), rest].map(String),
        ];
      }),
    },
    paragraphs: [
      say(
        `紧急查阅 ${judged("justified") + judged("unjustified") + judged(null)} 次：核查成立 ${judged("justified")}，不成立 ${judged("unjustified")}，尚未核查 ${judged(null)}。`,
        `Emergencies: ${judged("justified")} justified, ${judged("unjustified")} not, ${judged(null)} not looked into yet.`,
      ),
    ],
  };
}

function incidents({ incidents: real, drills }: PrivacyFigures, { locale }: ReportSettings): ReportSection {
  const say = sayIn(locale);
  const days = (count: number | null) => (count === null ? "—" : String(count));
  const row = (name: string, of: typeof real) => [
    name,
    ...[of.noticed, of.closed, of.reported].map(String),
    days(of.longestToReport),
    String(of.told),
    days(of.longestToTell),
  ];
  return {
    heading: say("个人信息安全事件和演练", "Incidents and drills"),
    table: {
      head: [
        say("登记", "Register"),
        say("发现", "Noticed"),
        say("办结", "Closed"),
        say("已报告", "Reported"),
        say("最长几天", "Most days"),
        say("已告知家长", "Families told"),
        say("最长几天", "Most days"),
      ],
      widths: [1.4, 1, 1, 1, 1.2, 1.4, 1.2],
      rows: [row(say("事件", "Incidents"), real), row(say("演练", "Drills"), drills)],
    },
    paragraphs: [
      say(
        "天数从发现那天算到报告主管部门或告知家长那天，当天为 0。登记只增不改，至少保存三年。",
        "Days from noticing until the authority was reported to or the families were told; the same day is 0. The register is only added to, and kept for at least three years.",
      ),
    ],
  };
}

function safety(figures: PrivacyFigures, settings: ReportSettings): ReportSection {
  const say = sayIn(settings.locale);
  const { backups, verification, requiresSecondFactor } = figures;
  const latest = backups.latestAt === null ? say("没有", "none") : dayOf(backups.latestAt, settings);
  return {
    heading: say("安全措施", "Safety"),
    table: {
      head: [say("项目", "What"), say("情况", "How it is")],
      widths: [2, 5],
      rows: [
        [
          say("管理员两步验证", "Second factor of administrators"),
          requiresSecondFactor ? say("必须", "required") : say("未要求，建议打开", "not required; should be"),
        ],
        [
          say("登录失败和限制", "Failed sign-ins"),
          say(
            "连续失败会暂停几分钟；失败只按散列保留几分钟，不形成个人记录，因此没有全年数字",
            "repeated failures pause for minutes; they are kept as hashes for minutes only, so there is no figure for the year",
          ),
        ],
        [
          say("备份", "Backups"),
          backups.isConfigured
            ? say(
                `${backups.count} 份，最近一份 ${latest}，每份写好后校验`,
                `${backups.count}, the latest ${latest}; each is checked when written`,
              )
            : say("服务器没有设置自动备份", "the server makes none by itself"),
        ],
        [
          say("账目核对（doudou verify）", "Recount (doudou verify)"),
          verification
            ? say(
                `核对 ${verification.awards} 条记录，差异 ${verification.differences} 处`,
                `${verification.awards} awards recounted, ${verification.differences} differences`,
              )
            : say(
                "未随本报告运行：请用命令行 pnpm doudou privacy-report 生成",
                "not run with this report: make it by pnpm doudou privacy-report",
              ),
        ],
      ],
    },
    toFillIn: [
      say("最近一次恢复演练的日期和结果", "Day and outcome of the latest trial of a restore"),
      say("谁保管备份口令，存放在哪里", "Who keeps the passphrase of the backups, and where"),
    ],
  };
}

function checklist({ locale }: ReportSettings): ReportSection {
  const say = sayIn(locale);
  return {
    heading: say("逐条对照", "Duty by duty"),
    table: {
      head: [
        say("规定", "Rule"),
        say("系统怎样做到", "How the software meets it"),
        say("学校填写", "By the school"),
      ],
      widths: [4, 4.4, 3],
      rows: DUTIES.map(({ law, met, byHand }) => [
        inLocale(law, locale),
        inLocale(met, locale),
        inLocale(byHand, locale) === say("无", "None") ? "—" : `□ ${inLocale(byHand, locale)}`,
      ]),
    },
  };
}

function conclusions({ locale }: ReportSettings): ReportSection {
  const say = sayIn(locale);
  return {
    heading: say("审计意见", "Findings"),
    toFillIn: [
      say(
        "本年登记的个人信息安全事件：处理是否及时、整改是否完成",
        "Incidents of the year in the register: whether they were met in time, and mended",
      ),
      say("发现的问题和整改期限", "What was found wanting, and by when it is mended"),
      say("审计人签字、日期、学校盖章", "Auditor's signature, date, the school's seal"),
    ],
  };
}

function dayOf(instant: string, { locale, timeZone }: ReportSettings): string {
  return new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { dateStyle: "long", timeZone }).format(
    new Date(instant),
  );
}
