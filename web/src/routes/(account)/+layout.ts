import { enterAs } from "#lib/ways.ts";

export const load = ({ url }) => enterAs(["school-admin", "teacher", "guardian"], url);
