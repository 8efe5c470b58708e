/**
 * A summary of the demo school's first class that was corrected the same evening: a guardian signed it and wrote what was
 * missing, the homeroom teacher added it. Done through the product, so that what changed can be seen from both sides.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { accountByLogin, membershipsOfAccount } from "@doudou/db/repositories/accounts.ts";
import { guardiansOf } from "@doudou/db/repositories/consents.ts";
import { draftsOf } from "@doudou/db/repositories/summaries.ts";
import { FOREST } from "@doudou/db/seed/demo.ts";
import { Draw } from "@doudou/db/seed/draw.ts";
import type { SeededSchool } from "@doudou/db/seed/school.ts";
import { grantOf, idOf } from "./demo-works.ts";
import type { Deps } from "./deps.ts";
import { saveComment, publishTermSummary, termSummary } from "./features/summaries/service.ts";
import { signSummary, writeMessage } from "./features/summary-answers/service.ts";

const HOUR_MS = 3_600_000;
/** Behind the first child, whose family has not signed yet. */
const PLACE_IN_CLASS = 1;
/** Of its guardians the one whom the login list tells. */
const TOLD_LOGIN = `${FOREST.logins.guardian}2`;
const ASKED = "老师，写得真好，我们都看笑了。孩子说春季运动会上还给班里举过旗，报告里好像没有写到？";
const ANSWERED = "谢谢提醒，是我漏写了！已经补上，请您和孩子再看一看。";
const MISSING = "春季运动会上，你举着班旗走在最前面，步子又稳又齐。";

/** Corrects it; nothing where there is no such child. */
export async function correctDemoSummary(deps: Deps, { schoolId, toPublish }: SeededSchool): Promise<void> {
  const summary = toPublish[0]?.[PLACE_IN_CLASS];
  if (!summary) return;
  const { studentId, termId, membershipId, publishedAt } = summary;
  const told = await deps.database.read(EVERY_SCHOOL, async (store) => {
    const account = await accountByLogin(store, TOLD_LOGIN);
    return account && (await membershipsOfAccount(store, account.id))[0]?.id;
  });
  const { guardians, draft } = await deps.database.read(schoolId, async (store) => ({
    guardians: await guardiansOf(store, schoolId, [studentId]),
    draft: (await draftsOf(store, schoolId, termId, [studentId]))[0],
  }));
  const parent = guardians.find(({ membershipId: of }) => of === told) ?? guardians[0];
  if (!parent || !draft) return;
  const of = { studentId, termId };
  const family = grantOf(schoolId, parent.membershipId, "guardian:child");
  const teacher = grantOf(schoolId, membershipId, "teacher:homeroom");
  const after = (hours: number): Deps => ({
    ...deps,
    now: () => new Date(publishedAt.getTime() + hours * HOUR_MS),
  });
  const { revision, snapshot } = await termSummary(deps, teacher, studentId, termId);
  if (revision === 1) {
    await signSummary(after(2), family, of, { revision, name: parent.name });
    await writeMessage(after(2), family, of, { id: idOf(`${studentId}/asked`), text: ASKED });
    // Made of the words that were published: a start that was cut in between would add to its own.
    const comment = withSentence(snapshot.comment, MISSING);
    await saveComment(after(3), teacher, studentId, termId, { comment, commentVersion: draft.version });
    const draw = new Draw(`${deps.config.demoSeed}/corrected`);
    const drawBelow = (limit: number) => draw.whole(0, limit - 1);
    await publishTermSummary({ ...after(3), drawBelow }, teacher, studentId, termId);
  }
  const answer = { id: idOf(`${studentId}/answered`), text: ANSWERED, guardianId: parent.membershipId };
  await writeMessage(after(3), teacher, of, answer);
}

/** Behind the first sentence, which says what kind of child it is. */
function withSentence(comment: string, sentence: string): string {
  const end = comment.indexOf("。") + 1;
  return `${comment.slice(0, end)}${sentence}${comment.slice(end)}`;
}
