/** What fingers do on a screen besides tapping, made of the pointer's own events. Never calls what a page does by itself. */
import type { Locator, Page } from "playwright-core";

/** A finger on a card, moved sideways. @param by in px, to the right; to the left where negative */
export async function swipe(page: Page, card: Locator, by: number): Promise<void> {
  await card.scrollIntoViewIfNeeded();
  const box = await card.boundingBox();
  if (!box) throw new Error("no card to swipe");
  const y = box.y + box.height / 2;
  const x = box.x + box.width / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by / 2, y, { steps: 4 });
  await page.mouse.move(x + by, y, { steps: 4 });
  await page.mouse.up();
}
