/** Pages that are files of their own: what people wrote, put into HTML so that it is read and nothing else. */

/** Text as it stands in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
