/** What a school's office sets for the whole school: its name and language, its board, and its calendar. */
import Type, { type Static } from "typebox";
import { Id, LocaleName, LocalDate, oneOf, WrittenText } from "./common.ts";

const Name = WrittenText({ maxLength: 60 });

export const SchoolWords = Type.Object(
  {
    name: Type.String({ maxLength: 60, pattern: "^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$" }),
    locale: LocaleName,
    boardShowsNumbers: Type.Boolean({
      description: "whether a class's board may show figures; where not, no link's own wish counts",
    }),
  },
  { additionalProperties: false },
);
export type SchoolWords = Static<typeof SchoolWords>;

export const SchoolCalendar = Type.Object(
  {
    years: Type.Array(
      Type.Object(
        { id: Id, name: Name, startsOn: LocalDate, endsOn: LocalDate },
        { additionalProperties: false },
      ),
      { maxItems: 40 },
    ),
    terms: Type.Array(
      Type.Object(
        {
          id: Id,
          academicYearId: Id,
          name: Type.Object({ zh: Name, en: Name }, { additionalProperties: false }),
          startsOn: LocalDate,
          endsOn: LocalDate,
        },
        { additionalProperties: false },
      ),
      { maxItems: 80 },
    ),
    days: Type.Array(
      Type.Object(
        { day: LocalDate, kind: oneOf(["holiday", "workday"] as const), name: Name },
        { additionalProperties: false },
      ),
      { maxItems: 2000, description: "days that differ from the week's pattern" },
    ),
  },
  { additionalProperties: false },
);
export type SchoolCalendar = Static<typeof SchoolCalendar>;

export const SchoolSettings = Type.Object({
  words: SchoolWords,
  calendar: SchoolCalendar,
  version: Type.String({ description: "of the calendar, to be named by who saves it" }),
  today: LocalDate,
});
export type SchoolSettings = Static<typeof SchoolSettings>;

export const SaveCalendar = Type.Object(
  { version: Type.String({ maxLength: 64 }), calendar: SchoolCalendar },
  { additionalProperties: false },
);
export type SaveCalendar = Static<typeof SaveCalendar>;

export const CalendarSaved = Type.Object({ version: Type.String() });
export type CalendarSaved = Static<typeof CalendarSaved>;
