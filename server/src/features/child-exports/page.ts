/**
 * A child's record as a page that opens by itself in any browser, years later and without the internet: one file, no
 * script, pictures beside it. Everything that people wrote is text, never markup.
 */
import type { Dimension, Locale } from "@doudou/shared/domain/words.ts";
import type { ConsentMethod } from "@doudou/shared/domain/consent.ts";
import { FITNESS_NAMES, FITNESS_UNITS } from "@doudou/shared/domain/fitness-words.ts";
import { REMINDER_PHRASES } from "@doudou/shared/domain/reminders.ts";
import {
  HOME_LEVEL_WORDS,
  HOME_TOPICS,
  LEVEL_WORDS,
  questionFor,
  SELF_QUESTIONS,
  STARTER_WORDS,
} from "@doudou/shared/domain/voices.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { escapeHtml as esc } from "../../http/html.ts";
import type { ChildRecord } from "./record.ts";
import { wordsIn } from "./words.ts";

/** Whose questions say most. */
const OLDEST = 9;

type Facts = ChildRecord["json"] & {
  /** Names of files that should be beside it and that the school has lost. */
  readonly missing: readonly string[];
};

/** @returns a whole HTML document */
export function recordPage(record: Facts, locale: Locale, timeZone: string): string {
  const w = wordsIn(locale);
  const day = (instant: string) => localDayOf(Date.parse(instant), timeZone);
  const said = ({ zh, en }: { zh: string; en: string }) => (locale === "en" ? en : zh);
  const { child } = record;
  const sections = [
    section(
      w.child,
      facts([
        [w.name, child.name],
        [w.studentNo, child.studentNo],
        [w.nationalNo, child.nationalNo],
        [w.sex, child.sex && w.sexes[child.sex]],
        [w.bornOn, child.bornOn],
        [w.cardIssuedOn, child.cardIssuedAt && day(child.cardIssuedAt)],
        [w.guardians, child.guardians.map(({ name }) => name).join(w.comma)],
      ]) +
        table(
          [w.class, w.from, w.to],
          child.classes.map((each) => [each.name, each.startsOn, each.endsOn ?? w.now]),
        ),
    ),
    section(
      w.totals,
      `<p class="quiet">${esc(w.totalsAbout)}</p>` +
        table(
          [w.dimension, w.records, w.beans],
          Object.entries(record.totals).map(([dimension, { records, beans }]) => [
            w.dimensions[dimension as Dimension],
            String(records),
            String(beans),
          ]),
        ),
    ),
    section(
      w.summaries,
      record.summaries
        .map(
          ({ term, revision, publishedAt, snapshot, verificationCode }) =>
            `<h3>${esc([...(term ? [said(term)] : []), ...(revision > 1 ? [`${w.revision} ${revision}`] : [])].join(" · "))}</h3><blockquote>${esc(snapshot.comment)}</blockquote>` +
            `<p class="quiet">${esc(`${w.published} ${day(publishedAt)} · ${w.code} ${verificationCode}`)}</p>`,
        )
        .join(""),
    ),
    section(
      w.answers,
      table(
        [w.day, w.by, w.text],
        [
          ...record.readings.flatMap(({ signedAt, by }) =>
            signedAt === null ? [] : [[day(signedAt), by, w.signed]],
          ),
          ...record.messages.map(({ writtenAt, by, text }) => [day(writtenAt), by, text]),
        ],
      ),
    ),
    section(
      w.awards,
      table(
        [w.day, w.dimension, w.what, w.beans, w.note, w.by],
        record.awards.map((award) => [
          award.day,
          w.dimensions[award.dimension],
          said(award.point) + (award.voided ? ` (${w.voided})` : ""),
          String(award.beans),
          award.note ?? "",
          award.by,
        ]),
      ),
    ),
    section(
      w.badges,
      table(
        [w.day, w.what, w.note, w.by],
        record.badges.map(({ day: on, name, level, words, by }) => [
          on,
          `${said(name)} ${"★".repeat(level)}`,
          words ?? "",
          by ?? "",
        ]),
      ) +
        table(
          [w.day, w.strivenFor],
          record.quests.map(({ setAt, name, level }) => [day(setAt), `${said(name)} ${"★".repeat(level)}`]),
        ) +
        table(
          [w.day, w.credentials, w.by, w.state],
          record.credentials.map(({ issuedAt, badge, by, withdrawnAt }) => [
            day(issuedAt),
            badge ? said(badge) : w.wholeRecord,
            by,
            withdrawnAt === null ? "" : `${w.withdrawn} ${day(withdrawnAt)}`,
          ]),
        ),
    ),
    section(
      w.goals,
      table(
        [w.day, w.what, w.by],
        record.goals.map(({ setAt, text, by }) => [day(setAt), text, by]),
      ),
    ),
    section(w.pictures, pictures(record, w.withOthers)),
    section(w.works, works(record, w.theirWords, w.word)),
    section(
      w.honours,
      table(
        [w.day, w.dimension, w.what, w.by],
        record.honours.map(({ day: on, dimension, title, givenBy }) => [
          on,
          w.dimensions[dimension],
          title,
          givenBy,
        ]),
      ) + links(record.honours.flatMap(({ files }) => files)),
    ),
    section(w.earlierSchools, earlierSchools(record)),
    section(
      w.highlights,
      list(record.highlights.map(({ title }) => (typeof title === "string" ? title : said(title)))),
    ),
    section(w.activities, activities(record, w.theirWords)),
    section(
      w.told,
      table(
        [w.day, w.whose, w.what, w.state],
        record.told.map((told) => [
          told.day,
          told.voice === "guardian" ? w.guardian : told.isByChild ? w.byChild : w.byOther,
          told.text,
          w.toldStates[told.state],
        ]),
      ),
    ),
    section(
      w.voices,
      table(
        [w.day, w.whose, w.what],
        record.voices.map(({ day: on, kind, isByChild, by, about, level, starter, words }) => [
          on,
          by ?? (isByChild ? w.byChild : w.byOther),
          [
            ...HOME_TOPICS.filter((topic) => topic === about).map((topic) => w.homeTopics[topic]),
            ...SELF_QUESTIONS.filter((one) => one === about).map((one) => said(questionFor(one, OLDEST))),
            starter === null ? "" : said(STARTER_WORDS[starter]),
            words,
            level === null ? "" : said((kind === "guardian" ? HOME_LEVEL_WORDS : LEVEL_WORDS)[level]),
          ]
            .filter(Boolean)
            .join(" "),
        ]),
      ),
    ),
    section(
      w.reminders,
      table(
        [w.day, w.what, w.by],
        record.reminders.map(({ at, phrase, text, by }) => [
          day(at),
          [phrase && said(REMINDER_PHRASES[phrase]), text].filter(Boolean).join(" "),
          by,
        ]),
      ),
    ),
    section(
      w.watchPlans,
      table(
        [w.from, w.to, w.dimension, w.what],
        record.watchPlans.map(({ startsOn, endsOn, dimension, reason }) => [
          startsOn,
          endsOn,
          dimension === null ? "" : w.dimensions[dimension],
          w.needs[reason],
        ]),
      ),
    ),
    section(
      w.individualPlans,
      table(
        [w.from, w.to, w.what, w.note, w.whatHelped],
        record.individualPlans.map(
          ({ startsOn, endsOn, endedOn, focus, supports, points, notes, whatHelped }) => [
            startsOn,
            endedOn ?? endsOn,
            [focus, supports, ...points.map((point) => said(point))].filter((text) => text !== "").join("；"),
            notes.map(({ day: noted, by, text }) => `${noted} ${by}：${text}`).join("；"),
            whatHelped ?? "",
          ],
        ),
      ),
    ),
    section(
      w.wishes,
      table(
        [w.day, w.what, w.beans, w.state, w.answered],
        record.wishes.map(({ day: asked, title, price, state, words }) => [
          asked,
          title,
          String(price),
          w.wishStates[state],
          words ?? "",
        ]),
      ) +
        facts([
          [w.savingFor, record.savingFor],
          [w.shopkeeping, record.shopkeeping.join(w.comma)],
        ]),
    ),
    section(
      w.drafts,
      table(
        [w.day, w.what, w.by],
        [
          ...record.draftComments.map(({ savedAt, comment, by }) => [day(savedAt), comment, by]),
          ...record.subjectRemarks.map(({ savedAt, text, by, subject }) => [
            day(savedAt),
            text,
            `${by} · ${said(subject)}`,
          ]),
        ],
      ),
    ),
    section(
      w.ratings,
      table(
        [w.day, w.what, w.state, w.by],
        record.ratings.map(({ ratedAt, indicator, level, by }) => [
          day(ratedAt),
          said(indicator),
          level === null ? w.unseen : said(level.word),
          by,
        ]),
      ),
    ),
    section(
      w.fitness,
      table(
        [w.day, w.what, w.state],
        [
          ...record.fitness.map(({ testedOn, item, value }) => [
            testedOn,
            said(FITNESS_NAMES[item]),
            `${value} ${said(FITNESS_UNITS[item])}`,
          ]),
          ...record.fitnessExemptions.map(({ year }) => [year ?? "", w.fitness, w.exempt]),
        ],
      ),
    ),
    section(
      w.consents,
      table(
        [w.purpose, w.answer, w.day, w.guardian, w.method, w.noticeVersion],
        record.consents.map((consent) => [
          w.purposes[consent.purpose],
          consent.withdrawnAt === null ? w.yes : w.no,
          day(consent.withdrawnAt ?? consent.grantedAt),
          consent.guardian,
          w.methods[consent.method as ConsentMethod] ?? consent.method,
          consent.noticeVersion,
        ]),
      ),
    ),
    section(
      w.requests,
      table(
        [w.day, w.what, w.text, w.state, w.answered],
        record.requests.map(({ askedAt, kind, text, state, answer }) => [
          day(askedAt),
          w.kinds[kind],
          text,
          w.states[state],
          answer ?? "",
        ]),
      ),
    ),
    section(
      w.wordReports,
      table(
        [w.day, w.text, w.state, w.answered],
        record.wordReports.map(({ reportedAt, said: told, state, answer }) => [
          day(reportedAt),
          told,
          w.reportStates[state],
          answer ?? "",
        ]),
      ),
    ),
    section(
      w.readers,
      table(
        [w.day, w.by, w.role, w.what, w.purpose],
        record.readers.map(({ at, by, role, action, purpose }) => [
          day(at),
          by,
          w.roles[role],
          w.looked[action.slice(0, action.indexOf("."))] ?? w.record,
          purpose === null ? "" : w.accessPurposes[purpose],
        ]),
      ),
    ),
  ];
  const title = w.title(child.name);
  return (
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">` +
    `<title>${esc(title)}</title><style>${STYLE}</style></head><body><main><h1>${esc(title)}</h1>` +
    `<p class="quiet">${esc(`${record.school} · ${w.madeOn} ${day(record.madeAt)}`)}</p>` +
    `<p>${esc(w.about)}</p>${missing(record.missing, w.missing)}${sections.join("")}</main></body></html>\n`
  );
}

function missing(names: readonly string[], told: string): string {
  return names.length > 0 ? `<p><strong>${esc(told)}</strong></p>${list(names)}` : "";
}

function pictures({ pictures: { included, withOthers }, awards }: Facts, others: (count: number) => string) {
  const captions = new Map(
    awards.flatMap((award) => award.pictures.map((name) => [name, award.day] as const)),
  );
  const figures = included.map(
    (name) =>
      `<figure><img src="${esc(name)}" alt="${esc(captions.get(name) ?? "")}" loading="lazy">` +
      `<figcaption>${esc(captions.get(name) ?? "")}</figcaption></figure>`,
  );
  const note = withOthers > 0 ? `<p class="quiet">${esc(others(withOthers))}</p>` : "";
  return figures.length > 0 ? `<div class="pictures">${figures.join("")}</div>${note}` : note;
}

function works({ works: all }: Facts, own: string, word: string): string {
  return all
    .map(
      (work) =>
        `<h3>${esc(work.title)}</h3><p class="quiet">${esc(`${work.day} · ${work.by}`)}</p>` +
        (work.reflection === "" ? "" : `<blockquote>${esc(`${own} ${work.reflection}`)}</blockquote>`) +
        (work.word === null
          ? ""
          : `<blockquote>${esc(`${word} (${work.word.by ?? ""}) ${work.word.text}`)}</blockquote>`) +
        links(work.files),
    )
    .join("");
}

function activities({ activities: all }: Facts, own: string): string {
  return all
    .map(
      ({ title, startsOn, place, by, part, about, reflection }) =>
        `<h3>${esc(title)}</h3><p class="quiet">${esc([startsOn, place, by].filter(Boolean).join(" · "))}</p>` +
        [part, about].map((said) => (said === "" ? "" : `<p>${esc(said)}</p>`)).join("") +
        (reflection === null ? "" : `<blockquote>${esc(`${own} ${reflection}`)}</blockquote>`),
    )
    .join("");
}

/** Pictures to look at, anything else to open. */
function links(files: readonly string[]): string {
  if (files.length === 0) return "";
  const shown = files.map((name) =>
    name.endsWith(".webp")
      ? `<figure><img src="${esc(name)}" alt="" loading="lazy"></figure>`
      : `<figure><a href="${esc(name)}">${esc(name)}</a></figure>`,
  );
  return `<div class="pictures">${shown.join("")}</div>`;
}

/** Nothing where there is nothing. */
/** In the words of the other school; all of it is in the JSON beside. */
function earlierSchools({ earlierSchools: schools }: Facts): string {
  return schools
    .filter(({ state }) => state === "taken")
    .map(({ school, years, files }) => {
      const told = years.map(({ name, className, summaries, works: made, activities: joined = [] }) => {
        const comments = summaries.map(({ comment }) => `<blockquote>${esc(comment)}</blockquote>`).join("");
        const titles = made
          .map(({ title, reflection }) => `<p>${esc(title)} ${esc(reflection)}</p>`)
          .join("");
        const parts = joined
          .map(
            ({ title, place, reflection }) =>
              `<p>${esc([title, place, reflection].filter(Boolean).join(" "))}</p>`,
          )
          .join("");
        return `<p><b>${esc(`${name} ${className}`)}</b></p>${comments}${titles}${parts}`;
      });
      return `<h3>${esc(school)}</h3>${told.join("")}${links(files.map(({ here }) => here))}`;
    })
    .join("");
}

function section(heading: string, body: string): string {
  return body === "" ? "" : `<section><h2>${esc(heading)}</h2>${body}</section>`;
}

function facts(pairs: readonly (readonly [string, string | null | undefined])[]): string {
  const known = pairs.filter(([, value]) => value);
  if (known.length === 0) return "";
  return `<dl>${known.map(([name, value]) => `<dt>${esc(name)}</dt><dd>${esc(value ?? "")}</dd>`).join("")}</dl>`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? "" : `<ul>${items.map((text) => `<li>${esc(text)}</li>`).join("")}</ul>`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const head = heads.map((text) => `<th scope="col">${esc(text)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((text) => `<td>${esc(text)}</td>`).join("")}</tr>`).join("");
  return `<div class="table"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

const STYLE = `
:root{color-scheme:light}
body{margin:0;background:#fbf7ef;color:#2b2622;font:17px/1.6 "Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{margin:.5rem 0;font-size:1.9rem;line-height:1.25}h2{margin:2.2rem 0 .6rem;font-size:1.3rem}h3{margin:1.2rem 0 .3rem;font-size:1.05rem}
.quiet{color:#6b6259}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:0 0 1rem}dt{color:#6b6259}dd{margin:0}
.table{overflow-x:auto}table{width:100%;border-collapse:collapse;background:#fff}
th,td{padding:.45rem .6rem;border:1px solid #e4dccd;text-align:left;vertical-align:top}th{background:#f4ede0;font-weight:600;white-space:nowrap}
td{white-space:pre-line}
blockquote{margin:0;padding:.6rem 1rem;border-left:4px solid #1f6f78;background:#fff;white-space:pre-line}
.pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:1rem}figure{margin:0}img{width:100%;height:auto;border-radius:8px}
figcaption{color:#6b6259;font-size:.9rem}
@media print{body{background:#fff;font-size:12px}section{break-inside:auto}tr{break-inside:avoid}}
`.replaceAll("\n", "");
