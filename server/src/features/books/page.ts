/**
 * The book of a school year as a page in a folder: opened from a disk by any browser, large or small, without the server
 * and without a script. What people wrote is escaped; it asks for nothing outside its folder.
 */
import type { PaletteColour } from "@doudou/shared/domain/palette.ts";
import { DIMENSIONS, type PerDimension } from "@doudou/shared/domain/words.ts";
import type { BookFile, BookFilePage } from "../../documents/book-file.ts";
import { escapeHtml as esc } from "../../http/html.ts";

export const STYLE_SHEET = "book.css";
export const PLANT = "drawings/plant.svg";
export const CHART = "drawings/chart.svg";
export const LOGO = "drawings/logo.webp";

type Page<Kind extends BookFilePage["kind"]> = Extract<BookFilePage, { kind: Kind }>;
type Work = Page<"works">["works"][number];
interface Marked {
  readonly dimension: number | null;
  readonly character: string;
}

/** @returns a whole HTML document */
export function bookPage(file: BookFile, { hasLogo }: { readonly hasLogo: boolean }): string {
  const sections = file.pages.map((page, place) => ({
    place,
    title: titleOf(page, file),
    html: sectionOf(page, file),
    kind: page.kind,
    mark: page.kind === "dimension" ? page : undefined,
  }));
  const [, ...listed] = sections;
  // A second page of the same is no place of its own to go to.
  const isContinued = (place: number) => sections[place]?.title === sections[place - 1]?.title;
  const contents = listed
    .filter(({ place }) => !isContinued(place))
    .map(({ place, title }) => `<li><a href="#page-${place}">${esc(title)}</a></li>`)
    .join("");
  const body = listed
    .map(
      ({ place, title, html, kind, mark }) =>
        `<section id="page-${place}" class="page ${kind}${mark ? ` ${classOf(mark)}` : ""}"${isContinued(place) ? "" : ` aria-labelledby="title-${place}"`}>` +
        `<h2 id="title-${place}">${mark ? bean(mark) : ""}${esc(title)}</h2>${html}</section>`,
    )
    .join("");
  const cover = file.pages.find((page): page is Page<"cover"> => page.kind === "cover");
  return (
    `<!doctype html><html lang="${file.lang === "zh" ? "zh-CN" : "en"}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">` +
    `<meta http-equiv="Content-Security-Policy" content="script-src 'none'; connect-src 'none'; frame-src 'none'; form-action 'none'">` +
    `<meta name="referrer" content="no-referrer">` +
    `<title>${esc(file.title)}</title><link rel="stylesheet" href="${STYLE_SHEET}"></head><body>` +
    `<header class="cover"><p>${hasLogo ? `<img class="logo" src="${LOGO}" alt=""> ` : ""}${esc(file.school)}</p>` +
    (cover && file.pages.some(({ kind }) => kind === "growth")
      ? `<img class="plant" src="${PLANT}" alt="${esc(cover.plantAlt)}">`
      : "") +
    `<h1>${esc(file.cover)}</h1><p>${esc(file.className)}</p><p class="year">${esc(file.year)}</p></header>` +
    `<nav aria-labelledby="contents"><h2 id="contents">${esc(file.words.contents)}</h2><ol>${contents}</ol></nav>` +
    `<main>${body}</main></body></html>\n`
  );
}

function titleOf(page: BookFilePage, { words }: BookFile): string {
  switch (page.kind) {
    case "cover":
      return words.book;
    case "growth":
      return words.growth;
    case "self":
      return words.self;
    case "dimension":
    case "letter":
    case "by-hand":
      return page.title;
    case "works":
      return words.works;
    case "photos":
      return words.photos;
    case "badges":
      return words.badges;
    case "honours":
      return words.honours;
    case "activities":
      return words.activities;
    case "kind-words":
      return words.kindWords;
    case "home":
      return words.home;
    case "next-year":
      return words.nextYear;
  }
}

function sectionOf(page: BookFilePage, file: BookFile): string {
  const { words } = file;
  switch (page.kind) {
    case "cover":
      return "";
    case "growth":
      return (
        `<p>${esc(words.growthAbout)}</p><img class="chart" src="${CHART}" alt="${esc(page.radarAlt)}">` +
        `<p class="quiet">${esc(`${words.now} (${page.now.name})`)}${page.earlier ? esc(` · ${words.earlier} (${page.earlier.name})`) : ""}</p>` +
        list(page.rows, (row) => [row, bean(row) + esc(row.said)], "plain")
      );
    case "self":
      return (
        list(page.levels, (one) => [
          one,
          `${bean(one)}<span>${esc(one.question)}</span> <b>${esc(one.said)}</b>`,
        ]) +
        page.sentences
          .map(({ lead, said }) => `<blockquote><b>${esc(lead)}</b> ${esc(said)}</blockquote>`)
          .join("")
      );
    case "dimension":
      return (
        (page.sentence === null
          ? ""
          : `<p class="sentence">${esc(page.sentence)}</p><h3>${esc(words.moments)}</h3>`) +
        list(page.moments, ({ point, note, by }) => [
          page,
          `<b>${esc(point)}</b>${note === null ? "" : `<blockquote>${esc(note)}</blockquote>`}<p class="quiet">${esc(by)}</p>`,
        ])
      );
    case "works":
      return `<div class="works">${page.works.map((work) => workCard(work, file)).join("")}</div>`;
    case "photos":
      return `<div class="photos">${page.photos
        .map(
          ({ src, alt, caption, day, ...mark }) =>
            `<figure class="${classOf(mark)}">${src === null ? `<p class="gone">${bean(mark)}${esc(words.withoutPicture)}</p>` : picture(src, alt)}` +
            `<figcaption>${esc(caption)} <span class="quiet">${esc(day)}</span></figcaption></figure>`,
        )
        .join("")}</div>`;
    case "badges":
      return `<div class="badges">${page.badges
        .map(
          ({ outline, box, name, about, said, by, ...mark }) =>
            `<article class="${classOf(mark)}"><svg viewBox="0 0 ${box} ${box}" aria-hidden="true"><path d="${esc(outline)}"/>` +
            `<text x="50%" y="50%" dy=".36em">${esc(mark.character)}</text></svg><h3>${esc(name)}</h3><p>${esc(about)}</p>` +
            `${said === null ? "" : `<blockquote>${esc(said)}</blockquote>`}<p class="quiet">${esc(by)}</p></article>`,
        )
        .join("")}</div>`;
    case "honours":
      return list(page.honours, (honour) => [
        honour,
        `${bean(honour)}<b>${esc(honour.title)}</b><p class="quiet">${esc(honour.from)}</p>` +
          (honour.picture === null ? "" : picture(honour.picture, honour.title)) +
          (honour.file === null
            ? ""
            : `<p><a href="${esc(honour.file)}">${esc(`${honour.title} · ${honour.fileName}`)}</a></p>`),
      ]);
    case "activities":
      return list(page.activities, ({ title, facts, said }) => [
        undefined,
        `<p><b>${esc(title)}</b></p><p class="quiet">${esc(facts)}</p>${said === null ? "" : `<blockquote>${esc(said)}</blockquote>`}`,
      ]);
    case "kind-words":
      return list(page.said, (one) => [
        one,
        `<p>${bean(one)}<b>${esc(one.strength)}</b></p><p>${esc(one.words)}</p>${one.from === null ? "" : `<p class="quiet">— ${esc(one.from)}</p>`}`,
      ]);
    case "home":
      return list(page.seen, ({ topic, level, said, day }) => [
        undefined,
        `<b>${esc(topic)}</b> ${level === null ? "" : esc(level)} <span class="quiet">${esc(day)}</span>${said === null ? "" : `<p>${esc(said)}</p>`}`,
      ]);
    case "letter":
      return (
        (page.grewMost
          ? `<p class="sentence ${classOf(page.grewMost)}">${bean(page.grewMost)}${esc(page.grewMost.sentence)}</p>`
          : "") +
        (page.comment.length === 0
          ? ""
          : `<div class="paper">${page.comment.map((line) => `<p>${esc(line)}</p>`).join("")}${page.by === null ? "" : `<p class="quiet">${esc(page.by)}</p>`}</div>`) +
        (page.remarks.length === 0
          ? ""
          : `<h3>${esc(words.remarks)}</h3>${list(page.remarks, ({ by, said }) => [undefined, `<p>${esc(said)}</p><p class="quiet">${esc(by)}</p>`])}`)
      );
    case "by-hand":
      return `<p>${esc(page.about)}</p><div class="empty"></div>`;
    case "next-year":
      return (
        `<p>${esc(words.nextYearAbout)}</p>` +
        (page.goals.length === 0
          ? ""
          : `<h3>${esc(words.goals)}</h3>${list(page.goals, ({ text, isReached }) => [undefined, esc(text) + (isReached ? ` <b>${esc(words.reached)}</b>` : "")], "plain")}`) +
        (page.wish === null ? "" : `<blockquote><b>${esc(words.next)}</b> ${esc(page.wish)}</blockquote>`) +
        `<h3>${esc(words.promise)}</h3><div class="empty"></div>`
      );
  }
}

function workCard(work: Work, { words }: BookFile): string {
  return (
    `<article class="${classOf(work)}">` +
    work.pictures.map((src) => picture(src, work.title)).join("") +
    (work.isMissingPicture ? `<p class="gone">${bean(work)}${esc(words.withoutPicture)}</p>` : "") +
    `<h3>${bean(work)}${esc(work.title)}</h3><p class="quiet">${esc(work.day)}</p>` +
    (work.reflection === null ? "" : `<p><b>${esc(words.ownWords)}</b> ${esc(work.reflection)}</p>`) +
    (work.word === null
      ? ""
      : `<blockquote>${esc(work.word.text)} <span class="quiet">${esc(work.word.by)}</span></blockquote>`) +
    work.others.map((other) => player(other, work.title)).join("") +
    `</article>`
  );
}

function player({ kind, name, src }: Work["others"][number], title: string): string {
  if (src === null) return "";
  const label = esc(`${title} · ${name}`);
  if (kind === "audio")
    return `<audio controls preload="none" src="${esc(src)}" aria-label="${label}"></audio>`;
  if (kind === "video")
    return `<video controls preload="metadata" playsinline src="${esc(src)}" aria-label="${label}"></video>`;
  return `<p><a href="${esc(src)}">${label}</a></p>`;
}

function picture(src: string, alt: string): string {
  return `<img src="${esc(src)}" alt="${esc(alt)}" loading="lazy">`;
}

/** Nothing where there is nothing. */
function list<T>(
  things: readonly T[],
  itemOf: (thing: T) => readonly [mark: Marked | undefined, html: string],
  look = "cards",
): string {
  const items = things.map((thing) => {
    const [mark, html] = itemOf(thing);
    return `<li${mark ? ` class="${classOf(mark)}"` : ""}>${html}</li>`;
  });
  return items.length === 0 ? "" : `<ul class="${look}">${items.join("")}</ul>`;
}

/** A dimension's character in its colours; beside a text that says it too. */
function bean(mark: Marked): string {
  return `<span class="bean ${classOf(mark)}" aria-hidden="true">${esc(mark.character)}</span>`;
}

function classOf({ dimension }: Pick<Marked, "dimension">): string {
  return DIMENSIONS[dimension ?? -1] ?? "any";
}

/** The palette on a screen, as the web app's tokens have it. */
const PALETTE_STYLE: Readonly<Record<PaletteColour, string>> = {
  red: "--text: #a8322a; --fill: #d9534a; --tint: #fbe6e2;",
  gold: "--text: #7a5200; --fill: #f2b632; --tint: #fdf1d3;",
  green: "--text: #2a6b3a; --fill: #58a868; --tint: #e3f3e6;",
  violet: "--text: #6e3a91; --fill: #a173c4; --tint: #f0e6f7;",
  brown: "--text: #5a4030; --fill: #9a7457; --tint: #f1e7de;",
};

/** The style sheet of a book, each dimension in the colour its school gives it. */
export function bookStyle(colours: PerDimension<PaletteColour>): string {
  const dimensions = DIMENSIONS.map((dimension) => `.${dimension} { ${PALETTE_STYLE[colours[dimension]]} }`);
  return `${dimensions.join("\n")}\n${STYLE}`;
}

const STYLE = `:root { color-scheme: light; --text: #1f6f78; --fill: #7fb3b8; --tint: #e0eeee; }
.any { --text: #1f6f78; --fill: #7fb3b8; --tint: #e0eeee; }
* { box-sizing: border-box; }
body { margin: 0; background: #fbf7ef; color: #2b2622; font: 1.0625rem/1.65 "PingFang SC", "Noto Sans SC", "Microsoft YaHei", system-ui, sans-serif; overflow-wrap: anywhere; }
p { margin: 0.4rem 0; white-space: pre-line; }
h1 { margin: 0.5rem 0; font-size: clamp(2rem, 8vw, 3.25rem); line-height: 1.2; }
h2 { margin: 0 0 1rem; color: var(--text); font-size: 1.6rem; line-height: 1.3; }
h3 { margin: 0.6rem 0 0.3rem; color: var(--text); font-size: 1.15rem; }
a { color: #1f6f78; }
a:focus-visible, audio:focus-visible, video:focus-visible { outline: 3px solid #1f6f78; outline-offset: 3px; }
.quiet { color: #6b6259; font-size: 0.9rem; }
.cover { display: grid; justify-items: center; align-content: center; gap: 0.5rem; min-height: 88vh; padding: 2rem 1rem; text-align: center; background: radial-gradient(circle at 100% 0, #fdf1d3 0 28%, transparent 28.3%), radial-gradient(circle at 0 100%, #e3f3e6 0 26%, transparent 26.3%), #fbf7ef; }
.cover .plant { width: min(30rem, 90vw); }
.cover .logo { height: 2.5rem; vertical-align: middle; }
.cover .year { padding: 0.4rem 1.6rem; border-radius: 99px; background: #1f6f78; color: #fff; font-weight: 600; font-size: 1.2rem; }
nav, main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
nav ol { columns: 16rem 3; padding-left: 1.4rem; margin: 0; }
nav a { display: inline-block; padding: 0.45rem 0; min-height: 2.5rem; }
.page { margin: 0 0 1.5rem; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 2rem; border-top: 0.9rem solid var(--tint); border-radius: 1.25rem; background: #fffdf8; box-shadow: 0 2px 12px rgb(43 38 34 / 9%); }
.chart { display: block; width: min(28rem, 100%); margin: 0.5rem auto; }
ul { margin: 0.8rem 0; padding: 0; list-style: none; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 1rem; }
.cards > li, article { padding: 1rem; border: 1px solid var(--fill); border-radius: 1rem; background: #fff; }
.plain > li { padding: 0.35rem 0; }
.bean { display: inline-grid; place-items: center; width: 2rem; height: 2rem; margin-right: 0.5rem; border: 1.5px solid var(--text); border-radius: 50%; background: var(--tint); color: var(--text); font-size: 1rem; font-weight: 600; line-height: 1; vertical-align: middle; }
blockquote { margin: 0.5rem 0; padding: 0.3rem 0.9rem; border-left: 4px solid var(--fill); }
.sentence { padding: 1rem; border-radius: 1rem; background: var(--tint); }
.paper { padding: 1rem 1.4rem; border: 1px solid #e2d8c7; border-radius: 1rem; background: #fbf7ef; }
.works, .photos { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 1.25rem; align-items: start; }
.works img, .photos img, .honours li img { display: block; width: 100%; max-height: 34rem; object-fit: contain; border-radius: 0.9rem; background: var(--tint); }
.works img + img { margin-top: 0.6rem; }
figure { margin: 0; }
.gone { padding: 2rem 1rem; border-radius: 0.9rem; background: var(--tint); color: var(--text); text-align: center; }
audio, video { display: block; width: 100%; margin-top: 0.8rem; border-radius: 0.6rem; }
.badges { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)); gap: 1rem; }
.badges article { text-align: center; }
.badges svg { width: 7rem; }
.badges path { fill: var(--tint); stroke: var(--text); stroke-width: 1.8; stroke-linejoin: round; }
.badges text { fill: var(--text); font-size: 22px; font-weight: 600; text-anchor: middle; }
.empty { min-height: 11rem; border: 2px dashed var(--fill); border-radius: 1rem; }
@page { size: A4; margin: 14mm; }
@media print {
  body { background: #fff; font-size: 11pt; }
  .cover { min-height: 250mm; }
  nav { display: none; }
  main { max-width: none; padding: 0; }
  .page { break-before: page; margin: 0; padding: 4mm 0; border-radius: 0; background: none; box-shadow: none; }
  .cards > li, article, figure { break-inside: avoid; }
  .works img, .photos img { max-height: 90mm; }
  .by-hand .empty { min-height: 200mm; }
  .next-year .empty { min-height: 110mm; }
  audio, video { display: none; }
}
`;
