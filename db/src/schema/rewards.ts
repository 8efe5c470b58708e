/**
 * The reward shop. What children spend is a ledger of its own beside that of the awards: append-only entries, and a
 * balance row a child and school year that `doudou verify` recomputes from them. What a child has earned is not here.
 */
import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RequestState, RewardIcon, RewardKind, StockPeriod } from "@doudou/shared/domain/rewards.ts";
import { flag, id, instant, localDay, optionalId, schoolId } from "./columns.ts";
import { academicYear, membership, school, schoolClass, student, term } from "./people.ts";

/** Whether a school has a shop; without a row it has none. */
export const rewardShop = sqliteTable(
  "reward_shop",
  {
    schoolId: schoolId().references(() => school.schoolId),
    isOn: flag("is_on").notNull(),
  },
  (t) => [primaryKey({ columns: [t.schoolId] })],
);

/** An offer of the school, or of one class. Closed, never deleted: requests point at it. */
export const reward = sqliteTable(
  "reward",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    classId: optionalId("class_id"),
    title: text("title").notNull(),
    words: text("words").notNull(),
    icon: text("icon").$type<RewardIcon>().notNull(),
    kind: text("kind").$type<RewardKind>().notNull(),
    price: integer("price").notNull(),
    stockCount: integer("stock_count"),
    stockPer: text("stock_per").$type<StockPeriod>(),
    perChild: integer("per_child"),
    gradeFrom: integer("grade_from").notNull(),
    gradeTo: integer("grade_to").notNull(),
    isOpen: flag("is_open").notNull(),
    addedBy: id("added_by"),
    addedAt: instant("added_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.addedBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("reward_shelf_idx").on(t.schoolId, t.classId),
    check("reward_price_positive", sql`${t.price} > 0`),
  ],
);

/**
 * Something a child asked for, and where it stands: the state of its latest entry. `title` and `price` are those it was
 * asked for at; `words` are the teacher's, with the answer; `objectedBy` is a guardian who said: not this, please.
 */
export const rewardRequest = sqliteTable(
  "reward_request",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    rewardId: id("reward_id"),
    studentId: id("student_id"),
    termId: id("term_id"),
    academicYearId: id("academic_year_id"),
    title: text("title").notNull(),
    price: integer("price").notNull(),
    day: localDay("day").notNull(),
    askedAt: instant("asked_at").notNull(),
    state: text("state").$type<RequestState>().notNull(),
    stateAt: instant("state_at").notNull(),
    words: text("words"),
    objectedBy: optionalId("objected_by"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.rewardId], foreignColumns: [reward.schoolId, reward.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({
      columns: [t.schoolId, t.academicYearId],
      foreignColumns: [academicYear.schoolId, academicYear.id],
    }),
    foreignKey({ columns: [t.schoolId, t.objectedBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("reward_request_student_idx").on(t.schoolId, t.studentId, t.askedAt),
    index("reward_request_stock_idx").on(t.schoolId, t.rewardId, t.day),
    index("reward_request_state_idx").on(t.schoolId, t.state, t.stateAt),
  ],
);

/**
 * The spending ledger: what each step of a request did to the beans its child may use, in beans more (or fewer) reserved
 * and spent. A request is in each state once. `movedBy` is missing where time alone moved it.
 */
export const rewardEntry = sqliteTable(
  "reward_entry",
  {
    schoolId: schoolId().references(() => school.schoolId),
    requestId: id("request_id"),
    state: text("state").$type<RequestState>().notNull(),
    studentId: id("student_id"),
    academicYearId: id("academic_year_id"),
    reserved: integer("reserved").notNull(),
    spent: integer("spent").notNull(),
    movedBy: optionalId("moved_by"),
    movedAt: instant("moved_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.requestId, t.state] }),
    foreignKey({
      columns: [t.schoolId, t.requestId],
      foreignColumns: [rewardRequest.schoolId, rewardRequest.id],
    }),
    foreignKey({ columns: [t.schoolId, t.movedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

/** What a child has reserved and spent in a school year. Its beans of the year are the tallies'. */
export const rewardBalance = sqliteTable(
  "reward_balance",
  {
    schoolId: schoolId().references(() => school.schoolId),
    studentId: id("student_id"),
    academicYearId: id("academic_year_id"),
    reserved: integer("reserved").notNull(),
    spent: integer("spent").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.studentId, t.academicYearId] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    check("reward_balance_never_negative", sql`${t.reserved} >= 0 and ${t.spent} >= 0`),
  ],
);

/** What a child saves for: one thing at a time. */
export const rewardSaving = sqliteTable(
  "reward_saving",
  {
    schoolId: schoolId().references(() => school.schoolId),
    studentId: id("student_id"),
    rewardId: id("reward_id"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.studentId] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.rewardId], foreignColumns: [reward.schoolId, reward.id] }),
  ],
);

/** The pupils who keep a class's shop in a week. */
export const rewardShopkeeper = sqliteTable(
  "reward_shopkeeper",
  {
    schoolId: schoolId().references(() => school.schoolId),
    classId: id("class_id"),
    weekStartsOn: localDay("week_starts_on").notNull(),
    studentId: id("student_id"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.classId, t.weekStartsOn, t.studentId] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
  ],
);
