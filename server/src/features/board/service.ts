/**
 * What a class's board shows, and the goal it fills. Plants say in what a child was noticed this week, never how often;
 * figures are of the whole class. A child whose family has not agreed has a plant without a name that tells nothing.
 */
import { classGoalOf, dropClassGoal, setClassGoal } from "@doudou/db/repositories/boards.ts";
import { agreedTo } from "@doudou/db/repositories/consents.ts";
import { recentDays } from "@doudou/db/repositories/growth.ts";
import { classById, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { Board, ClassGoalInput, ClassGoalOfWeek } from "@doudou/shared/contract/board.ts";
import { localDayOf, weekStartOf } from "@doudou/shared/domain/calendar.ts";
import { gathered } from "@doudou/shared/domain/class-goal.ts";
import { type FeedPosition, positionText } from "@doudou/shared/domain/feed-position.ts";
import { DIMENSIONS, perDimension } from "@doudou/shared/domain/words.ts";
import { type BoardGrant, isStillShown } from "../../access/board-links.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import type { EventStream } from "../../live/event-stream.ts";
import { standingStill } from "../classes/service.ts";
import { currentTerm, dimensionColours, dimensionNames } from "../schools/service.ts";

const WAIT_WHEN_TOO_MANY_S = 60;

/** The class as a garden, as it stands now. @throws Problem not-found */
export async function boardOfClass(deps: Deps, grant: BoardGrant): Promise<Board> {
  const { schoolId, classId, expiresAt } = grant;
  const { today, monday, timeZone } = await weekIn(deps, schoolId);
  const frame = await deps.frames.of(schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const row = await classById(store, schoolId, classId);
    if (!row) throw new Problem("not-found");
    const students = await studentsOfClass(store, schoolId, classId, today);
    const ids = students.map(({ id }) => id);
    const { position, days } = await standingStill(store, schoolId, classId, async () => ({
      days: await recentDays(store, schoolId, ids, monday),
    }));
    const named = await agreedTo(store, schoolId, "board", ids);
    const goal = (await classGoalOf(store, schoolId, classId, monday)) ?? null;
    const beans = perDimension((of) =>
      days.filter(({ dimension }) => dimension === of).reduce((sum, day) => sum + day.beans, 0),
    );
    const showsNumbers = grant.showsNumbers && frame.boardShowsNumbers;
    const isNamed = ({ id }: { id: string }) => named.has(id);
    const byStudent = Map.groupBy(days, ({ studentId }) => studentId);
    return {
      className: row.name,
      timeZone,
      weekStartsOn: monday,
      dimensionNames: dimensionNames(frame, currentTerm(frame, deps.now())),
      dimensionColours: dimensionColours(frame, deps.now()),
      plants: [
        ...students.filter(isNamed).map(({ id, name }) => {
          const noticed = new Set(byStudent.get(id)?.map(({ dimension }) => dimension));
          return { id, name, dimensions: DIMENSIONS.filter((dimension) => noticed.has(dimension)) };
        }),
        ...students
          .filter((student) => !isNamed(student))
          .map((_, at) => ({ id: `${at + 1}`, name: null, dimensions: [] })),
      ],
      share: gathered({ goal, beans, children: students.length }),
      beans: showsNumbers ? beans : null,
      goal,
      expiresAt: expiresAt.toISOString(),
      position: positionText(position),
    };
  });
}

/** Follows a class as its board may. It ends with the link. @throws Problem too-many-requests */
export function followBoard(
  deps: Deps,
  grant: BoardGrant,
  wish: { readonly from: FeedPosition | undefined; readonly screen: string },
): EventStream {
  const stream = deps.live.follow({
    schoolId: grant.schoolId,
    classId: grant.classId,
    audience: "board",
    owner: grant.linkId,
    ...wish,
    mayStay: () => isStillShown(deps, grant),
  });
  if (!stream) throw new Problem("too-many-requests", { retryAfter: WAIT_WHEN_TOO_MANY_S });
  return stream;
}

export async function goalOfWeek(deps: Deps, grant: Grant, classId: string): Promise<ClassGoalOfWeek> {
  const { schoolId } = grant;
  const { monday } = await weekIn(deps, schoolId);
  const goal = await deps.database.read(schoolId, (store) => classGoalOf(store, schoolId, classId, monday));
  return { weekStartsOn: monday, goal: goal ?? null, canSet: isGranted("goal.set", grant.standings) };
}

/** Sets what the class wants to reach together this week. */
export async function setGoalOfWeek(
  deps: Deps,
  grant: Grant,
  classId: string,
  goal: ClassGoalInput,
): Promise<ClassGoalOfWeek> {
  const { schoolId, membershipId } = grant;
  const { monday } = await weekIn(deps, schoolId);
  const at = deps.now();
  const set = { ...goal, text: goal.text.trim(), setBy: membershipId, setAt: at };
  await deps.database.write(schoolId, async (store) => {
    const before = await classGoalOf(store, schoolId, classId, monday);
    await setClassGoal(store, schoolId, { classId, weekStartsOn: monday }, set);
    const after = await classGoalOf(store, schoolId, classId, monday);
    await noteChange(store, grant, { action: "goal.set", at, classId, before, after });
  });
  return await goalOfWeek(deps, grant, classId);
}

export async function dropGoalOfWeek(deps: Deps, grant: Grant, classId: string): Promise<void> {
  const { schoolId } = grant;
  const { monday } = await weekIn(deps, schoolId);
  await deps.database.write(schoolId, async (store) => {
    const before = await classGoalOf(store, schoolId, classId, monday);
    if (!before) return;
    await dropClassGoal(store, schoolId, classId, monday);
    await noteChange(store, grant, { action: "goal.set", at: deps.now(), classId, before });
  });
}

async function weekIn(deps: Deps, schoolId: string) {
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), timeZone);
  return { today, monday: weekStartOf(today), timeZone };
}
