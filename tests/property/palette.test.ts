/** The five colours stand where each kind of page can read them: in the app's tokens, in the papers' theme, in a book's own page. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bookStyle } from "@doudou/server/features/books/page.ts";
import { dealtColours, PALETTE } from "@doudou/shared/domain/palette.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const TONES = ["text", "fill", "tint"] as const;

it("is the same on the screen, on paper, and in a book", () => {
  const tokens = read("web/src/lib/styles/tokens.css");
  const theme = read("server/src/documents/typst/theme.typ");
  const book = bookStyle(dealtColours(() => undefined));
  for (const [place, colour] of PALETTE.entries()) {
    const onScreen = TONES.map(
      (tone) => new RegExp(`--${colour}-${tone}: (#[0-9a-f]{6});`).exec(tokens)?.[1],
    );
    const ofBook = new RegExp(`^\\.${DIMENSIONS[place]} \\{(.*)\\}$`, "m").exec(book)?.[1] ?? "";
    const inBook = TONES.map((tone) => new RegExp(`--${tone}: (#[0-9a-f]{6});`).exec(ofBook)?.[1]);
    const onPaper = TONES.map(
      (tone) => [...theme.matchAll(new RegExp(`\\b${tone}: rgb\\("(.{7})"\\)`, "g"))][place]?.[1],
    );
    expect(onScreen).not.toContain(undefined);
    expect([colour, inBook]).toEqual([colour, onScreen]);
    expect([colour, onPaper]).toEqual([colour, onScreen]);
  }
});
