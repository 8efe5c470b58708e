import { enterAs } from "#lib/ways.ts";

export const load = ({ url }) => enterAs(["teacher", "school-admin"], url);
