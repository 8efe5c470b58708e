/**
 * What members are told of. A notice is read by its recipient alone, and only while it leads somewhere: a guardian must
 * still be the child's, a teacher still lead the class and the child be in it, or still review the class.
 */
import {
  and,
  count,
  desc,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { NoticeKind } from "@doudou/shared/domain/notices.ts";
import type { Bilingual } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { isToReview } from "./grade-leaderships.ts";
import { comesAfter } from "./pages.ts";
import { coversDay } from "./people.ts";

export interface NewNotice {
  readonly id: string;
  readonly recipientId: string;
  readonly event: string;
  readonly kind: NoticeKind;
  readonly studentId: string | null;
  /** Told to whoever leads or reviews it; `null`: to guardians. */
  readonly classId: string | null;
  readonly termId: string;
  readonly happenedAt: Date;
}

/** Tells each recipient of an event, unless it has been told of it. @returns who was told now */
export async function addNotices(
  store: Store,
  schoolId: string,
  notices: readonly NewNotice[],
): Promise<string[]> {
  if (notices.length === 0) return [];
  const { inboxNotice: n } = store.tables;
  const rows = await store.db
    .insert(n)
    .values(notices.map((notice) => ({ schoolId, ...notice })))
    .onConflictDoNothing({ target: [n.schoolId, n.recipientId, n.event] })
    .returning({ recipientId: n.recipientId });
  return rows.map(({ recipientId }) => recipientId);
}

export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly studentId: string | null;
  readonly studentName: string | null;
  readonly classId: string | null;
  readonly className: string | null;
  readonly termId: string;
  readonly termName: Bilingual;
  readonly happenedAt: Date;
  readonly openedAt: Date | null;
}

/** Where a page of notices ends: the next begins below. */
export interface NoticePosition {
  readonly happenedAt: Date;
  readonly id: string;
}

/** Whose notices: a member's, on a day that says what it still leads and who is still there. */
export interface NoticeReader {
  readonly recipientId: string;
  readonly day: string;
}

/** A member's notices, latest first. */
export async function noticesOf(
  store: Store,
  schoolId: string,
  reader: NoticeReader,
  { below, limit }: { readonly below?: NoticePosition | undefined; readonly limit: number },
): Promise<Notice[]> {
  const { inboxNotice: n, student: s, schoolClass: c, term: t } = store.tables;
  return await store.db
    .select({
      id: n.id,
      kind: n.kind,
      studentId: n.studentId,
      studentName: s.name,
      classId: n.classId,
      className: c.name,
      termId: n.termId,
      termName: { zh: t.nameZh, en: t.nameEn },
      happenedAt: n.happenedAt,
      openedAt: n.openedAt,
    })
    .from(n)
    .innerJoin(t, and(eq(t.schoolId, n.schoolId), eq(t.id, n.termId)))
    .leftJoin(s, and(eq(s.schoolId, n.schoolId), eq(s.id, n.studentId)))
    .leftJoin(c, and(eq(c.schoolId, n.schoolId), eq(c.id, n.classId)))
    .where(
      and(
        leadsSomewhere(store, schoolId, reader),
        below && comesAfter("down", [n.happenedAt, n.id], [below.happenedAt, below.id]),
      ),
    )
    .orderBy(desc(n.happenedAt), desc(n.id))
    .limit(limit);
}

/** How many of a member's notices it has not opened. */
export async function unopenedNotices(store: Store, schoolId: string, reader: NoticeReader): Promise<number> {
  const { inboxNotice: n } = store.tables;
  const [row] = await store.db
    .select({ unopened: count() })
    .from(n)
    .where(and(leadsSomewhere(store, schoolId, reader), isNull(n.openedAt)));
  return row?.unopened ?? 0;
}

/** Notes that a member has opened a notice, or all up to a moment; the first time stands. @returns how many were new */
export async function openNotices(
  store: Store,
  schoolId: string,
  recipientId: string,
  which: { readonly id: string } | { readonly until: Date },
  at: Date,
): Promise<number> {
  const { inboxNotice: n } = store.tables;
  const rows = await store.db
    .update(n)
    .set({ openedAt: at })
    .where(
      and(
        eq(n.schoolId, schoolId),
        eq(n.recipientId, recipientId),
        "id" in which ? eq(n.id, which.id) : lte(n.happenedAt, which.until),
        isNull(n.openedAt),
      ),
    )
    .returning({ id: n.id });
  return rows.length;
}

/** Whether there is such a notice of this member. */
export async function hasNotice(
  store: Store,
  schoolId: string,
  of: { readonly recipientId: string; readonly id: string },
): Promise<boolean> {
  const { inboxNotice: n } = store.tables;
  const rows = await store.db
    .select({ id: n.id })
    .from(n)
    .where(and(eq(n.schoolId, schoolId), eq(n.recipientId, of.recipientId), eq(n.id, of.id)));
  return rows.length > 0;
}

/** Takes back what was told of a class and is so no more, where it is not opened yet. */
export async function withdrawNotices(
  store: Store,
  schoolId: string,
  of: { readonly kinds: readonly NoticeKind[]; readonly classId: string; readonly termId: string },
): Promise<void> {
  const { inboxNotice: n } = store.tables;
  await store.db
    .delete(n)
    .where(
      and(
        eq(n.schoolId, schoolId),
        inArray(n.kind, [...of.kinds]),
        eq(n.classId, of.classId),
        eq(n.termId, of.termId),
        isNull(n.openedAt),
      ),
    );
}

/** Who leads a class on a day: its homeroom teacher, and who stands in. */
export async function leadersOfClass(
  store: Store,
  schoolId: string,
  classId: string,
  day: string,
): Promise<string[]> {
  const { teachingAssignment: a } = store.tables;
  const rows = await store.db
    .selectDistinct({ id: a.membershipId })
    .from(a)
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.classId, classId),
        eq(a.isHomeroom, true),
        coversDay(a.startsOn, a.endsOn, day),
      ),
    );
  return rows.map(({ id }) => id);
}

/** Deletes what was told before a moment. @returns how many */
export async function deleteNoticesBefore(store: Store, schoolId: string, before: Date): Promise<number> {
  const { inboxNotice: n } = store.tables;
  const rows = await store.db
    .delete(n)
    .where(and(eq(n.schoolId, schoolId), lt(n.happenedAt, before)))
    .returning({ id: n.id });
  return rows.length;
}

function leadsSomewhere(store: Store, schoolId: string, { recipientId, day }: NoticeReader): SQL | undefined {
  const { inboxNotice: n, guardianship: g, teachingAssignment: a, enrollment: e } = store.tables;
  const one = { one: sql`1` };
  const isOwnChild = exists(
    store.db
      .select(one)
      .from(g)
      .where(
        and(
          eq(g.schoolId, schoolId),
          eq(g.membershipId, recipientId),
          eq(g.studentId, n.studentId),
          isNotNull(g.verifiedAt),
          isNull(g.endedAt),
        ),
      ),
  );
  const led = store.db
    .select({ classId: a.classId })
    .from(a)
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.membershipId, recipientId),
        eq(a.isHomeroom, true),
        coversDay(a.startsOn, a.endsOn, day),
      ),
    );
  const isThere = exists(
    store.db
      .select(one)
      .from(e)
      .where(
        and(
          eq(e.schoolId, schoolId),
          eq(e.studentId, n.studentId),
          eq(e.classId, n.classId),
          coversDay(e.startsOn, e.endsOn, day),
        ),
      ),
  );
  const isLed = and(inArray(n.classId, led), or(isNull(n.studentId), isThere));
  const isReviewed = isToReview(store, { schoolId, membershipId: recipientId, classId: n.classId, day });
  return and(
    eq(n.schoolId, schoolId),
    eq(n.recipientId, recipientId),
    or(
      and(isNull(n.classId), isOwnChild),
      and(ne(n.kind, "review-waits"), isLed),
      and(eq(n.kind, "review-waits"), isReviewed),
    ),
  );
}
