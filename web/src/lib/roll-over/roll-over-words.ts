/** What the pages of a roll-over say of problems and of what becomes of a class, in the reader's words. */
import type { RollOver } from "@doudou/shared/contract/roll-over.ts";
import type { ClassFate } from "@doudou/shared/domain/roll-over/draft.ts";
import { m } from "#lib/paraglide/messages.js";

export const STEPS = ["year", "classes", "mixing", "posts", "check", "done"] as const;
export type Step = (typeof STEPS)[number];

export function stepName(step: Step): string {
  return {
    year: m.rollover_step_year,
    classes: m.rollover_step_classes,
    mixing: m.rollover_step_mixing,
    posts: m.rollover_step_posts,
    check: m.rollover_step_check,
    done: m.rollover_step_done,
  }[step]();
}

export function fateName(fate: ClassFate): string {
  return {
    "moves-up": m.rollover_fate_up,
    mixed: m.rollover_fate_mixed,
    graduates: m.rollover_fate_graduates,
  }[fate]();
}

type Problem = RollOver["preview"]["problems"][number];

/** @param nameOf a class of either year */
export function problemInWords(
  { fault, classId = "", pupils = 0 }: Problem,
  nameOf: (id: string) => string,
): string {
  const name = nameOf(classId);
  switch (fault) {
    case "terms-missing":
      return m.rollover_problem_terms();
    case "name-missing":
      return m.rollover_problem_name_missing();
    case "name-twice":
      return m.rollover_problem_name_twice({ name });
    case "pupil-without-class":
      return m.rollover_problem_unplaced({ name, count: pupils });
    case "homeroom-twice":
      return m.rollover_problem_homeroom({ name });
    case "class-empty":
      return m.rollover_problem_empty({ name });
  }
}

/** Where a problem is put right. */
export function stepOf({ fault }: Problem): Step {
  switch (fault) {
    case "terms-missing":
      return "year";
    case "pupil-without-class":
      return "mixing";
    case "homeroom-twice":
      return "posts";
    case "name-missing":
    case "name-twice":
    case "class-empty":
      return "classes";
  }
}
