/** Reminders: private, without points, gone with the term. Never part of anything a child reads. */
import Type, { type Static } from "typebox";
import { REMINDER_PHRASE_NAMES } from "../domain/reminders.ts";
import { Id, Instant, NewId, oneOf, WrittenText } from "./common.ts";

const PhraseName = oneOf(REMINDER_PHRASE_NAMES);

/** A reminder as the teacher's device sends it. The id is made once; sending it again changes nothing. */
export const ReminderInput = Type.Object(
  {
    id: NewId,
    phrase: Type.Optional(PhraseName),
    text: Type.Optional(WrittenText({ maxLength: 200 })),
    guardianMaySee: Type.Boolean({ description: "the child's guardians may read it, too" }),
    occurredAt: Instant,
  },
  { additionalProperties: false, description: "has a phrase, a text, or both" },
);
export type ReminderInput = Static<typeof ReminderInput>;

export const Reminder = Type.Object({
  id: Id,
  phrase: Type.Union([PhraseName, Type.Null()]),
  text: Type.Union([Type.String(), Type.Null()]),
  by: Type.String({ description: "name of who wrote it" }),
  guardianMaySee: Type.Boolean(),
  canWithdraw: Type.Boolean({ description: "its author, and the homeroom teacher" }),
  occurredAt: Instant,
});
export type Reminder = Static<typeof Reminder>;

export const ReminderList = Type.Object({
  reminders: Type.Array(Reminder, { description: "of the running term, newest first" }),
  isTimeToTalk: Type.Boolean({
    description: "so many lately that a talk with the family would help more; staff only, false for others",
  }),
});
export type ReminderList = Static<typeof ReminderList>;

export const ReminderResult = Type.Object({ id: Id, status: oneOf(["recorded", "duplicate"] as const) });
export type ReminderResult = Static<typeof ReminderResult>;

export const WithdrawResult = Type.Object({ id: Id, status: oneOf(["withdrawn", "duplicate"] as const) });
export type WithdrawResult = Static<typeof WithdrawResult>;
