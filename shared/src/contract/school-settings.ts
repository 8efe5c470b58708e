/** What a school's office sets for the whole school: its name and language, its board, and its calendar. */
import Type, { type Static } from "typebox";
import { SPAN_KINDS } from "../domain/lesson-times.ts";
import { NOTE_MONTHS } from "../domain/note-keeping.ts";
import { VIEW_MINUTES } from "../domain/view-limit.ts";
import { Id, LocaleName, LocalDate, oneOf, WrittenText } from "./common.ts";

const Name = WrittenText({ maxLength: 60 });

export const SchoolWords = Type.Object(
  {
    name: Type.String({ maxLength: 60, pattern: "^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$" }),
    locale: LocaleName,
    boardShowsNumbers: Type.Boolean({
      description: "whether a class's board may show figures; where not, no link's own wish counts",
    }),
    peerVoicesShowNames: Type.Boolean({
      description: "whether a child is told which group mate said something kind; its teacher always knows",
    }),
    reviewsSummaries: Type.Boolean({
      description: "whether the office approves a class's term summaries before they are published",
    }),
    viewMinutes: Type.Union(
      [Type.Integer({ minimum: VIEW_MINUTES.least, maximum: VIEW_MINUTES.most }), Type.Null()],
      { description: "of a day, for a child on its own pages; null for no limit" },
    ),
    noteMonths: Type.Union(
      [Type.Integer({ minimum: NOTE_MONTHS.least, maximum: NOTE_MONTHS.most }), Type.Null()],
      { description: "for which the note of an award is kept; null for as long as the child is here" },
    ),
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

const ClockTime = Type.String({ pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$", description: "school-local" });

const LessonSpan = Type.Object(
  { kind: oneOf(SPAN_KINDS), name: WrittenText({ maxLength: 20 }), startsAt: ClockTime, endsAt: ClockTime },
  { additionalProperties: false },
);

/** 作息时间: each plan is for the days of the week that go alike. */
export const LessonTimes = Type.Array(
  Type.Object(
    {
      weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
        maxItems: 7,
        uniqueItems: true,
        description: "1 is Monday",
      }),
      spans: Type.Array(LessonSpan, { maxItems: 40, description: "in order, never overlapping" }),
    },
    { additionalProperties: false },
  ),
  { maxItems: 7 },
);
export type LessonTimes = Static<typeof LessonTimes>;

/** The name of its small picture, at most 320 pixels on its longer side: the same name is the same picture. */
export const LogoName = Type.Union([Type.String(), Type.Null()], {
  description: "SHA-256 of the school's logo, for its address; null for none",
});

export const SchoolSettings = Type.Object({
  words: SchoolWords,
  wordsVersion: Type.String({ description: "to be named by who saves them" }),
  calendar: SchoolCalendar,
  version: Type.String({ description: "of the calendar, to be named by who saves it" }),
  logo: LogoName,
  lessonTimes: LessonTimes,
  lessonTimesVersion: Type.String({ description: "to be named by who saves them" }),
  today: LocalDate,
});
export type SchoolSettings = Static<typeof SchoolSettings>;

export const SaveWords = Type.Object(
  { version: Type.String({ maxLength: 64 }), words: SchoolWords },
  { additionalProperties: false },
);
export type SaveWords = Static<typeof SaveWords>;

export const WordsSaved = Type.Object({ version: Type.String(), words: SchoolWords });
export type WordsSaved = Static<typeof WordsSaved>;

export const SaveCalendar = Type.Object(
  { version: Type.String({ maxLength: 64 }), calendar: SchoolCalendar },
  { additionalProperties: false },
);
export type SaveCalendar = Static<typeof SaveCalendar>;

export const CalendarSaved = Type.Object({ version: Type.String() });
export type CalendarSaved = Static<typeof CalendarSaved>;

export const SaveLessonTimes = Type.Object(
  { version: Type.String({ maxLength: 64 }), lessonTimes: LessonTimes },
  { additionalProperties: false },
);
export type SaveLessonTimes = Static<typeof SaveLessonTimes>;

export const LessonTimesSaved = Type.Object({ version: Type.String() });
export type LessonTimesSaved = Static<typeof LessonTimesSaved>;

export const LogoSet = Type.Object({ logo: LogoName });
export type LogoSet = Static<typeof LogoSet>;

/** What a class has today, for a countdown to the end of the lesson. Empty without school, or where nobody has said. */
export const LessonsToday = Type.Object({ spans: Type.Array(LessonSpan), timeZone: Type.String() });
export type LessonsToday = Static<typeof LessonsToday>;
