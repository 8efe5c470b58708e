/** The audit log in people's words: families and heads read it, and a name of the permission table tells them nothing. */
import { glob, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { RECORD_READS } from "@doudou/server/access/permissions.ts";

const ROOT = new URL("../../", import.meta.url);

test("whatever is written into the audit log has words for who reads it", async () => {
  const words = await readFile(new URL("web/src/lib/audit/action-words.ts", ROOT), "utf8");
  const noted = new Set<string>(RECORD_READS);
  for await (const file of glob("server/src/features/**/*.ts", { cwd: ROOT })) {
    const source = await readFile(new URL(file, ROOT), "utf8");
    for (const [, action = ""] of source.matchAll(/\bnote(?:Read|Change|All)\([^;]*?\baction: "([^"]+)"/g))
      noted.add(action);
  }
  expect(noted.size).toBeGreaterThan(RECORD_READS.size);
  expect([...noted].filter((action) => !words.includes(`"${action}": m.`))).toEqual([]);
});
