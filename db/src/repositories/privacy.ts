/** Who answers for children's data in a school, and what guardians have asked for. Decides nothing. */
import { and, asc, desc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { RequestKind, RequestState } from "@doudou/shared/domain/privacy-requests.ts";
import type { Store } from "../engines/database.ts";

export interface Officer {
  readonly name: string;
  readonly contact: string;
}

export async function officerOf(store: Store, schoolId: string): Promise<Officer | undefined> {
  const { privacyOfficer: o } = store.tables;
  const [officer] = await store.db
    .select({ name: o.name, contact: o.contact })
    .from(o)
    .where(eq(o.schoolId, schoolId));
  return officer;
}

export async function setOfficer(
  store: Store,
  schoolId: string,
  officer: Officer & { readonly setBy: string; readonly setAt: Date },
): Promise<void> {
  const { privacyOfficer: o } = store.tables;
  await store.db
    .insert(o)
    .values({ schoolId, ...officer })
    .onConflictDoUpdate({ target: o.schoolId, set: officer });
}

export interface NewPrivacyRequest {
  readonly id: string;
  readonly studentId: string;
  readonly askedBy: string;
  readonly kind: RequestKind;
  readonly text: string;
  readonly askedAt: Date;
  readonly dueOn: string;
}

/** @returns false where the id is taken: nothing was written then */
export async function addPrivacyRequest(
  store: Store,
  schoolId: string,
  request: NewPrivacyRequest,
): Promise<boolean> {
  const { privacyRequest: r } = store.tables;
  const added = await store.db
    .insert(r)
    .values({ schoolId, ...request, state: "open" })
    .onConflictDoNothing({ target: [r.schoolId, r.id] })
    .returning({ id: r.id });
  return added.length > 0;
}

export interface PrivacyRequestLine {
  readonly id: string;
  readonly studentId: string;
  readonly studentName: string;
  readonly askedBy: string | null;
  readonly askedByName: string | null;
  readonly kind: RequestKind;
  readonly text: string;
  readonly askedAt: Date;
  readonly dueOn: string;
  readonly state: RequestState;
  readonly answer: string | null;
  readonly answeredByName: string | null;
  readonly answeredAt: Date | null;
}

export interface RequestFilter {
  readonly id?: string;
  readonly studentId?: string;
  readonly state?: RequestState;
}

/** Requests that fit, those due first before the others, of these the latest first. */
export async function privacyRequestsOf(
  store: Store,
  schoolId: string,
  filter: RequestFilter,
  limit: number,
): Promise<PrivacyRequestLine[]> {
  const { privacyRequest: r, student: s, membership } = store.tables;
  const [asker, answerer] = [alias(membership, "asker"), alias(membership, "answerer")];
  return await store.db
    .select({
      id: r.id,
      studentId: r.studentId,
      studentName: s.name,
      askedBy: r.askedBy,
      askedByName: asker.displayName,
      kind: r.kind,
      text: r.text,
      askedAt: r.askedAt,
      dueOn: r.dueOn,
      state: r.state,
      answer: r.answer,
      answeredByName: answerer.displayName,
      answeredAt: r.answeredAt,
    })
    .from(r)
    .innerJoin(s, and(eq(s.schoolId, r.schoolId), eq(s.id, r.studentId)))
    .leftJoin(asker, and(eq(asker.schoolId, r.schoolId), eq(asker.id, r.askedBy)))
    .leftJoin(answerer, and(eq(answerer.schoolId, r.schoolId), eq(answerer.id, r.answeredBy)))
    .where(
      and(
        eq(r.schoolId, schoolId),
        filter.id === undefined ? undefined : eq(r.id, filter.id),
        filter.studentId === undefined ? undefined : eq(r.studentId, filter.studentId),
        filter.state && eq(r.state, filter.state),
      ),
    )
    .orderBy(...(filter.state === "open" ? [asc(r.dueOn), asc(r.id)] : [desc(r.askedAt), desc(r.id)]))
    .limit(limit);
}

/** Settles an open request. @returns false where it is settled already */
export async function settlePrivacyRequest(
  store: Store,
  schoolId: string,
  id: string,
  settled: {
    readonly state: Exclude<RequestState, "open">;
    readonly answer: string | null;
    readonly answeredBy: string;
    readonly answeredAt: Date;
  },
): Promise<boolean> {
  const { privacyRequest: r } = store.tables;
  const changed = await store.db
    .update(r)
    .set(settled)
    .where(and(eq(r.schoolId, schoolId), eq(r.id, id), eq(r.state, "open")))
    .returning({ id: r.id });
  return changed.length > 0;
}
