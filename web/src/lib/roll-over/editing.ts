/** The changes an office makes to the draft of a roll-over, each a new draft. Pure. */
import type { ClassFate, RollOverDraft, YearClass } from "@doudou/shared/domain/roll-over/draft.ts";
import { nextClassName } from "@doudou/shared/domain/roll-over/next-names.ts";

/** What becomes of a class. One that goes on has a class to go to; one that graduates leaves none behind. */
export function withFate(
  draft: RollOverDraft,
  { id, grade, name }: YearClass,
  becomes: ClassFate,
  newId: () => string,
): RollOverDraft {
  const drafted = draft.classes.find(({ classId }) => classId === id);
  let { nextClasses } = draft;
  let nextId = becomes === "graduates" ? null : (drafted?.nextId ?? null);
  if (becomes === "graduates" && drafted)
    nextClasses = nextClasses.filter((next) => next.id !== drafted.nextId);
  if (becomes !== "graduates" && nextId === null) {
    nextId = newId();
    nextClasses = [...nextClasses, { id: nextId, grade: grade + 1, name: nextClassName(name, grade) }];
  }
  const gone = becomes === "graduates" ? drafted?.nextId : undefined;
  return {
    ...draft,
    nextClasses: nextClasses.toSorted((a, b) => a.grade - b.grade),
    choices: draft.choices.filter((choice) => choice.nextId !== gone),
    classes: draft.classes.map((c) => (c.classId === id ? { ...c, becomes, nextId } : c)),
  };
}

/** With a grade as the one that leaves; what lies below it and was to leave goes up. */
export function withLeavingGrade(
  draft: RollOverDraft,
  classes: readonly YearClass[],
  leaving: number,
  newId: () => string,
): RollOverDraft {
  let changed = draft;
  for (const one of classes) {
    const now = changed.classes.find(({ classId }) => classId === one.id)?.becomes;
    if (one.grade >= leaving && now !== "graduates") changed = withFate(changed, one, "graduates", newId);
    if (one.grade < leaving && now === "graduates") changed = withFate(changed, one, "moves-up", newId);
  }
  return changed;
}

export function withName(draft: RollOverDraft, nextId: string, name: string): RollOverDraft {
  const nextClasses = draft.nextClasses.map((next) => (next.id === nextId ? { ...next, name } : next));
  return { ...draft, nextClasses };
}

/** With one more class of a grade, called as the last one of it with the next number where that can be told. */
export function withNextClass(draft: RollOverDraft, grade: number, newId: () => string): RollOverDraft {
  const last = draft.nextClasses.findLast((next) => next.grade === grade)?.name ?? "";
  const name = last.replace(/(\d+)(?=\D*$)/, (number) => String(Number(number) + 1));
  const nextClasses = [...draft.nextClasses, { id: newId(), grade, name }];
  return { ...draft, nextClasses: nextClasses.toSorted((a, b) => a.grade - b.grade) };
}

/** Without a class of the next year: who was to go there has none. */
export function withoutNextClass(draft: RollOverDraft, nextId: string): RollOverDraft {
  return {
    ...draft,
    nextClasses: draft.nextClasses.filter(({ id }) => id !== nextId),
    choices: draft.choices.filter((choice) => choice.nextId !== nextId),
    classes: draft.classes.map((c) => (c.nextId === nextId ? { ...c, nextId: null } : c)),
  };
}

/** With a class for each of these pupils; "" for none yet. */
export function withChoices(draft: RollOverDraft, chosen: ReadonlyMap<string, string>): RollOverDraft {
  const kept = draft.choices.filter(({ studentId }) => !chosen.has(studentId));
  const added = [...chosen].flatMap(([studentId, nextId]) => (nextId === "" ? [] : [{ studentId, nextId }]));
  return { ...draft, choices: [...kept, ...added] };
}

export function withCarried(draft: RollOverDraft, assignmentId: string, isCarried: boolean): RollOverDraft {
  const others = draft.notCarried.filter((id) => id !== assignmentId);
  return { ...draft, notCarried: isCarried ? others : [...others, assignmentId] };
}
