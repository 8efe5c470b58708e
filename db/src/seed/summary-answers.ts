/**
 * What families in a demo school have answered to the summaries of the finished term: most have read and signed, some
 * wrote to the teacher, one waits for an answer. The child that a demonstration shows is still to be signed for, and its
 * family finds that in its messages; what the second's family says is left to who corrects its summary.
 */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import { SIGNATURE_HEIGHT, SIGNATURE_WIDTH, type Strokes } from "@doudou/shared/domain/signature.ts";
import type { Store } from "../engines/database.ts";
import { guardiansOf } from "../repositories/consents.ts";
import { addNotices } from "../repositories/inbox.ts";
import { addMessage, noteReading, noteSeen, signRevision } from "../repositories/summary-answers.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const HOUR = 3_600_000;
const OPENED = 0.85;
const FINISHED = 0.9;
const SIGNED = 0.85;
const STROKES = 5;
/** The first children of a class, whose families have not answered here. */
const UNANSWERED = 2;

const WORDS = [
  { from: "谢谢老师这学期的用心，孩子读到自己的故事很高兴。", back: "谢谢您的陪伴，假期愉快！" },
  { from: "我们会按建议每周一起做一顿饭。", back: "太好了，开学来和大家说一说。" },
  { from: "请问下学期的劳动课需要准备什么工具吗？", back: undefined },
] as const;

export async function enterSummaryAnswers(
  store: Store,
  schoolId: string,
  { ofClass, term }: PlannedClassTerm,
  draw: Draw,
): Promise<void> {
  const { termId, homeroomId } = term;
  const handedOut = startOfDay(term.termEndsOn, term.timeZone) + 17 * HOUR;
  const families = await guardiansOf(
    store,
    schoolId,
    ofClass.children.slice(UNANSWERED).map(({ id }) => id),
  );
  for (const [index, { studentId, membershipId: guardianId }] of families.entries()) {
    if (!draw.happens(OPENED)) continue;
    const opened = handedOut + draw.whole(0, 40) * HOUR;
    const of = { studentId, termId, revision: 1, guardianId };
    const isAtEnd = draw.happens(FINISHED);
    await noteReading(store, schoolId, { ...of, at: new Date(opened), isAtEnd });
    if (!isAtEnd) continue;
    const at = new Date(opened + draw.whole(2, 9) * 60_000);
    if (draw.happens(SIGNED))
      await signRevision(store, schoolId, { ...of, at, signature: drawn(draw), signedName: null });
    const words = WORDS[index];
    if (!words) continue;
    const write = (authorId: string, isFromGuardian: boolean, text: string, writtenAt: Date) =>
      addMessage(store, schoolId, {
        id: draw.id(writtenAt.getTime()),
        studentId,
        termId,
        guardianId,
        authorId,
        isFromGuardian,
        text,
        writtenAt,
      });
    await write(guardianId, true, words.from, at);
    if (words.back === undefined) continue;
    const answeredAt = new Date(at.getTime() + 3 * HOUR);
    await noteSeen(store, schoolId, { studentId, termId, isFromGuardian: true, at: answeredAt });
    await write(homeroomId, false, words.back, answeredAt);
  }
  await tellFirstFamily(store, schoolId, { ofClass, termId, at: new Date(handedOut) }, draw.branch("inbox"));
}

async function tellFirstFamily(
  store: Store,
  schoolId: string,
  { ofClass, termId, at }: Pick<PlannedClassTerm, "ofClass"> & { termId: string; at: Date },
  draw: Draw,
): Promise<void> {
  const studentId = ofClass.children[0]?.id;
  if (studentId === undefined) return;
  const kind = "summary-published";
  const of = { kind, event: `${kind}/${studentId}/${termId}/1`, studentId, classId: null, termId } as const;
  const family = await guardiansOf(store, schoolId, [studentId]);
  const told = family.map(({ membershipId: recipientId }) => ({
    ...of,
    id: draw.id(at.getTime()),
    recipientId,
    happenedAt: at,
  }));
  await addNotices(store, schoolId, told);
}

/** Something like a name written in a hurry. */
function drawn(draw: Draw): Strokes {
  const width = SIGNATURE_WIDTH / (STROKES + 1);
  return Array.from({ length: STROKES }, (_, stroke) =>
    Array.from({ length: draw.whole(3, 6) }, () => [
      Math.round(width * (stroke + 0.4)) + draw.whole(0, Math.round(width * 0.9)),
      draw.whole(40, SIGNATURE_HEIGHT - 40),
    ]).flat(),
  );
}
