/** Activities of a class and of a child: what it was, who took part, and what a child says of it. Never beans, never money. */
import Type, { type Static } from "typebox";
import {
  ABOUT_LENGTH,
  ACTIVITY_REFLECTION_LENGTH,
  ACTIVITY_SORTS,
  ACTIVITY_STATES,
  ACTIVITY_TITLE_LENGTH,
  MOST_CLASSES,
  MOST_MINUTES,
  MOST_STUDENTS,
  PART_LENGTH,
  PLACE_LENGTH,
  TOLD_SORTS,
} from "../domain/activities.ts";
import { ClassRef, DimensionName, Id, LocalDate, oneOf, RoleName, TermRef, WrittenText } from "./common.ts";

const SortName = oneOf(ACTIVITY_SORTS);
const StateName = oneOf(ACTIVITY_STATES);
const Month = (options = {}) => Type.String({ pattern: "^\\d{4}-(0[1-9]|1[0-2])$", ...options });

/** What it was, as people wrote it down. */
const facts = {
  title: WrittenText({ minLength: 1, maxLength: ACTIVITY_TITLE_LENGTH }),
  startsOn: LocalDate,
  endsOn: LocalDate,
  place: WrittenText({ maxLength: PLACE_LENGTH }),
  minutes: Type.Union([Type.Integer({ minimum: 1, maximum: MOST_MINUTES }), Type.Null()], {
    description: "how long, for each who took part; null where nobody says so",
  }),
  dimensions: Type.Array(DimensionName, { maxItems: 5, uniqueItems: true }),
  about: WrittenText({ maxLength: ABOUT_LENGTH }),
};

const Partakers = Type.Array(
  Type.Object(
    {
      studentId: Id,
      part: Type.Optional(WrittenText({ maxLength: PART_LENGTH })),
    },
    { additionalProperties: false },
  ),
  { minItems: 1, maxItems: MOST_STUDENTS, description: "who took part; each once" },
);

/** An activity of a class, whole. Sending it again changes nothing; sending it changed puts it in place of what was there. */
export const ActivityInput = Type.Object(
  {
    ...facts,
    sort: SortName,
    students: Partakers,
    version: Type.Optional(
      Type.String({ maxLength: 64, description: "the one that was changed; left out for a new activity" }),
    ),
  },
  { additionalProperties: false },
);
export type ActivityInput = Static<typeof ActivityInput>;

/** The same for several classes at once. Each has it as an activity of its own; either all of them have it or none. */
export const ActivityOfClassesInput = Type.Object(
  {
    ...facts,
    sort: SortName,
    classes: Type.Array(
      Type.Object(
        {
          classId: Id,
          activityId: Id,
          students: Partakers,
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: MOST_CLASSES, description: "each once" },
    ),
  },
  { additionalProperties: false },
);
export type ActivityOfClassesInput = Static<typeof ActivityOfClassesInput>;

/** What a child, or its guardian, tells of. The homeroom teacher sees it first. */
export const ToldActivity = Type.Object(
  { ...facts, sort: oneOf(TOLD_SORTS) },
  { additionalProperties: false },
);
export type ToldActivity = Static<typeof ToldActivity>;

export const ActivitySaved = Type.Object({
  id: Id,
  status: oneOf(["recorded", "changed", "duplicate"] as const),
});
export type ActivitySaved = Static<typeof ActivitySaved>;

export const ActivitiesSaved = Type.Object({
  activities: Type.Array(ActivitySaved, { description: "one for each class, in the order sent" }),
});
export type ActivitiesSaved = Static<typeof ActivitiesSaved>;

export const ActivityRemoval = Type.Object(
  { isRemoved: Type.Boolean({ description: "false brings it back" }) },
  { additionalProperties: false },
);
export type ActivityRemoval = Static<typeof ActivityRemoval>;

export const ActivityAnswer = Type.Object(
  { answer: oneOf(["confirm", "decline"] as const) },
  { additionalProperties: false },
);
export type ActivityAnswer = Static<typeof ActivityAnswer>;

export const ActivityReflection = Type.Object(
  {
    reflection: Type.Union(
      [WrittenText({ minLength: 1, maxLength: ACTIVITY_REFLECTION_LENGTH }), Type.Null()],
      {
        description: "the child's own sentence; null takes it back",
      },
    ),
  },
  { additionalProperties: false },
);
export type ActivityReflection = Static<typeof ActivityReflection>;

const told = {
  ...facts,
  id: Id,
  sort: SortName,
  by: Type.String({ description: "name of who wrote it down" }),
};

/** As the teachers of the class see it. */
export const ClassActivity = Type.Object({
  ...told,
  version: Type.String({ description: "to be named by who changes it" }),
  canChange: Type.Boolean({ description: "the caller recorded it, or leads the class" }),
  students: Type.Array(Type.Object({ id: Id, name: Type.String(), part: Type.String() }), {
    description: "in class-list order",
  }),
});
export type ClassActivity = Static<typeof ClassActivity>;

/** One that a family told of and nobody has answered. */
export const WaitingActivity = Type.Object({
  ...told,
  byRole: RoleName,
  student: Type.Object({ id: Id, name: Type.String() }),
});
export type WaitingActivity = Static<typeof WaitingActivity>;

export const ClassActivitiesQuery = Type.Object({
  month: Type.Optional(Month({ description: "the month now if none is named" })),
});

/** Who may be in an activity of a class. */
export const ClassChildren = Type.Object({
  class: ClassRef,
  students: Type.Array(Type.Object({ id: Id, name: Type.String() }), {
    description: "who is in the class today, in class-list order",
  }),
});
export type ClassChildren = Static<typeof ClassChildren>;

export const ClassActivities = Type.Object({
  class: ClassRef,
  today: LocalDate,
  month: Month(),
  months: Type.Object(
    { first: Month(), last: Month() },
    { description: "of the class's school year so far" },
  ),
  canAnswer: Type.Boolean({ description: "the caller leads the class" }),
  students: Type.Array(Type.Object({ id: Id, name: Type.String() }), {
    description: "who is in the class today, in class-list order",
  }),
  activities: Type.Array(ClassActivity, { description: "of the month, newest first" }),
  lately: Type.Array(ClassActivity, {
    description: "the latest of the last weeks, one of each title, to be recorded once more with a new day",
  }),
  waiting: Type.Array(WaitingActivity, { description: "oldest first; for who leads the class" }),
});
export type ClassActivities = Static<typeof ClassActivities>;

/** As the child, its guardians and its teachers see it. Of the others who took part it says nothing. */
export const ChildActivity = Type.Object({
  ...told,
  termId: Id,
  byRole: RoleName,
  part: Type.String(),
  reflection: Type.Union([Type.String(), Type.Null()]),
  state: Type.Unsafe<Static<typeof StateName>>({
    ...StateName,
    description:
      "proposed and declined ones are shown to the family and to staff who answer for the child only",
  }),
  canWithdraw: Type.Boolean(),
});
export type ChildActivity = Static<typeof ChildActivity>;

export const ChildActivitiesQuery = Type.Object({
  sort: Type.Optional(SortName),
  termId: Type.Optional(Id),
  cursor: Type.Optional(Type.String({ maxLength: 60 })),
});
export type ChildActivitiesQuery = Static<typeof ChildActivitiesQuery>;

export const ChildActivities = Type.Object({
  today: LocalDate,
  desk: Type.Object({
    canTell: Type.Boolean({ description: "of an activity of its own" }),
    canAnswer: Type.Boolean(),
    canReflect: Type.Boolean(),
  }),
  thisYear: Type.Array(
    Type.Object({
      sort: SortName,
      activities: Type.Integer({ minimum: 1 }),
      minutes: Type.Integer({ minimum: 0, description: "of those that say how long" }),
    }),
    { description: "of this school year, sort by sort; the child's own and compared with nobody" },
  ),
  terms: Type.Array(TermRef, { description: "those with activities, newest first" }),
  activities: Type.Array(ChildActivity, { description: "of all years, newest first" }),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});
export type ChildActivities = Static<typeof ChildActivities>;
