/**
 * The real browser of the end-to-end tests: finds one, installs one where it may, starts it with a fresh profile.
 * Never downloads anything by itself: what is missing comes from the system's package manager or not at all.
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type LaunchOptions,
} from "playwright-core";

/** Starts a headless browser with an empty profile of its own; close it when done. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToInstall);
  return chromium.launch({ executablePath, ...options, args: [...BROWSER_FLAGS, ...(options.args ?? [])] });
}

/** Starts a headless browser on a profile that outlives it. */
export async function launchProfile(folder: string, options: BrowserContextOptions): Promise<BrowserContext> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToInstall);
  return chromium.launchPersistentContext(folder, { executablePath, ...options, args: [...BROWSER_FLAGS] });
}

/** Kills a browser as a power cut does: nothing of it can tidy up. @returns once it is gone */
export async function killBrowser(context: BrowserContext): Promise<void> {
  const browser = context.browser();
  if (!browser) throw new Error("this context has no browser of its own");
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  const gone = new Promise((resolve) => context.once("close", resolve));
  for (const { type, id } of processInfo) if (type === "browser") process.kill(id, "SIGKILL");
  await gone;
}

/** Makes sure there is a browser and that it can write Chinese. */
export function ensureBrowser(): void {
  if (!findBrowser()) aptInstall("chromium");
  if (!findBrowser()) throw new Error(howToInstall);
  if (!hasChineseFont()) aptInstall("fontconfig", "fonts-noto-cjk");
  if (!hasChineseFont())
    console.warn("No Chinese font found: screenshots will show boxes. Install fonts-noto-cjk.");
}

/** What every browser is started with. */
export const BROWSER_FLAGS: readonly string[] = [
  "--no-sandbox", // the only pages opened are our own
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

const howToInstall =
  "The end-to-end tests need Chrome or Chromium and found none. Install it (Debian: apt-get install chromium " +
  "fonts-noto-cjk) or set CHROME_PATH to its executable.";

/** CHROME_PATH, then PATH, then where installers put it, then Playwright's own cache. */
export function findBrowser(): string | undefined {
  const named = process.env["CHROME_PATH"];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
  }
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...usualPlaces, ...playwrightCache()].find((file) => existsSync(file));
}

const usualPlaces = [
  "/usr/lib/chromium/chromium",
  "/opt/google/chrome/chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

function playwrightCache(): string[] {
  const caches = [
    process.env["PLAYWRIGHT_BROWSERS_PATH"],
    join(homedir(), ".cache/ms-playwright"),
    join(homedir(), "Library/Caches/ms-playwright"),
  ];
  const inside = "chromium-*/chrome-*/{chrome,*.app/Contents/MacOS/*}";
  return caches.flatMap((cache) => (cache && existsSync(cache) ? globSync(join(cache, inside)) : [])).sort();
}

/** Only Linux comes without Chinese fonts. */
function hasChineseFont(): boolean {
  if (process.platform !== "linux") return true;
  return spawnSync("fc-list", [":lang=zh-cn", "family"], { encoding: "utf8" }).stdout?.trim() !== "";
}

/** Installs packages when we are root on a Debian; otherwise does nothing. */
function aptInstall(...packages: string[]): void {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return;
  console.log(`Installing ${packages.join(" ")} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const aptGet = (...args: string[]) =>
    spawnSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
  aptGet("update");
  aptGet("install", "--yes", "--no-install-recommends", ...packages);
}
