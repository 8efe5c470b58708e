/** What the README says of commands and variables is what the program has. */
import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { COMMANDS } from "@doudou/server/cli/commands.ts";
import { VARIABLES } from "@doudou/server/config.ts";
import { DEMO_PASSWORD, demoLogins } from "@doudou/server/demo.ts";
import { MOST_TRANSFER_BYTES } from "@doudou/shared/domain/transfer.ts";

const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");

test("every variable stands in the README with its default and meaning, and no other", () => {
  const table = readme.slice(readme.indexOf("<!-- variables:begin"), readme.indexOf("<!-- variables:end"));
  const rows = [...table.matchAll(/^\| `([A-Z_]+)`\s*\| (?:`([^`]*)`)?\s*\| (.+?)\s*\|$/gm)].map(
    ([, name, fallback, meaning]) => [name, fallback ?? "", meaning],
  );
  expect(rows).toEqual(
    Object.entries(VARIABLES).map(([name, { fallback, meaning }]) => [name, fallback, meaning]),
  );
});

test("the demo logins and their password are those the server prints", () => {
  expect(readme).toContain(DEMO_PASSWORD);
  const said = demoLogins(Number(VARIABLES.DOUDOU_DEMO_SEED.fallback));
  const [, code] = /^((?:\w{4} ){3}\w{4}),/m.exec(said) ?? [];
  expect(readme).toContain(`\`${code}\``);
  const printed = [...said.matchAll(/^ {2}(\w+)/gm)].map(([, login]) => login);
  const [, table = ""] = readme.split("| login ");
  const told = [...table.slice(0, table.indexOf("\n\n")).matchAll(/^\| `(\w+)`/gm)].map(([, login]) => login);
  expect(told.length).toBeGreaterThan(3);
  expect(told).toEqual(printed);
});

test("every picture of the README is there, taken by the browser tests, and no other is kept", async () => {
  const shown = [...readme.matchAll(/\(docs\/pictures\/([\w-]+)\.png\)/g)].map(([, name = ""]) => name);
  expect(shown.length).toBeGreaterThan(3);
  const kept = await readdir(new URL("../../docs/pictures", import.meta.url));
  expect(kept.toSorted()).toEqual(shown.map((name) => `${name}.png`).toSorted());
  const stories = new URL("../e2e/", import.meta.url);
  const files = (await readdir(stories)).filter((name) => name.endsWith(".test.ts"));
  const told = (await Promise.all(files.map((name) => readFile(new URL(name, stories), "utf8")))).join("\n");
  const taken = new Set([...told.matchAll(/takePicture\(\w+, "([\w-]+)"\)/g)].map(([, name]) => name));
  expect(shown.filter((name) => !taken.has(name))).toEqual([]);
  expect(readme).toContain("PICTURES=1");
});

test("every command stands in the operator's page, and its help says what its exit codes mean", async () => {
  const page = await readFile(new URL("../../docs/operate.md", import.meta.url), "utf8");
  const [, table = ""] = page.split("## All commands");
  const told = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, name]) => name);
  expect(new Set(told)).toEqual(new Set(Object.keys(COMMANDS)));
  for (const { help } of Object.values(COMMANDS)) expect(help).toMatch(/^Usage: [^]*Exit code/);
});

test("nginx, set up as we say, lets the largest file through that the server takes", async () => {
  const conf = await readFile(new URL("../../deploy/nginx.conf", import.meta.url), "utf8");
  const [, megabytes] = /client_max_body_size (\d+)m;/.exec(conf) ?? [];
  expect(Number(megabytes) * 1024 * 1024).toBeGreaterThan(MOST_TRANSFER_BYTES);
});
