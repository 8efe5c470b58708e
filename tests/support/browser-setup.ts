/**
 * What the end-to-end tests need before the first of them: a browser, a Chinese font, a built web app.
 * Runs once per test run, and only when the project `e2e` is part of it.
 */
import { buildIfStale } from "../../web/build-if-stale.ts";
import { ensureBrowser } from "./browser.ts";

export default async function setup(): Promise<void> {
  ensureBrowser();
  await buildIfStale();
}
