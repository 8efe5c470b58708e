/** A PIN that opens a tablet without the server: the right one does, and nobody gets more tries than there are. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isPinOf,
  makeVerifier,
  PIN_TRIES,
  type PinVerifier,
  takeTry,
} from "../../web/src/lib/offline/pin-verifier.ts";
import { isEasyPin } from "../../web/src/lib/tablet/easy-pin.ts";

const FEW_ITERATIONS = 10;
const pins = fc.stringMatching(/^\d{6}$/);
const salts = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => new Uint8Array(bytes));

describe("the verifier of a PIN", () => {
  it("knows the PIN from every other, and keeps none of its digits", async () => {
    await fc.assert(
      fc.asyncProperty(pins, pins, salts, async (pin, other, salt) => {
        const verifier = await makeVerifier(pin, salt, FEW_ITERATIONS);
        expect(await isPinOf(verifier, pin)).toBe(true);
        expect(await isPinOf(verifier, other)).toBe(other === pin);
        expect(new TextDecoder("latin1").decode(verifier.digest)).not.toContain(pin);
      }),
      { numRuns: 50 },
    );
  });

  it("looks different on every tablet", async () => {
    const [one, other] = await Promise.all(
      [1, 2].map((byte) => makeVerifier("135790", new Uint8Array(16).fill(byte), FEW_ITERATIONS)),
    );
    expect(one?.digest).not.toEqual(other?.digest);
  });

  it("is compared at most five times between two right PINs, however often the browser is shut in between", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("right", "wrong", "shut"), { maxLength: 60 }), (tries) => {
        const fresh: PinVerifier = {
          salt: new Uint8Array(16),
          iterations: 1,
          digest: new Uint8Array(32),
          tries: 0,
        };
        let kept: PinVerifier | undefined = fresh;
        let compared = 0;
        for (const given of tries) {
          kept = takeTry(kept);
          if (kept === undefined) break;
          compared += 1;
          expect(compared).toBeLessThanOrEqual(PIN_TRIES);
          if (given !== "right") continue;
          kept = { ...kept, tries: 0 };
          compared = 0;
        }
      }),
    );
  });

  it("is gone for good once the tries are used up", () => {
    fc.assert(
      fc.property(fc.integer({ min: PIN_TRIES, max: 100 }), (tries) => {
        const spent = { salt: new Uint8Array(16), iterations: 1, digest: new Uint8Array(32), tries };
        expect(takeTry(spent)).toBeUndefined();
      }),
    );
  });
});

describe("a PIN that a child guesses at once", () => {
  it.each(["000000", "123456", "654321", "121212", "123123", "111222"])("%s is asked to be another", (pin) =>
    expect(isEasyPin(pin)).toBe(true),
  );
  it.each(["135790", "864209", "190832"])("%s is taken", (pin) => expect(isEasyPin(pin)).toBe(false));
});
