/**
 * Comments of the running term that a homeroom teacher of a demo school has begun on: the first of the class list, with a
 * few sentences of a subject teacher. One of them was written by what another says, and still reads alike.
 */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import type { Store } from "../engines/database.ts";
import type { DecidedAward } from "../repositories/awards.ts";
import type { SchoolFrame } from "../repositories/schools.ts";
import { addDrafts } from "../repositories/summaries.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import { commentsOnClass } from "./comments.ts";
import type { Draw } from "./draw.ts";
import { enterSummaryRemarks } from "./summary-remarks.ts";

const MINUTE = 60_000;
const EVENING = 20 * 60;
const BEGUN = 14;
/** Places in the class list: whose comment was the pattern, and for whom. */
const ALIKE = { of: 3, like: 8 };

export async function enterBegunComments(
  store: Store,
  schoolId: string,
  planned: PlannedClassTerm,
  {
    given,
    frame,
    teacherIds,
    draw,
  }: {
    readonly given: readonly DecidedAward[];
    readonly frame: SchoolFrame;
    readonly teacherIds: readonly string[];
    readonly draw: Draw;
  },
): Promise<void> {
  const { ofClass, term } = planned;
  const yesterday = term.schoolDays.at(-2);
  if (yesterday === undefined) return;
  const comments = commentsOnClass(ofClass.children, given, frame.points, draw.branch("comments"));
  const pattern = ofClass.children[ALIKE.of];
  const evening = startOfDay(yesterday, term.timeZone) + EVENING * MINUTE;
  const drafts = ofClass.children.slice(0, BEGUN).flatMap(({ id, name }, place) => {
    const isAlike = place === ALIKE.like && pattern !== undefined;
    const comment = isAlike ? comments.get(pattern.id)?.replaceAll(pattern.name, name) : comments.get(id);
    const savedAt = new Date(evening + place * 3 * MINUTE);
    return comment ? [{ studentId: id, comment, savedBy: term.homeroomId, savedAt }] : [];
  });
  await addDrafts(store, schoolId, term.termId, drafts);
  const remarks = { day: yesterday, teacherIds, draw: draw.branch("remarks") };
  await enterSummaryRemarks(store, schoolId, planned, remarks);
}
