import { shellOfReader } from "#lib/shell/shell-of-reader.ts";
import { enterAs } from "#lib/ways.ts";

export const load = async ({ url }) => {
  await enterAs(["guardian"], url);
  return { Shell: await shellOfReader() };
};
