/**
 * Words that hurt in a demo school: a guardian of the first class has asked its homeroom teacher about a mate's words, and
 * waits for an answer. Never of the first child, which a demonstration shows.
 */
import { addDays, startOfDay } from "@doudou/shared/domain/calendar.ts";
import type { Store } from "../engines/database.ts";
import { guardiansOf } from "../repositories/consents.ts";
import { addNotices, leadersOfClass } from "../repositories/inbox.ts";
import { voicesAbout } from "../repositories/voices.ts";
import { addWordReport } from "../repositories/word-reports.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const HOUR = 3_600_000;
const SAID = "孩子看了以后有点难过，以为同学在笑话他。想请老师问问是什么意思。";

export async function enterWordReports(
  store: Store,
  schoolId: string,
  { ofClass, term }: PlannedClassTerm,
  { today, draw }: { readonly today: string; readonly draw: Draw },
): Promise<void> {
  const { classId, termId, timeZone } = term;
  const day = addDays(today, -1);
  if (day < term.termStartsOn) return;
  const reportedAt = new Date(startOfDay(day, timeZone) + 20 * HOUR);
  const ids = ofClass.children.slice(1).map(({ id }) => id);
  for (const { studentId, membershipId } of await guardiansOf(store, schoolId, ids)) {
    const said = await voicesAbout(store, schoolId, { studentId, termId });
    const [voice] = said.filter(({ kind }) => kind === "peer");
    if (!voice) continue;
    const id = draw.id(reportedAt.getTime());
    await addWordReport(store, schoolId, {
      id,
      studentId,
      classId,
      kind: "voice",
      wordsId: voice.id,
      reportedBy: membershipId,
      reader: "homeroom",
      said: SAID,
      reportedAt,
    });
    const notices = (await leadersOfClass(store, schoolId, classId, day)).map((recipientId) => ({
      id: draw.id(reportedAt.getTime()),
      recipientId,
      kind: "words-hurt" as const,
      event: `word-report/${id}`,
      studentId: null,
      classId,
      termId,
      happenedAt: reportedAt,
    }));
    await addNotices(store, schoolId, notices);
    return;
  }
}
