/** Marks the sentence that is being read where it stands on the page, and brings it into sight. Changes no element. */

const MARK = "being-read";

/** @returns whether it was found */
export function markSentence(root: HTMLElement, sentence: string | undefined): boolean {
  if (!("highlights" in CSS)) return false;
  CSS.highlights.delete(MARK);
  if (sentence === undefined) return false;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const from = node.nodeValue?.indexOf(sentence) ?? -1;
    if (from < 0) continue;
    const range = new Range();
    range.setStart(node, from);
    range.setEnd(node, from + sentence.length);
    CSS.highlights.set(MARK, new Highlight(range));
    node.parentElement?.scrollIntoView({ block: "center" });
    return true;
  }
  return false;
}
