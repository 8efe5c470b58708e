/**
 * Seats and groups in a demo school: each big class has a seating plan and a set of groups of four, and one pair that is
 * kept apart. By class list and chance, never by what children did.
 */
import { GROUP_SYMBOLS, groupSizes, shuffleIntoGroups } from "@doudou/shared/domain/groups.ts";
import { emptySeating, shuffledSeats } from "@doudou/shared/domain/seating.ts";
import type { Store } from "../engines/database.ts";
import { keepApart, saveGroupSet } from "../repositories/groups.ts";
import { saveSeatingPlan } from "../repositories/seating.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const BIG_CLASS = 20;
const GROUPS_OF = 4;

export async function enterArrangements(
  store: Store,
  schoolId: string,
  { ofClass, term }: PlannedClassTerm,
  { now, draw }: { readonly now: Date; readonly draw: Draw },
): Promise<void> {
  const ids = ofClass.children.map(({ id }) => id);
  const [, one, other] = draw.shuffled(ids);
  if (ids.length < BIG_CLASS || one === undefined || other === undefined) return;
  const { classId, homeroomId } = term;
  const random = () => draw.share();
  const by = { changedAt: now, changedBy: homeroomId };
  const plan = { id: draw.id(now.getTime()), classId, subjectId: null, name: "教室座位" };
  const arrangement = shuffledSeats(emptySeating(ids.length), ids, random);
  await saveSeatingPlan(store, schoolId, { ...plan, arrangement, ...by }, 0);
  await keepApart(store, schoolId, { classId, studentIds: [one, other], addedBy: homeroomId, addedAt: now });
  const sizes = groupSizes(ids.length, { size: GROUPS_OF });
  const { groups } = shuffleIntoGroups(ids, sizes, [[one, other]], random);
  const named = groups.map((studentIds, index) => ({
    name: `第 ${index + 1} 组`,
    symbol: GROUP_SYMBOLS[index % GROUP_SYMBOLS.length] ?? "sun",
    studentIds,
  }));
  const set = { id: draw.id(now.getTime()), classId, name: "四人小组", groups: named };
  await saveGroupSet(store, schoolId, { ...set, ...by }, 0);
}
