import { enterAs } from "#lib/ways.ts";

export const load = ({ url }) => enterAs(["guardian"], url);
