/** Who imports a file of the build that only passes on is led to where it leads, under the same names. */
import { expect, test } from "vitest";
import { ledPast, stopoversIn } from "../../web/stopovers.ts";

const CORE = "app/chunks/core.js";
const NODE = "app/nodes/7.js";
const stopovers = stopoversIn(
  new Map([
    [NODE, 'export{a as component,default as universal,same}from"../chunks/core.js";'],
    [CORE, "const a=1;export{a};"],
    ["app/nodes/8.js", 'export{a as component}from"../chunks/core.js";start();'],
    ["app/nodes/9.js", 'import"../chunks/core.js";export{a as component}from"../chunks/core.js";'],
  ]),
);

test("a file that does anything besides passing on stays where it is", () => {
  expect([...stopovers.keys()]).toEqual([NODE]);
});

test("an import leads on, from where it stands or from the root", () => {
  const names = "then(e=>({component:e.a,universal:e.default,same:e.same}))";
  const from = (path: string) => `()=>import(\`${path}\`)`;
  expect(ledPast(stopovers, "app/entry/app.js", from("../nodes/7.js"))).toBe(
    `()=>import("../chunks/core.js").${names}`,
  );
  expect(ledPast(stopovers, "app/chunks/other.js", from("../nodes/7.js"))).toBe(
    `()=>import("./core.js").${names}`,
  );
  expect(ledPast(stopovers, "app/start.js", from(`/${NODE}`))).toBe(`()=>import("/${CORE}").${names}`);
});

test("every other import is left as it is", () => {
  const code = `import("../nodes/8.js");import{x}from"../nodes/7.js";importer("../nodes/7.js")`;
  expect(ledPast(stopovers, "app/entry/app.js", code)).toBe(code);
});
