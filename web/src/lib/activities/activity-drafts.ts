/**
 * An activity that is being written down, kept on this device for the account that writes it until the server has it:
 * neither a lost network nor a reload loses a word. Goes as other drafts do: see kept-drafts.ts.
 */
import type {
  ActivityInput,
  ActivityOfClassesInput,
  ClassActivity,
} from "@doudou/shared/contract/activities.ts";
import type { ActivitySort } from "@doudou/shared/domain/activities.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { type DraftStorage, type KeptDraft, keptDraftOf } from "#lib/offline/kept-drafts.ts";

/** What stands in the fields. */
export interface ActivityWritten {
  readonly title: string;
  readonly sort: ActivitySort;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly place: string;
  /** In hours, as typed; empty where nobody says so. */
  readonly hours: string;
  readonly dimensions: readonly Dimension[];
  readonly about: string;
}

export interface ActivityDraft extends ActivityWritten {
  /** Made once: sent again after a lost answer, it is the same activity. */
  readonly id: string;
  /** Of the recorded one that is being changed. */
  readonly version?: string;
  /** The other classes it is recorded for as well, each with the id it has there: made once, as its own. */
  readonly others: Readonly<Record<string, string>>;
  /** Those who did not take part. */
  readonly without: readonly string[];
  /** What single children did in it, by child. */
  readonly parts: Readonly<Record<string, string>>;
}

/** @param about the class it is written down in, or the child that tells of it */
export function activityDraftOf(
  accountId: string,
  about: string,
  storage: DraftStorage,
): KeptDraft<ActivityDraft> {
  const kept = keptDraftOf<ActivityDraft>({ kind: "activity", accountId, about }, storage);
  return {
    ...kept,
    find() {
      const draft = kept.find();
      // One begun before other classes could be chosen says nothing of them.
      return draft && { ...draft, others: draft.others ?? {} };
    },
  };
}

export function blankDraft(id: string, today: string, sort: ActivitySort): ActivityDraft {
  const unwritten = { title: "", place: "", hours: "", about: "", dimensions: [] };
  return { ...unwritten, others: {}, without: [], parts: {}, id, sort, startsOn: today, endsOn: today };
}

/** An activity to be changed; or, with an id and a day of its own, to be recorded once more. */
export function draftOf(
  activity: ClassActivity,
  children: readonly { readonly id: string }[],
  again?: { readonly id: string; readonly day: string },
): ActivityDraft {
  const { id, version, title, sort, startsOn, endsOn, place, minutes, dimensions, about, students } =
    activity;
  const took = new Map(students.map((student) => [student.id, student.part]));
  return {
    id: again?.id ?? id,
    ...(again ? {} : { version }),
    startsOn: again?.day ?? startsOn,
    endsOn: again?.day ?? endsOn,
    title,
    sort,
    place,
    dimensions,
    about,
    others: {},
    hours: minutes === null ? "" : String(Math.round(minutes / 6) / 10),
    without: children.filter((child) => !took.has(child.id)).map((child) => child.id),
    parts: Object.fromEntries([...took].filter(([, part]) => part !== "")),
  };
}

/** What of it is to be sent, but for the children. */
export function writtenOf(draft: ActivityWritten): Omit<ActivityInput, "students" | "version"> {
  const { sort, startsOn, endsOn, dimensions } = draft;
  const hours = Number(draft.hours);
  return {
    sort,
    startsOn,
    endsOn: endsOn < startsOn ? startsOn : endsOn,
    title: draft.title.trim(),
    place: draft.place.trim(),
    about: draft.about.trim(),
    dimensions: [...dimensions],
    minutes: draft.hours.trim() === "" || !(hours > 0) ? null : Math.round(hours * 60),
  };
}

/** @param children who may be in it: the class, and who took part when it was recorded */
export function activityToSend(
  draft: ActivityDraft,
  children: readonly { readonly id: string }[],
): ActivityInput {
  const { version } = draft;
  const students = partakersOf(draft, children);
  return { ...writtenOf(draft), students, ...(version === undefined ? {} : { version }) };
}

/** @param classes the class it is written down in, and the others; one of which nobody took part is left out */
export function activityOfClassesToSend(
  draft: ActivityDraft,
  classes: readonly { readonly id: string; readonly children: readonly { readonly id: string }[] }[],
): ActivityOfClassesInput {
  const each = classes.map(({ id, children }) => ({
    classId: id,
    activityId: draft.others[id] ?? draft.id,
    students: partakersOf(draft, children),
  }));
  return { ...writtenOf(draft), classes: each.filter(({ students }) => students.length > 0) };
}

function partakersOf(draft: ActivityDraft, children: readonly { readonly id: string }[]) {
  return children
    .filter(({ id }) => !draft.without.includes(id))
    .map(({ id }) => ({ studentId: id, part: (draft.parts[id] ?? "").trim() }));
}
