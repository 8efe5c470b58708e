/** Unpacks the parts of a zip that are asked for, and none beyond the limits: a zip bomb is refused before it is unpacked. */
import { unzipSync } from "fflate";
import { HIGHEST_RATIO, LARGEST_UNPACKED, NotRead, RATIO_COUNTS_FROM } from "./table-limits.ts";

/** Parts by their names in small letters. @throws NotRead */
export type Unpack = (isWanted: (name: string) => boolean) => Map<string, Uint8Array>;

/** Unpacks parts by their names, counted together. What a part says its size is, is all the room it gets. */
export function unpacking(bytes: Uint8Array): Unpack {
  let unpacked = 0;
  return (isWanted) => {
    const filter = ({ name, size, originalSize }: { name: string; size: number; originalSize: number }) => {
      if (!isWanted(name)) return false;
      unpacked += originalSize;
      const isBomb = originalSize > RATIO_COUNTS_FROM && originalSize > size * HIGHEST_RATIO;
      if (isBomb || unpacked > LARGEST_UNPACKED) throw new NotRead("table-unpacks-too-large");
      return true;
    };
    return new Map(
      Object.entries(unzipSync(bytes, { filter })).map(([name, part]) => [name.toLowerCase(), part]),
    );
  };
}
