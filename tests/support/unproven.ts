/**
 * Stories that were written and have not been seen green from end to end. They run with `UNPROVEN=1` and are counted as
 * skipped otherwise: to be mended and taken in before anything else is built on what they tell.
 */
export const UNPROVEN = process.env["UNPROVEN"] === "1";
