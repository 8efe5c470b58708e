/** The pinyin of observation points, fetched with its large dictionary only once somebody searches. */
import type { AwardablePoint } from "@doudou/shared/contract/classes.ts";

type Pinyin = typeof import("pinyin-pro").pinyin;

let pinyin = $state.raw<Pinyin>();
let asking: Promise<void> | undefined;

/** Fetches the dictionary, once. Without a network, search goes on by characters. */
export function preparePinyin(): void {
  asking ??= import("pinyin-pro").then(
    (module) => {
      pinyin = module.pinyin;
    },
    () => {
      asking = undefined;
    },
  );
}

const known = new Map<string, string>();

/** Syllables with spaces between; empty until the dictionary is here. Reactive. */
export function pinyinOf({ id, name }: AwardablePoint): string {
  if (pinyin === undefined) return "";
  const found = known.get(id) ?? pinyin(name.zh, { toneType: "none", nonZh: "spaced" });
  known.set(id, found);
  return found;
}
