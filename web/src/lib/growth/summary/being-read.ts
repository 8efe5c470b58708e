/** Marks the sentence that is being read where it stands on the page, and brings it into sight. Changes no element. */
import { placeOnPage } from "@doudou/shared/domain/read-aloud.ts";

const MARK = "being-read";
/** What is there to be pressed is none of the page's words, nor is the sentence shown large. */
const CONTROLS = ".not-printed";

/**
 * @param sentences all that are read of the page, in their order
 * @param at which of them; undefined while nothing is read
 */
export function markSentence(root: HTMLElement, sentences: readonly string[], at: number | undefined): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete(MARK);
  const sentence = at === undefined ? undefined : sentences[at];
  if (at === undefined || sentence === undefined) return;
  const texts = textsOf(root);
  const from = placeOnPage(texts.map(({ data }) => data).join(""), sentences, at);
  if (from < 0) return;
  const range = rangeOf(texts, from, from + sentence.length);
  CSS.highlights.set(MARK, new Highlight(range));
  range.startContainer.parentElement?.scrollIntoView({ block: "center" });
}

function textsOf(root: HTMLElement): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
    node instanceof Element && node.matches(CONTROLS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node instanceof Text) texts.push(node);
  return texts;
}

/** @param from, until places in all the texts together */
function rangeOf(texts: readonly Text[], from: number, until: number): Range {
  const range = new Range();
  let before = 0;
  for (const text of texts) {
    const after = before + text.length;
    if (before <= from && from < after) range.setStart(text, from - before);
    if (before < until && until <= after) range.setEnd(text, until - before);
    before = after;
  }
  return range;
}
