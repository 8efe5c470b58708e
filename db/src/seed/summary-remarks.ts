/**
 * What subject teachers of a demo school add to term summaries: a sentence here and there, as busy people do. For the
 * term that is over before it is published, for the one that runs only a beginning.
 */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import type { Store } from "../engines/database.ts";
import { saveRemark, subjectsTaught } from "../repositories/summary-remarks.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";
import type { SubjectCode } from "./staff.ts";

const HOUR = 3_600_000;
const WRITTEN = 0.4;

const SENTENCES: Partial<Record<SubjectCode, readonly string[]>> = {
  pe: [
    "跑步时你会等一等后面的同学，一起冲过终点。",
    "跳绳从磕磕绊绊到一口气跳完，你练得很认真。",
    "每次整队，你都站得又快又直。",
    "球传给你，大家都放心。",
    "你敢试没做过的动作，摔了也笑着爬起来。",
  ],
  music: [
    "合唱的时候，你会先听别人，再放开声音。",
    "你打的节奏稳稳的，全班都跟着你。",
    "第一次独唱，你的声音有点抖，却唱完了整首歌。",
    "你把家乡的童谣教给了我们。",
  ],
  art: [
    "你画里的颜色总是自己调出来的。",
    "剪纸剪坏了一角，你把它变成了一朵云。",
    "你能说出喜欢一幅画的理由，而且说得很具体。",
    "收拾画具时，你会顺手帮旁边的同学。",
  ],
};

export async function enterSummaryRemarks(
  store: Store,
  schoolId: string,
  { ofClass, term }: PlannedClassTerm,
  {
    day,
    teacherIds,
    draw,
  }: { readonly day: string; readonly teacherIds: readonly string[]; readonly draw: Draw },
): Promise<void> {
  const savedAt = new Date(startOfDay(day, term.timeZone) + 16 * HOUR);
  const [post] = draw.shuffled(ofClass.posts.filter(({ subject }) => subject in SENTENCES));
  const authorId = post && teacherIds[post.teacher];
  if (!post || authorId === undefined) return;
  const taught = await subjectsTaught(store, schoolId, { membershipId: authorId, classId: ofClass.id, day });
  const subject = taught.find(({ code }) => code === post.subject);
  if (!subject) return;
  for (const { id: studentId } of ofClass.children) {
    if (!draw.happens(WRITTEN)) continue;
    const text = draw.one(SENTENCES[post.subject] ?? []);
    const of = { termId: term.termId, studentId, authorId, subjectId: subject.id };
    await saveRemark(store, schoolId, { ...of, text, from: 0, savedAt });
  }
}
