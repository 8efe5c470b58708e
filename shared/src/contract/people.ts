/** The school's people as its office sees them: lists, one pupil, one member of staff, one guardian, one class; and who is placed where. */
import Type, { type Static } from "typebox";
import { JOINING_STATES, REMOVAL_REASONS } from "../domain/guardians.ts";
import { PUPIL_STATES } from "../domain/people/states.ts";
import { Bilingual, ClassRef, Id, Instant, LocalDate, oneOf, WrittenText } from "./common.ts";
import { OpenLetter, Verified } from "./guardians.ts";
import { ConsentInBrief } from "./privacy.ts";

const Name = Type.String();
const OpenEnd = Type.Union([LocalDate, Type.Null()], { description: "the last day; null while it is open" });
const StaffRole = oneOf(["teacher", "school-admin"] as const);
const Grade = Type.Integer({ minimum: 1, maximum: 9 });

/** Whom a list shows; all that are given have to fit. */
export const PeopleFilter = Type.Object({
  q: Type.Optional(
    Type.String({ maxLength: 60, description: "part of a name or number, or pinyin in any abbreviation" }),
  ),
  grade: Type.Optional(Grade),
  classId: Type.Optional(Id),
});
export type PeopleFilter = Static<typeof PeopleFilter>;

export const PupilFilter = Type.Interface([PeopleFilter], {
  state: oneOf(PUPIL_STATES, { default: "here" }),
});
export type PupilFilter = Static<typeof PupilFilter>;

export const StaffFilter = Type.Interface([PeopleFilter], {
  subjectId: Type.Optional(Id),
  state: oneOf(["here", "left"] as const, { default: "here" }),
});
export type StaffFilter = Static<typeof StaffFilter>;

export const Pupil = Type.Object({
  id: Id,
  name: Name,
  studentNo: Type.String(),
  pinyin: Type.String(),
  classId: Type.String({ description: "today's class, else the next, else the last" }),
  since: LocalDate,
  until: Type.Optional(
    Type.String({ format: "date", description: "the last day; left out while it is open" }),
  ),
});
export type Pupil = Static<typeof Pupil>;

export const PupilList = Type.Object({
  pupils: Type.Array(Pupil, { description: "all that fit, by grade, class and number" }),
  classes: Type.Array(ClassRef, { description: "this year's, and those that the pupils refer to" }),
  thisYears: Type.Array(Type.String(), { description: "ids of the classes of this year" }),
});
export type PupilList = Static<typeof PupilList>;

const Teaching = Type.Object({
  classId: Id,
  subject: Type.Union([Bilingual, Type.Null()]),
  subjectId: Type.Union([Id, Type.Null()]),
  isHomeroom: Type.Boolean(),
  isSubstitute: Type.Boolean({ description: "stands in for somebody for some days" }),
});

export const StaffList = Type.Object({
  staff: Type.Array(
    Type.Object({
      id: Id,
      name: Name,
      pinyin: Type.String(),
      role: StaffRole,
      hasAccount: Type.Boolean(),
      teaches: Type.Array(Teaching, { description: "today" }),
      leads: Type.Array(Grade, { description: "the grades it leads today" }),
    }),
  ),
  classes: Type.Array(ClassRef),
  subjects: Type.Array(Type.Object({ id: Id, name: Bilingual })),
});
export type StaffList = Static<typeof StaffList>;
export type StaffRow = StaffList["staff"][number];

/** Never the whole school on one page: a class, a grade or part of a name is asked for. No phone is among it. */
export const GuardianList = Type.Object({
  guardians: Type.Array(
    Type.Object({
      id: Id,
      name: Name,
      relation: Type.String(),
      isVerified: Type.Boolean({ description: "has proved who it is, and so may see the child's record" }),
      pupil: Type.Pick(Pupil, ["id", "name", "classId"]),
    }),
    { description: "by class and the child's number; one row a child" },
  ),
  isCutOff: Type.Boolean({ description: "there are more; narrow the search" }),
  classes: Type.Array(ClassRef),
});
export type GuardianList = Static<typeof GuardianList>;

export const SchoolClassList = Type.Object({
  year: Type.Union([Id, Type.Null()], { description: "whose classes these are" }),
  years: Type.Array(Type.Object({ id: Id, name: Name, startsOn: LocalDate, endsOn: LocalDate })),
  classes: Type.Array(
    Type.Interface([ClassRef], {
      pupils: Type.Integer({ minimum: 0 }),
      homeroomTeachers: Type.Array(Name),
    }),
  ),
});
export type SchoolClassList = Static<typeof SchoolClassList>;

export const PupilPage = Type.Object({
  id: Id,
  name: Name,
  studentNo: Type.String(),
  stays: Type.Array(
    Type.Object({
      class: ClassRef,
      year: Name,
      from: LocalDate,
      until: OpenEnd,
      hasGraduated: Type.Boolean({ description: "it ended with the school's last year" }),
    }),
    { description: "every class the pupil was, is or will be in, latest first" },
  ),
  classId: Type.Union([Id, Type.Null()], { description: "today's class" }),
  guardians: Type.Array(
    Type.Object({ id: Id, name: Name, relation: Type.String(), isVerified: Type.Boolean() }),
  ),
});
export type PupilPage = Static<typeof PupilPage>;

const Assignment = Type.Object({
  id: Id,
  class: ClassRef,
  teacher: Type.Object({ id: Id, name: Name }),
  subject: Type.Union([Bilingual, Type.Null()]),
  isHomeroom: Type.Boolean(),
  from: LocalDate,
  until: OpenEnd,
  standsInFor: Type.Union([Name, Type.Null()], { description: "who is away meanwhile" }),
  substitutes: Type.Array(
    Type.Object({
      id: Id,
      teacher: Type.Object({ id: Id, name: Name }),
      from: LocalDate,
      until: OpenEnd,
      publishesSummaries: Type.Boolean(),
    }),
  ),
});
export type Assignment = Static<typeof Assignment>;

/** A teacher at the head of a grade for some days of a school year. */
const Leadership = Type.Object({
  id: Id,
  grade: Grade,
  year: Name,
  from: LocalDate,
  until: LocalDate,
});
export type Leadership = Static<typeof Leadership>;

export const StaffPage = Type.Object({
  id: Id,
  name: Name,
  role: StaffRole,
  hasAccount: Type.Boolean(),
  isHere: Type.Boolean(),
  assignments: Type.Array(Assignment, { description: "what was, is and will be, latest first" }),
  leaderships: Type.Array(Leadership, { description: "of grades: what was, is and will be, latest first" }),
});
export type StaffPage = Static<typeof StaffPage>;

/** One guardian. Whole the phone is shown only by `/students/:studentId/sensitive/reveal`. */
export const GuardianPage = Type.Object({
  id: Id,
  name: Name,
  hasAccount: Type.Boolean(),
  isHere: Type.Boolean({ description: "is still a guardian of somebody, or may become one" }),
  phone: Type.Union([Type.String(), Type.Null()], {
    description: "masked; null where none is known, or for a guardian of nobody any more",
  }),
  children: Type.Array(
    Type.Object({
      guardianshipId: Id,
      pupil: Type.Pick(Pupil, ["id", "name", "studentNo"]),
      class: Type.Union([ClassRef, Type.Null()], { description: "today's" }),
      relation: Type.String({ description: "mother, father, …; what the roster said" }),
      verified: Verified,
      endedAt: Type.Union([Instant, Type.Null()], { description: "since when it is a guardian no longer" }),
      removal: Type.Union(
        [
          Type.Object({
            by: Name,
            reason: oneOf(REMOVAL_REASONS),
            note: Type.Union([Type.String(), Type.Null()]),
          }),
          Type.Null(),
        ],
        { description: "why the school has kept it from the child, where it has" },
      ),
      mayReadmit: Type.Boolean({ description: "a letter may take the removal back" }),
      state: oneOf(JOINING_STATES, { description: "how far the child's whole family has come" }),
      letter: OpenLetter,
      consents: Type.Array(ConsentInBrief, {
        description: "what the family has said, whichever guardian it was; empty once it is one no longer",
      }),
    }),
    { description: "every child it is or was a guardian of; those it is one of no longer come last" },
  ),
});
export type GuardianPage = Static<typeof GuardianPage>;

export const ClassPage = Type.Object({
  class: ClassRef,
  year: Type.Object({ name: Name, startsOn: LocalDate, endsOn: LocalDate }),
  day: Type.String({ format: "date", description: "today, or the year's last or first day" }),
  pupils: Type.Array(Type.Pick(Pupil, ["id", "name", "studentNo", "pinyin"])),
  assignments: Type.Array(Assignment, { description: "of the whole year" }),
});
export type ClassPage = Static<typeof ClassPage>;

export const PupilMove = Type.Object(
  {
    studentId: Id,
    classId: Type.Union([Id, Type.Null()], { description: "null for out of the school" }),
    was: Type.Optional(
      Type.Union([Id, Type.Null()], {
        description:
          "the class it is taken to be in on that day; refused in another. Left out: whichever it is",
      }),
    ),
  },
  { additionalProperties: false },
);
export type PupilMove = Static<typeof PupilMove>;

export const PupilMoves = Type.Object(
  {
    from: Type.String({
      format: "date",
      description: "the first day in the new class, or the first day not here",
    }),
    moves: Type.Array(PupilMove, { minItems: 1, maxItems: 500 }),
  },
  { additionalProperties: false },
);
export type PupilMoves = Static<typeof PupilMoves>;

export const MovedPupils = Type.Object({
  moved: Type.Integer({ minimum: 0, description: "how many changed; the others were there already" }),
  reverse: Type.Object(
    { from: LocalDate, moves: Type.Array(PupilMove) },
    { description: "sent as moves, it puts everybody back" },
  ),
});
export type MovedPupils = Static<typeof MovedPupils>;

export const NewPupil = Type.Object(
  {
    id: Id,
    name: WrittenText({ minLength: 1, maxLength: 60 }),
    studentNo: Type.String({ pattern: "^[0-9A-Za-z][0-9A-Za-z/_.-]{0,31}$" }),
    classId: Id,
    from: LocalDate,
  },
  { additionalProperties: false },
);
export type NewPupil = Static<typeof NewPupil>;

export const NewAssignment = Type.Object(
  {
    id: Id,
    membershipId: Id,
    subjectId: Type.Union([Id, Type.Null()]),
    isHomeroom: Type.Boolean(),
    from: LocalDate,
    until: OpenEnd,
  },
  { additionalProperties: false },
);
export type NewAssignment = Static<typeof NewAssignment>;

export const NewSubstitute = Type.Object(
  {
    membershipId: Id,
    from: LocalDate,
    until: LocalDate,
    standsIn: Type.Array(Type.Object({ id: Id, assignmentId: Id }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: 60,
      description: "for each assignment the id of what is made: all or none",
    }),
    publishesSummaries: Type.Optional(
      Type.Boolean({
        description: "for a homeroom teacher: term summaries are published too; else they wait",
      }),
    ),
  },
  { additionalProperties: false },
);
export type NewSubstitute = Static<typeof NewSubstitute>;

export const NewLeadership = Type.Object(
  {
    id: Id,
    grade: Grade,
    from: LocalDate,
    until: Type.Union([LocalDate, Type.Null()], {
      description: "the last day; null for the last of the school year",
    }),
  },
  { additionalProperties: false },
);
export type NewLeadership = Static<typeof NewLeadership>;

/** Of an assignment or a leadership. */
export const AssignmentEnd = Type.Object(
  {
    until: Type.String({
      format: "date",
      description: "the last day; before the first one it is taken back",
    }),
  },
  { additionalProperties: false },
);
export type AssignmentEnd = Static<typeof AssignmentEnd>;
