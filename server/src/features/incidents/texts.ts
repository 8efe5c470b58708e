/**
 * The report to the authority and the letter to the families, from what was entered. Pure. Drafts that people read,
 * finish and send: nothing is sent from here, and a gap shows as one.
 *
 * @source 个人信息保护法 第五十七条: kinds, cause and possible harm; what was done, what those concerned can do; whom to reach
 */
import {
  type IncidentFacts,
  type IncidentStanding,
  REPORTING_STEPS,
  takenAt,
} from "@doudou/shared/domain/incidents.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { OfficeReport, ReportSection } from "../../documents/report-page.ts";
import { inLocale, sayIn } from "../../documents/say.ts";
import { LEAKED, STEPS } from "./words.ts";

export interface TextSettings {
  readonly locale: Locale;
  readonly timeZone: string;
  readonly school: string;
  readonly officer: { readonly name: string; readonly contact: string } | undefined;
}

export interface WrittenIncident {
  readonly isDrill: boolean;
  readonly facts: IncidentFacts;
  readonly standing: IncidentStanding;
}

/** To the education and the cyberspace authority, where they have no form of their own. */
export function reportToAuthority(written: WrittenIncident, settings: TextSettings): OfficeReport {
  const { locale, school } = settings;
  const say = sayIn(locale);
  const { facts, standing } = written;
  return {
    locale,
    school,
    title: titled(written, locale, say("个人信息安全事件报告", "Report of an incident with personal data")),
    about: [
      say(
        "依据《个人信息保护法》第五十七条、《未成年人网络保护条例》第三十五条报告。主管部门有专门表格的，以表格为准。",
        "By article 57 of the Personal Information Protection Law and article 35 of the Regulations on the Protection of Minors in Cyberspace. Where the authority has a form of its own, that holds.",
      ),
    ],
    sections: [
      {
        heading: say("一、发生了什么", "1. What happened"),
        paragraphs: [
          say(
            `发现时间：${momentOf(facts.noticedAt, settings)}`,
            `Noticed: ${momentOf(facts.noticedAt, settings)}`,
          ),
          ...lines(facts.what, locale),
        ],
      },
      {
        heading: say("二、涉及的信息和人", "2. Which data, and whose"),
        paragraphs: concerned(facts, locale),
      },
      {
        heading: say("三、原因和可能造成的危害", "3. Cause, and what harm may come"),
        paragraphs: [...lines(facts.cause, locale), ...harms(facts, locale)],
      },
      {
        heading: say("四、已采取的补救措施", "4. What has been done"),
        paragraphs: lines(facts.measures, locale),
        table: {
          head: [say("步骤", "Step"), say("时间或原因", "When, or why not")],
          widths: [2, 5],
          rows: standing.steps.map(({ step, outcome, doneAt, note }) => [
            inLocale(STEPS[step], locale),
            outcome === "done" && doneAt
              ? momentOf(doneAt, settings)
              : outcome === "not-needed"
                ? say(`不需要：${note}`, `Not needed: ${note}`)
                : say("尚未完成", "not done yet"),
          ]),
        },
      },
      {
        heading: say("五、个人可以采取的措施", "5. What those concerned can do"),
        paragraphs: advices(facts, locale),
      },
      { heading: say("六、联系方式", "6. Whom to reach"), paragraphs: [reachable(settings)] },
    ],
  };
}

/** To each family concerned, in plain words. */
export function letterToFamilies(written: WrittenIncident, settings: TextSettings): OfficeReport {
  const { locale, school } = settings;
  const say = sayIn(locale);
  const { facts, standing } = written;
  const reportedAt = takenAt(standing, ...REPORTING_STEPS);
  return {
    locale,
    school,
    title: titled(written, locale, say("关于孩子个人信息的告知", "About your child's personal data")),
    about: [
      say(
        "各位家长：学校保存的孩子的信息出了问题。我们把知道的都告诉您，也请您按下面的办法保护孩子。",
        "Dear families: something has happened to data the school keeps of your children. This is what we know, and what you can do.",
      ),
    ],
    sections: [
      {
        heading: say("发生了什么", "What happened"),
        paragraphs: [
          say(
            `${momentOf(facts.noticedAt, settings)}，学校发现：`,
            `On ${momentOf(facts.noticedAt, settings)} the school noticed:`,
          ),
          ...lines(facts.what, locale),
        ],
      },
      { heading: say("涉及哪些信息", "Which data"), paragraphs: concerned(facts, locale) },
      {
        heading: say("原因和可能的影响", "Why, and what may come of it"),
        paragraphs: [...lines(facts.cause, locale), ...harms(facts, locale)],
      },
      {
        heading: say("学校做了什么", "What the school has done"),
        paragraphs: [
          ...lines(facts.measures, locale),
          ...(reportedAt
            ? [
                say(
                  `已于 ${momentOf(reportedAt, settings)} 报告主管部门。`,
                  `Reported to the authority on ${momentOf(reportedAt, settings)}.`,
                ),
              ]
            : []),
        ],
      },
      { heading: say("您可以做什么", "What you can do"), paragraphs: advices(facts, locale) },
      { heading: say("联系谁", "Whom to reach"), paragraphs: [reachable(settings)] },
    ],
  };
}

/** A drill says so on every page it could leave the school on. */
function titled({ isDrill }: WrittenIncident, locale: Locale, title: string): string {
  return isDrill ? sayIn(locale)(`【演练】${title}`, `[DRILL] ${title}`) : title;
}

function concerned({ kinds, children, whom }: IncidentFacts, locale: Locale): string[] {
  const say = sayIn(locale);
  const names = kinds.map((kind) => inLocale(LEAKED[kind].name, locale)).join(say("；", "; "));
  const about = children === null ? [] : [say(`约 ${children} 名孩子`, `about ${children} children`)];
  const whose = [whom.trim(), ...about].filter((part) => part !== "").join(say("，", ", "));
  return [
    say(`信息种类：${orGap(names, locale)}`, `Kinds of data: ${orGap(names, locale)}`),
    say(`涉及：${orGap(whose, locale)}`, `Concerned: ${orGap(whose, locale)}`),
  ];
}

function harms({ harm, kinds }: IncidentFacts, locale: Locale): string[] {
  if (harm.trim() !== "") return lines(harm, locale);
  return kinds.length === 0 ? [orGap("", locale)] : kinds.map((kind) => inLocale(LEAKED[kind].harm, locale));
}

function advices({ advice, kinds }: IncidentFacts, locale: Locale): string[] {
  if (advice.trim() !== "") return lines(advice, locale);
  return kinds.length === 0
    ? [orGap("", locale)]
    : kinds.map((kind) => inLocale(LEAKED[kind].advice, locale));
}

function reachable({ officer, school, locale }: TextSettings): string {
  if (!officer) return orGap("", locale);
  return sayIn(locale)(
    `${school}，${officer.name}，${officer.contact}`,
    `${school}, ${officer.name}, ${officer.contact}`,
  );
}

/** What somebody wrote, a paragraph a line. */
function lines(text: string, locale: Locale): string[] {
  const written = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return written.length > 0 ? written : [orGap("", locale)];
}

function orGap(text: string, locale: Locale): string {
  return text === "" ? sayIn(locale)("（请填写）", "(please fill in)") : text;
}

function momentOf(instant: string | Date, { locale, timeZone }: TextSettings): string {
  return new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone,
  }).format(new Date(instant));
}

/** The same as text to be copied: into a form, a message, a letter. */
export function copyable({ school, title, about, sections }: OfficeReport): string {
  return [
    title,
    ...about,
    ...sections.map(({ heading, paragraphs = [], table }: ReportSection) =>
      [heading, ...paragraphs, ...(table?.rows ?? []).map((row) => row.join(" · "))].join("\n"),
    ),
    school,
  ].join("\n\n");
}
