/** A card's code survives chance, hands and cameras: written, typed in groups, printed as a QR code, and read again. */
import fc from "fast-check";
import { decodeQR } from "qr/decode.js";
import { describe, expect, test } from "vitest";
import {
  CODE_BYTES,
  CODE_LENGTH,
  cardCodeOf,
  inGroups,
  isPinOf,
  partOfCardCode,
  PIN_LENGTHS,
  PIN_PICTURES,
  readCardCode,
  writePin,
} from "@doudou/shared/domain/cards.ts";
import { PIN_KINDS } from "@doudou/shared/domain/words.ts";
import { regrouped } from "../../web/src/lib/cards/code-field.ts";
import { minutesLeft } from "../../web/src/lib/cards/visit.ts";
import { pictureOf } from "../support/camera.ts";

const code = fc.uint8Array({ minLength: CODE_BYTES, maxLength: CODE_BYTES }).map(cardCodeOf);

describe("a card's code", () => {
  test("is read as it was written, in groups or not, in small letters, with what eyes mistake", () => {
    fc.assert(
      fc.property(code, (written) => {
        expect(readCardCode(written)).toBe(written);
        expect(readCardCode(inGroups(written).toLowerCase())).toBe(written);
        expect(readCardCode(written.replaceAll("0", "o").replaceAll("1", "l"))).toBe(written);
        expect(inGroups(written)).toMatch(/^(\w{4} ){3}\w{4}$/);
      }),
    );
  });

  test("typed anyhow is never more than a code, and typing it again changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (typed) => {
        const part = partOfCardCode(typed);
        expect(part.length).toBeLessThanOrEqual(CODE_LENGTH);
        expect(partOfCardCode(inGroups(part))).toBe(part);
      }),
    );
  });

  test("typed key by key stands in groups, with the caret behind what was typed last", () => {
    fc.assert(
      fc.property(code, (written) => {
        let field = { text: "", caret: 0 };
        for (const key of written)
          field = regrouped(
            field.text.slice(0, field.caret) + key + field.text.slice(field.caret),
            field.caret + 1,
          );
        expect(field).toEqual({ text: inGroups(written), caret: inGroups(written).length });
      }),
    );
  });

  test("keeps the caret where the hand is when a character in the middle is taken out and typed anew", () => {
    fc.assert(
      fc.property(code, fc.nat(CODE_LENGTH - 1), (written, at) => {
        const shown = inGroups(written);
        const place = inGroups(written.slice(0, at + 1)).length;
        const without = regrouped(shown.slice(0, place - 1) + shown.slice(place), place - 1);
        const again = regrouped(
          without.text.slice(0, without.caret) + written[at] + without.text.slice(without.caret),
          without.caret + 1,
        );
        expect(again.text).toBe(shown);
        expect(partOfCardCode(again.text.slice(0, again.caret))).toBe(written.slice(0, at + 1));
      }),
    );
  });

  test("is read from a picture of the card, turned, tilted and with noise", () => {
    fc.assert(
      fc.property(code, (written) => {
        const { width, height, data } = pictureOf(written);
        const rgb = new Uint8Array(width * height * 3);
        for (const [i, grey] of data.entries()) rgb.fill(grey, i * 3, i * 3 + 3);
        expect(decodeQR({ width, height, data: rgb }, { timeLimit: 1000 })).toBe(written);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});

test("a PIN of the right length, of pictures or digits, is a PIN of its kind", () => {
  fc.assert(
    fc.property(fc.constantFrom(...PIN_KINDS), fc.infiniteStream(fc.nat(1000)), (kind, numbers) => {
      const of = kind === "pictures" ? PIN_PICTURES.length : 10;
      const chosen = [...numbers.take(PIN_LENGTHS[kind])].map((n) => n % of);
      expect(isPinOf(kind, writePin(kind, chosen))).toBe(true);
      expect(isPinOf(kind, writePin(kind, chosen.slice(1)))).toBe(false);
    }),
  );
});

test("a visit says a minute as long as there is any of it, and nothing once it is over", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), (left) => {
      const minutes = minutesLeft(1_000_000 + left, 1_000_000);
      expect(minutes > 0).toBe(left > 0);
      expect(minutes * 60_000 - Math.max(0, left)).toBeLessThan(60_000);
    }),
  );
});
