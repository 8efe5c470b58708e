/**
 * Who answers for children's data in a demo school, and what families have asked lately: one request that is due soon, one
 * that is new, one that was answered. Never of the first class's first child, which a demonstration shows.
 */
import { schoolDaysBack, startOfDay } from "@doudou/shared/domain/calendar.ts";
import { dueDayOf, type RequestKind } from "@doudou/shared/domain/privacy-requests.ts";
import type { Store } from "../engines/database.ts";
import { guardiansOf } from "../repositories/consents.ts";
import { addPrivacyRequest, setOfficer, settlePrivacyRequest } from "../repositories/privacy.ts";
import type { SchoolFrame } from "../repositories/schools.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const HOUR = 3_600_000;
const ASKED: readonly { kind: RequestKind; text: string; schoolDaysAgo: number; answer?: string }[] = [
  { kind: "correct", text: "学籍号最后一位写错了，应该是 7。", schoolDaysAgo: 13 },
  { kind: "restrict", text: "孩子正在办转学，这段时间请先不要新拍照片。", schoolDaysAgo: 2 },
  {
    kind: "correct",
    text: "妈妈的电话换了。",
    schoolDaysAgo: 20,
    answer: "已在名册里更正，谢谢您告诉我们。",
  },
];

export async function enterPrivacy(
  store: Store,
  schoolId: string,
  current: PlannedClassTerm | undefined,
  by: {
    readonly frame: SchoolFrame;
    readonly today: string;
    readonly openedOn: string;
    /** Who names the officer, and answers. */
    readonly adminId: string;
    readonly draw: Draw;
  },
): Promise<void> {
  if (!current) return;
  const { today, openedOn, adminId, draw } = by;
  const { exceptions, timeZone } = by.frame;
  await setOfficer(store, schoolId, {
    name: "沈清和（副校长）",
    contact: "行政楼 201 室，周一至周五 8:30–16:30",
    setBy: adminId,
    setAt: new Date(startOfDay(openedOn, timeZone) + 10 * HOUR),
  });
  const ids = current.ofClass.children.slice(1).map(({ id }) => id);
  const guardians = await guardiansOf(store, schoolId, ids);
  for (const [index, { kind, text, schoolDaysAgo, answer }] of ASKED.entries()) {
    const guardian = guardians[index * 2];
    const day = schoolDaysBack(today, schoolDaysAgo, exceptions);
    if (!guardian || day < current.term.termStartsOn || day > current.term.termEndsOn) continue;
    const askedAt = new Date(startOfDay(day, timeZone) + 19.5 * HOUR);
    const id = draw.id(askedAt.getTime());
    await addPrivacyRequest(store, schoolId, {
      id,
      studentId: guardian.studentId,
      askedBy: guardian.membershipId,
      kind,
      text,
      askedAt,
      dueOn: dueDayOf(day, exceptions),
    });
    if (answer !== undefined) {
      const answeredOn = schoolDaysBack(today, schoolDaysAgo - 1, exceptions);
      const answeredAt = new Date(startOfDay(answeredOn, timeZone) + 10 * HOUR);
      const settled = { state: "granted", answer, answeredBy: adminId, answeredAt } as const;
      await settlePrivacyRequest(store, schoolId, id, settled);
    }
  }
}
