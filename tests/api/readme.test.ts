/** What the README says of commands and variables is what the program has. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { VARIABLES } from "@doudou/server/config.ts";
import { DEMO_LOGINS, DEMO_PASSWORD } from "@doudou/server/demo.ts";

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
