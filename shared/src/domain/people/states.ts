/** Where a pupil stands towards the school on a day: in one of its classes, in one only later, or in none any more. */
export const PUPIL_STATES = ["here", "coming", "left"] as const;
export type PupilState = (typeof PUPIL_STATES)[number];
