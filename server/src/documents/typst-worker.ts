/**
 * Runs in a worker thread: keeps one Typst compiler and its fonts warm and turns JSON into PDF bytes.
 * Knows nothing of schools or children, and never sees Typst source that was not shipped with the server.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type CompileDocArgs, NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { move } from "piscina";

/** One document to make: a template beside this file, and the JSON it reads under its own name. */
export interface TypesetTask {
  readonly template:
    | "term-summary"
    | "guardian-letters"
    | "student-cards"
    | "office-report"
    | "badge-certificate"
    | "book"
    | "book-drawings";
  readonly json: string;
  /** The school's, WebP; the JSON says whether it is drawn. */
  readonly logo: Uint8Array | undefined;
  /** Of each dimension in its order, the place of its colour in the palette of `theme.typ`. */
  readonly colours: readonly number[];
  /** Pictures under the names the JSON gives them. */
  readonly pictures?: ReadonlyMap<string, Uint8Array>;
  /** A drawing for a page on a screen, SVG in UTF-8, instead of PDF. */
  readonly isDrawing?: boolean;
}

const templates = join(import.meta.dirname, "typst");
const { resolve } = createRequire(import.meta.url);
const fontFolder = (name: string, weight: string) =>
  join(dirname(resolve(`@expo-google-fonts/${name}/package.json`)), weight);

const compiler = NodeCompiler.create({
  workspace: templates,
  fontArgs: [
    {
      fontPaths: [
        fontFolder("noto-sans-sc", "400Regular"),
        fontFolder("noto-sans-sc", "600SemiBold"),
        fontFolder("noto-emoji", "400Regular"),
      ],
    },
  ],
});

// Typst remembers what it laid out in case it meets the same again: parts of the template are met every time, records never.
// What ten documents running did not ask for is dropped, and everything after a large file, or memory would grow with every child.
const REMEMBERED_FOR = 10;
const LARGE_JSON = 100_000;

/** @throws Error with Typst's own reasons when the template does not compile */
export default function typeset({
  template,
  json,
  logo,
  colours,
  pictures = new Map(),
  isDrawing,
}: TypesetTask) {
  if (logo) compiler.mapShadow(join(templates, "logo.webp"), Buffer.from(logo));
  for (const [name, bytes] of pictures) compiler.mapShadow(join(templates, name), Buffer.from(bytes));
  compiler.mapShadow(join(templates, "colours.json"), Buffer.from(JSON.stringify(colours)));
  compiler.mapShadow(join(templates, `${template}.json`), Buffer.from(json));
  const main = { mainFilePath: join(templates, `${template}.typ`) };
  try {
    return move(new Uint8Array(isDrawing ? Buffer.from(compiler.plainSvg(main)) : pdf(main)));
  } finally {
    for (const name of pictures.keys()) compiler.unmapShadow(join(templates, name));
    compiler.evictCache(json.length > LARGE_JSON || pictures.size > 0 ? 0 : REMEMBERED_FOR);
  }
}

/**
 * PDF/UA where it can be had. It refuses a character that no font on this machine can draw; a child with such a name
 * still gets its paper, tagged all the same but without the promise.
 * Compiled and exported in one call: a compiled document handed out first stays in memory until its tiny handle is collected.
 */
function pdf(main: CompileDocArgs): Buffer {
  try {
    return compiler.pdf(main, { pdfStandard: "ua-1" });
  } catch {
    const error = compiler.compile(main).takeError();
    if (error === null) return compiler.pdf(main);
    throw new Error(
      `${main.mainFilePath} does not compile: ${error.shortDiagnostics.map(({ message }) => message).join("; ")}`,
    );
  }
}
