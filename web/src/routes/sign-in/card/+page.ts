import { passDoor } from "#lib/ways.ts";

export const load = ({ url }) => passDoor(url);
