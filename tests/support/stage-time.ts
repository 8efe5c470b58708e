/** When the end-to-end stories play: a Wednesday morning in the eleventh week of the autumn term, in the third lesson. */
export const STAGE_NOW = new Date("2026-11-11T02:30:00Z");
