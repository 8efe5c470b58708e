/** A name as a finger writes it, for stories in which somebody signs. */
import type { Page } from "playwright-core";

/** Something like a name: three strokes across the sheet. */
export async function draw(page: Page): Promise<void> {
  const box = (await page.getByRole("img", { name: "签名的地方" }).boundingBox())!;
  const to = (x: number, y: number) =>
    page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 6 });
  for (const [x, y] of [
    [0.15, 0.3],
    [0.4, 0.25],
    [0.65, 0.35],
  ] as const) {
    await to(x, y);
    await page.mouse.down();
    await to(x + 0.15, y + 0.4);
    await to(x + 0.2, y + 0.05);
    await page.mouse.up();
  }
}
