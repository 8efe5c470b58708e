/**
 * What a class's screens are told as it happens, over `text/event-stream`. Each event's id is the position after it:
 * who comes back with the last one it saw (`Last-Event-ID`, or `from` in the address) gets the rest, once each.
 */
import Type, { type Static } from "typebox";
import { Bilingual, DimensionName, Id, Instant, LocalDate } from "./common.ts";

/** How far somebody has seen a class's ledger: awards and voids up to these numbers. */
export const LivePosition = Type.String({
  pattern: "^\\d{1,15}\\.\\d{1,15}$",
  description:
    "how far the class's ledger has been seen: the numbers of its latest award and its latest void",
});

/** Which screen is asking: a new stream of the same screen takes the place of its old one. */
const Screen = Type.Optional(Type.String({ pattern: "^[0-9A-Za-z-]{1,40}$" }));

export const FollowQuery = Type.Object({ from: Type.Optional(LivePosition), screen: Screen });

/** Of a stream that catches nothing up: it tells once to read anew when it begins, and each time it is due. */
export const ScreenQuery = Type.Object({ screen: Screen });

/** Event `award`: all that a screen of the class needs to show it, without asking again. */
export const LiveAward = Type.Object({
  id: Id,
  studentId: Id,
  dimension: DimensionName,
  pointId: Id,
  point: Bilingual,
  beans: Type.Integer({ minimum: 0 }),
  by: Type.String({ description: "name of who awarded" }),
  day: LocalDate,
  occurredAt: Instant,
});
export type LiveAward = Static<typeof LiveAward>;

/** Event `void`: the award that was taken back, and what it had given. */
export const LiveVoid = Type.Object({
  id: Id,
  studentId: Id,
  dimension: DimensionName,
  beans: Type.Integer({ minimum: 0 }),
  day: LocalDate,
});
export type LiveVoid = Static<typeof LiveVoid>;
