/**
 * The privacy notice with the person who answers for it, and what guardians ask for about a child's record: each
 * request with its due day, answered in writing. Carrying an answer out is done by the features it is about.
 */
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import { agreedToOtherWords } from "@doudou/db/repositories/consents.ts";
import {
  addPrivacyRequest,
  officerOf,
  type PrivacyRequestLine,
  privacyRequestsOf,
  setOfficer,
  settlePrivacyRequest,
} from "@doudou/db/repositories/privacy.ts";
import { childrenWhoLeft, erasuresOf } from "@doudou/db/repositories/erasures.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import type {
  ChildRequests,
  NameOfficer,
  NoticeQuery,
  OfficeRequest,
  PrivacyNotice,
  PrivacyOffice,
  PrivacyOfficer,
  PrivacyRequest,
  RequestAnswer,
  RequestInput,
} from "@doudou/shared/contract/privacy.ts";
import { addDays, localDayOf } from "@doudou/shared/domain/calendar.ts";
import { PRIVACY_NOTICES, privacyNotice, versionsAsking } from "@doudou/shared/domain/privacy-notice.ts";
import { ANSWER_WITHIN_WORKING_DAYS, dueDayOf, urgencyOf } from "@doudou/shared/domain/privacy-requests.ts";
import { leftLongAgo } from "@doudou/shared/domain/retention.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { refuseUnseen } from "../../http/versions.ts";
import { incidentsInBrief } from "../incidents/service.ts";

/** More open requests than this a child never has: asking again adds nothing. */
const MOST_OPEN = 5;
const MOST_SHOWN = 200;

/** The notice, and whom to turn to where it is clear which school is meant. @throws Problem not-found for an unknown version */
export async function noticeToRead(deps: Deps, query: NoticeQuery): Promise<PrivacyNotice> {
  const notice = privacyNotice(query.version);
  if (!notice) throw new Problem("not-found");
  const all = await deps.database.read(EVERY_SCHOOL, schoolIds);
  const schoolId = query.school ?? (all.length === 1 ? all[0] : undefined);
  const isKnown = schoolId !== undefined && all.includes(schoolId);
  return {
    version: notice.version,
    since: notice.since,
    versions: PRIVACY_NOTICES.map(({ version, since }) => ({ version, since })),
    changes: [...notice.changes],
    sections: notice.sections.map(({ heading, paragraphs }) => ({ heading, paragraphs: [...paragraphs] })),
    purposes: [...notice.purposes],
    school: isKnown ? await officerIn(deps, schoolId) : null,
  };
}

async function officerIn(deps: Deps, schoolId: string): Promise<PrivacyNotice["school"]> {
  const { name } = await deps.frames.of(schoolId);
  const officer = await deps.database.read(schoolId, (store) => officerOf(store, schoolId));
  return { name, officer: officer ?? null };
}

/** Names the person who answers for children's data. @throws Problem officer-changed */
export async function nameOfficer(
  deps: Deps,
  grant: Grant,
  { was, officer: named }: NameOfficer,
): Promise<PrivacyOfficer> {
  const { schoolId, membershipId } = grant;
  const officer = { name: named.name.trim(), contact: named.contact.trim() };
  await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    const before = await officerOf(store, schoolId);
    refuseUnseen("officer-changed", { stands: before ?? null, was, wanted: officer });
    await setOfficer(store, schoolId, { ...officer, setBy: membershipId, setAt: at });
    await noteChange(store, grant, { action: "privacy-officer.name", at, before, after: officer });
  });
  return officer;
}

/** What has been asked about a child, and what was answered. */
export async function requestsAboutChild(
  deps: Deps,
  { schoolId, membershipId }: Grant,
  studentId: string,
): Promise<ChildRequests> {
  const lines = await deps.database.read(schoolId, (store) =>
    privacyRequestsOf(store, schoolId, { studentId }, MOST_SHOWN),
  );
  return {
    requests: lines.map((line) => requestOf(line, membershipId)),
    answerWithinWorkingDays: ANSWER_WITHIN_WORKING_DAYS,
  };
}

/**
 * A guardian asks for something. Sending it again changes nothing.
 * @throws Problem request-enough, request-id-conflict
 */
export async function askFor(
  deps: Deps,
  grant: Grant,
  studentId: string,
  { id, kind, text }: RequestInput,
): Promise<ChildRequests> {
  const { schoolId, membershipId } = grant;
  const { timeZone, exceptions } = await deps.frames.of(schoolId);
  const at = deps.now();
  const dueOn = dueDayOf(localDayOf(at.getTime(), timeZone), exceptions);
  await deps.database.write(schoolId, async (store) => {
    await store.lock([`${schoolId}/privacy-requests/${studentId}`]);
    const [kept] = await privacyRequestsOf(store, schoolId, { id }, 1);
    if (kept) {
      const isSame = kept.studentId === studentId && kept.askedBy === membershipId && kept.kind === kind;
      if (!isSame) throw new Problem("request-id-conflict");
      return;
    }
    const open = await privacyRequestsOf(store, schoolId, { studentId, state: "open" }, MOST_OPEN);
    if (open.length >= MOST_OPEN) throw new Problem("request-enough");
    const request = { id, studentId, askedBy: membershipId, kind, text: text.trim(), askedAt: at, dueOn };
    if (!(await addPrivacyRequest(store, schoolId, request))) throw new Problem("request-id-conflict");
    // What was said stays in the request alone: it goes with the child.
    const after = { kind, dueOn };
    await noteChange(store, grant, { action: "privacy-request.ask", at, studentId, subjectId: id, after });
  });
  return await requestsAboutChild(deps, grant, studentId);
}

/** The guardian who asked takes it back. @throws Problem request-not-found, request-settled */
export async function takeBackRequest(
  deps: Deps,
  grant: Grant,
  studentId: string,
  id: string,
): Promise<ChildRequests> {
  const { schoolId, membershipId } = grant;
  await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    const [kept] = await privacyRequestsOf(store, schoolId, { id, studentId }, 1);
    if (!kept || kept.askedBy !== membershipId) throw new Problem("request-not-found");
    const settled = { state: "withdrawn", answer: null, answeredBy: membershipId, answeredAt: at } as const;
    if (!(await settlePrivacyRequest(store, schoolId, id, settled))) throw new Problem("request-settled");
    await noteChange(store, grant, { action: "privacy-request.withdraw", at, studentId, subjectId: id });
  });
  return await requestsAboutChild(deps, grant, studentId);
}

/** What the office has to answer, and which records are over their time. */
export async function privacyOffice(deps: Deps, { schoolId, membershipId }: Grant): Promise<PrivacyOffice> {
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), timeZone);
  return await deps.database.read(schoolId, async (store) => {
    const open = await privacyRequestsOf(store, schoolId, { state: "open" }, MOST_SHOWN);
    const latest = await privacyRequestsOf(store, schoolId, {}, MOST_SHOWN);
    const leftBy = addDays(today, -1);
    const hasLeft = new Set<string>();
    for (const { studentId } of [...open, ...latest].filter(({ kind }) => kind === "erase")) {
      const left = await childrenWhoLeft(store, schoolId, { leftBy, studentId }, 1);
      if (left.length > 0) hasLeft.add(studentId);
    }
    const overTime = await childrenWhoLeft(store, schoolId, { leftBy: leftLongAgo(today) }, MOST_SHOWN);
    const shown = (line: PrivacyRequestLine): OfficeRequest => ({
      ...requestOf(line, membershipId),
      student: { id: line.studentId, name: line.studentName },
      askedBy: line.askedByName,
      answeredBy: line.answeredByName,
      urgency: urgencyOf(line.dueOn, today),
      mayErase: line.kind === "erase" && hasLeft.has(line.studentId),
    });
    const erased = await erasuresOf(store, schoolId, MOST_SHOWN);
    return {
      officer: (await officerOf(store, schoolId)) ?? null,
      notice: await noticeInForce(store, schoolId, today),
      open: open.map(shown),
      settled: latest.filter(({ state }) => state !== "open").map(shown),
      overTime,
      incidents: await incidentsInBrief(store, schoolId, { today, timeZone }),
      erased: erased.map(({ erasedAt, ...line }) => ({ ...line, at: erasedAt.toISOString() })),
    };
  });
}

/** The notice that holds now, and how many families have yet to be asked by it. */
async function noticeInForce(
  store: Store,
  schoolId: string,
  today: string,
): Promise<PrivacyOffice["notice"]> {
  const [{ version, since, purposes }] = PRIVACY_NOTICES;
  const askedAgain: PrivacyOffice["notice"]["askedAgain"] = [];
  for (const { purpose, name } of purposes) {
    const children = await agreedToOtherWords(store, schoolId, purpose, versionsAsking(purpose), today);
    if (children > 0) askedAgain.push({ purpose, name, children });
  }
  return { version, since, askedAgain };
}

/** Answers a request in writing. @throws Problem request-not-found, request-settled, answer-missing */
export async function answerRequest(
  deps: Deps,
  grant: Grant,
  id: string,
  { state, answer }: RequestAnswer,
): Promise<PrivacyOffice> {
  const { schoolId, membershipId } = grant;
  const written = answer.trim();
  if (written === "") throw new Problem("answer-missing");
  await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    const [kept] = await privacyRequestsOf(store, schoolId, { id }, 1);
    if (!kept) throw new Problem("request-not-found");
    const settled = { state, answer: written, answeredBy: membershipId, answeredAt: at };
    if (!(await settlePrivacyRequest(store, schoolId, id, settled))) throw new Problem("request-settled");
    const { studentId, kind } = kept;
    const after = { kind, state };
    await noteChange(store, grant, { action: "privacy-request.answer", at, studentId, subjectId: id, after });
  });
  return await privacyOffice(deps, grant);
}

function requestOf(line: PrivacyRequestLine, membershipId: string): PrivacyRequest {
  const { id, kind, text, state, dueOn, answer } = line;
  return {
    id,
    kind,
    text,
    state,
    dueOn,
    answer,
    askedAt: line.askedAt.toISOString(),
    answeredAt: line.answeredAt?.toISOString() ?? null,
    isMine: line.askedBy === membershipId,
  };
}
