/**
 * The pictures a young child makes its PIN of: a few strokes each in a 64 × 64 box, and a name for who hears the page.
 * In no dimension's colour: they say nothing but themselves. Reactive to the language.
 */
import type { PinPicture } from "@doudou/shared/domain/cards.ts";
import { m } from "#lib/paraglide/messages.js";

/** Closed shapes are filled: `warm`, `leaf` or `cool`; `line` is drawn only. Later ones lie on top. */
export interface Stroke {
  readonly look: "warm" | "leaf" | "cool" | "line";
  readonly d: string;
}

const circle = (cx: number, cy: number, r: number) =>
  `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
const petal = (turn: number) => {
  const [x, y] = [32 + 13 * Math.cos(turn), 27 + 13 * Math.sin(turn)].map((n) => Math.round(n * 10) / 10);
  return circle(x ?? 0, y ?? 0, 8);
};
const FIFTHS = [0, 1, 2, 3, 4].map((n) => ((n * 2) / 5 - 0.5) * Math.PI);

export const PIN_DRAWINGS: Readonly<Record<PinPicture, readonly Stroke[]>> = {
  sun: [
    { look: "line", d: "M32 4V12M32 52V60M4 32H12M52 32H60M12 12L18 18M46 46L52 52M52 12L46 18M18 46L12 52" },
    { look: "warm", d: circle(32, 32, 14) },
  ],
  moon: [{ look: "warm", d: "M40 6A26 26 0 1 0 58 40 22 22 0 0 1 40 6Z" }],
  star: [{ look: "warm", d: "M32 5L40 23 59 25 45 38 49 57 32 47 15 57 19 38 5 25 24 23Z" }],
  flower: [
    { look: "line", d: "M32 38V60" },
    { look: "leaf", d: "M32 56C34 47 42 45 48 46 47 53 40 57 32 56Z" },
    ...FIFTHS.map((turn) => ({ look: "cool" as const, d: petal(turn) })),
    { look: "warm", d: circle(32, 27, 7) },
  ],
  fish: [
    { look: "cool", d: "M44 32L60 19V45Z" },
    { look: "cool", d: "M4 32C12 16 36 14 48 32 36 50 12 48 4 32Z" },
    { look: "line", d: "M26 22C31 28 31 36 26 42M14 29V29.5" },
  ],
  bird: [
    { look: "warm", d: "M48 22L60 26 48 30Z" },
    { look: "leaf", d: "M6 26C14 26 18 30 22 32 26 20 38 12 46 18 54 26 48 50 30 52 16 52 8 42 6 26Z" },
    { look: "line", d: "M22 34C26 42 34 42 38 34M42 23V23.5M28 52V60M36 51V60" },
  ],
  house: [
    { look: "warm", d: "M12 30H52V58H12Z" },
    { look: "cool", d: "M4 32L32 7 60 32Z" },
    { look: "leaf", d: "M27 58V42H38V58Z" },
  ],
  boat: [
    { look: "line", d: "M31 6V44" },
    { look: "warm", d: "M35 9C46 18 51 28 51 38H35Z" },
    { look: "leaf", d: "M27 16C20 22 15 30 13 38H27Z" },
    { look: "cool", d: "M5 44H59C56 53 50 58 43 58H21C14 58 8 53 5 44Z" },
  ],
  apple: [
    { look: "line", d: "M32 19C32 13 34 9 38 6" },
    { look: "leaf", d: "M34 13C39 6 47 6 52 9 49 16 41 18 34 13Z" },
    { look: "warm", d: "M32 20C42 13 56 20 54 37 52 52 42 62 32 56 22 62 12 52 10 37 8 20 22 13 32 20Z" },
  ],
  umbrella: [
    {
      look: "cool",
      d: "M4 34C6 18 18 8 32 8 46 8 58 18 60 34 54 29 47 29 42 34 37 29 27 29 22 34 17 29 10 29 4 34Z",
    },
    { look: "line", d: "M32 4V8M32 31V50C32 60 44 60 44 51" },
  ],
  kite: [
    { look: "warm", d: "M30 4L52 24 30 46 12 24Z" },
    { look: "line", d: "M30 4V46M12 24H52M30 46C38 50 24 54 32 60" },
  ],
  bell: [
    { look: "leaf", d: circle(32, 54, 6) },
    { look: "warm", d: "M10 48C16 42 14 32 17 23 20 13 26 10 32 10 38 10 44 13 47 23 50 32 48 42 54 48Z" },
    { look: "line", d: "M32 4V10" },
  ],
};

export function pictureName(picture: PinPicture): string {
  switch (picture) {
    case "sun":
      return m.pin_sun();
    case "moon":
      return m.pin_moon();
    case "star":
      return m.pin_star();
    case "flower":
      return m.pin_flower();
    case "fish":
      return m.pin_fish();
    case "bird":
      return m.pin_bird();
    case "house":
      return m.pin_house();
    case "boat":
      return m.pin_boat();
    case "apple":
      return m.pin_apple();
    case "umbrella":
      return m.pin_umbrella();
    case "kite":
      return m.pin_kite();
    case "bell":
      return m.pin_bell();
  }
}
