/** What the README says of commands and variables is what the program has. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { COMMANDS } from "@doudou/server/cli/commands.ts";
import { VARIABLES } from "@doudou/server/config.ts";
import { DEMO_LOGINS, DEMO_PASSWORD } from "@doudou/server/demo.ts";
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
  const printed = [...DEMO_LOGINS.matchAll(/^ {2}(\w+)/gm)].map(([, login]) => login);
  expect(printed.length).toBeGreaterThan(3);
  for (const login of printed) expect(readme).toContain(`\`${login}\``);
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
