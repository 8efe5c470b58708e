/** Taking in the school's roster from a table: what would happen, row by row; doing it; undoing it. For the office. */
import Type, { type Static } from "typebox";
import {
  CHANGED_FIELDS,
  KEPT_REASONS,
  POST_OUTCOMES,
  POST_PROBLEMS,
  ROSTER_FIELDS,
  ROW_OUTCOMES,
  ROW_PROBLEMS,
  STAFF_KEPT_REASONS,
  STAFF_OUTCOMES,
  STAFF_PROBLEMS,
} from "../domain/roster-import/fields.ts";
import { Bilingual, Id, Instant, LocalDate, oneOf, WrittenText } from "./common.ts";

const Count = Type.Integer({ minimum: 0 });
const RosterFieldName = oneOf(ROSTER_FIELDS);

export const FileName = WrittenText({ minLength: 1, maxLength: 200 });

const RosterColumn = Type.Object({
  letters: Type.String({ description: "as the spreadsheet shows them: A, B, … AA" }),
  heading: Type.String(),
  field: Type.Union([RosterFieldName, Type.Null()], { description: "null for a column that is not read" }),
  samples: Type.Array(Type.String(), { description: "the first few values, numbers of people masked" }),
});
export type RosterColumn = Static<typeof RosterColumn>;

const StaffCounts = Type.Object({
  new: Count,
  changed: Type.Integer({ minimum: 0, description: "those who are given a number or a post" }),
  unchanged: Count,
  problem: Count,
  kept: Type.Integer({ minimum: 0, description: "people whom the undo had to leave as they are" }),
  posts: Type.Object({
    new: Count,
    unchanged: Count,
    problem: Count,
    missing: Type.Integer({
      minimum: 0,
      description: "posts of the school that the file does not name; never ended",
    }),
  }),
});

export const RosterImport = Type.Object({
  id: Id,
  fileName: Type.String(),
  schoolName: Type.String(),
  state: oneOf(["checked", "applied", "undone"] as const),
  isReadable: Type.Boolean({
    description: "whether a name and a number are among the columns: without them there are no rows",
  }),
  columns: Type.Array(RosterColumn, { description: "empty once the rows are deleted" }),
  counts: Type.Object({
    new: Count,
    changed: Count,
    unchanged: Count,
    problem: Count,
    missing: Type.Integer({
      minimum: 0,
      description: "pupils of the school whom the file does not name; never touched",
    }),
    kept: Type.Integer({ minimum: 0, description: "rows that the undo had to leave as they are" }),
  }),
  oneRoster: Type.Union([Type.Object({ version: Type.String() }), Type.Null()], {
    description: "where it was a OneRoster package",
  }),
  staff: Type.Union([StaffCounts, Type.Null()], {
    description: "what becomes of the staff of a OneRoster package; null where the file brings none",
  }),
  newClasses: Type.Array(Type.String(), { description: "classes that the import adds" }),
  createdAt: Instant,
  createdBy: Type.String({ description: "name of who brought the file" }),
  appliedAt: Type.Union([Instant, Type.Null()]),
  appliesFrom: Type.Union([LocalDate, Type.Null()], { description: "first day in a new class" }),
  undoneAt: Type.Union([Instant, Type.Null()]),
  undoableUntil: Type.Union([Instant, Type.Null()], { description: "null where it cannot be undone" }),
});
export type RosterImport = Static<typeof RosterImport>;

export const RosterImports = Type.Object({
  imports: Type.Array(RosterImport, { description: "newest first, without columns" }),
});
export type RosterImports = Static<typeof RosterImports>;

const RosterRow = Type.Object({
  position: Type.Integer({ minimum: 1 }),
  row: Type.Integer({ minimum: 0, description: "as the spreadsheet counts; 0 for a pupil it does not name" }),
  furtherRows: Type.Array(Type.Integer(), { description: "rows that add guardians to this pupil" }),
  outcome: oneOf(ROW_OUTCOMES),
  name: Type.String(),
  studentNo: Type.Union([Type.String(), Type.Null()]),
  className: Type.Union([Type.String(), Type.Null()]),
  changes: Type.Array(
    Type.Object({
      field: oneOf(CHANGED_FIELDS),
      before: Type.Union([Type.String(), Type.Null()]),
      after: Type.String(),
      guardian: Type.Optional(Type.String({ description: "whose it is, where it is a guardian's" })),
    }),
    { description: "national numbers and phones by their last four digits, birth dates by their year" },
  ),
  problems: Type.Array(
    Type.Object({
      problem: oneOf(ROW_PROBLEMS),
      address: Type.Union([Type.String(), Type.Null()], { description: "the cell, such as C7" }),
      otherRow: Type.Optional(Type.Integer()),
    }),
  ),
  kept: Type.Union([oneOf(KEPT_REASONS), Type.Null()], {
    description: "why the undo left the row as it is",
  }),
});
export type RosterRow = Static<typeof RosterRow>;

export const RosterRows = Type.Object({
  rows: Type.Array(RosterRow),
  nextCursor: Type.Union([Type.Integer(), Type.Null()], { description: "null at the end" }),
});
export type RosterRows = Static<typeof RosterRows>;

export const RosterRowsQuery = Type.Object({
  outcome: Type.Optional(oneOf(ROW_OUTCOMES)),
  cursor: Type.Integer({ minimum: 0, default: 0 }),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});
export type RosterRowsQuery = Static<typeof RosterRowsQuery>;

export const RosterColumns = Type.Object(
  {
    fields: Type.Array(Type.Union([RosterFieldName, Type.Null()]), {
      maxItems: 60,
      description: "one a column; each field once",
    }),
  },
  { additionalProperties: false },
);
export type RosterColumns = Static<typeof RosterColumns>;

const StaffRow = Type.Object({
  position: Type.Integer({ minimum: 1 }),
  name: Type.String(),
  staffNo: Type.String(),
  login: Type.Union([Type.String(), Type.Null()], { description: "as the file has it" }),
  isAdministrator: Type.Boolean({ description: "in the file; it gives no right here" }),
  outcome: oneOf(STAFF_OUTCOMES),
  problems: Type.Array(oneOf(STAFF_PROBLEMS)),
  candidates: Type.Array(
    Type.Object({ id: Id, name: Type.String(), login: Type.Union([Type.String(), Type.Null()]) }),
    { description: "members of the school of whom only the office can say whether it is the same person" },
  ),
  posts: Type.Array(
    Type.Object({
      className: Type.String(),
      subject: Type.Union([Bilingual, Type.Null()]),
      isHomeroom: Type.Boolean(),
      outcome: oneOf(POST_OUTCOMES),
      problem: Type.Union([oneOf(POST_PROBLEMS), Type.Null()]),
    }),
  ),
  kept: Type.Union([oneOf(STAFF_KEPT_REASONS), Type.Null()], {
    description: "why the undo left this person as it is",
  }),
});
export type StaffRow = Static<typeof StaffRow>;

export const StaffRows = Type.Object({ staff: Type.Array(StaffRow) });
export type StaffRows = Static<typeof StaffRows>;

export const StaffChosen = Type.Object(
  {
    position: Type.Integer({ minimum: 1 }),
    membershipId: Type.Union([Id, Type.Null()], { description: "null: somebody else than the namesake" }),
  },
  { additionalProperties: false },
);
export type StaffChosen = Static<typeof StaffChosen>;
