/** Groups of a class, shared by its teachers. They have no points and no penalties, and are never compared. */
import Type, { type Static } from "typebox";
import { GROUP_SYMBOLS } from "../domain/groups.ts";
import { ClassRef, Id, Instant, oneOf, WrittenText } from "./common.ts";

export const MOST_GROUPS = 30;

const Group = Type.Object(
  {
    name: WrittenText({ minLength: 1, maxLength: 20 }),
    symbol: oneOf(GROUP_SYMBOLS),
    studentIds: Type.Array(Id, { maxItems: 100 }),
  },
  { additionalProperties: false },
);

const set = {
  name: WrittenText({ minLength: 1, maxLength: 30 }),
  groups: Type.Array(Group, { maxItems: MOST_GROUPS, description: "a student is in one of them at most" }),
};

/** A set of groups as it is saved. `version` is the one it was made from, 0 for a new one. */
export const GroupSetDraft = Type.Object(
  { ...set, version: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
);
export type GroupSetDraft = Static<typeof GroupSetDraft>;

export const GroupSet = Type.Object({
  id: Id,
  ...set,
  version: Type.Integer({ minimum: 1 }),
  changedBy: Type.String({ description: "name of who changed it last" }),
  changedAt: Instant,
});
export type GroupSet = Static<typeof GroupSet>;

export const GroupSets = Type.Object({
  class: ClassRef,
  students: Type.Array(Type.Object({ id: Id, name: Type.String() }), { description: "in class-list order" }),
  sets: Type.Array(GroupSet, { description: "oldest first" }),
});
export type GroupSets = Static<typeof GroupSets>;

/** Pairs that are better kept apart when groups are made: for teachers of the class, shown in the group editor alone. */
export const KeptApart = Type.Object({
  pairs: Type.Array(Type.Object({ studentId: Id, otherStudentId: Id })),
});
export type KeptApart = Static<typeof KeptApart>;
