/** The book (成长册) of a child's school year: which years there are. The book itself is a file. */
import Type, { type Static } from "typebox";
import { Id, LocalDate } from "./common.ts";

export const Books = Type.Object({
  years: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      startsOn: LocalDate,
      endsOn: LocalDate,
      isRunning: Type.Boolean({ description: "it goes on: the book is as of today" }),
    }),
    { description: "those the child was here, newest first" },
  ),
  mayTake: Type.Boolean({ description: "not every teacher who reads the portfolio" }),
});
export type Books = Static<typeof Books>;
