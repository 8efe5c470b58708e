/** What an import says of staff and their posts, in the reader's words. */
import type { StaffRow } from "@doudou/shared/contract/roster-imports.ts";
import type {
  PostProblem,
  StaffKeptReason,
  StaffProblem,
} from "@doudou/shared/domain/roster-import/fields.ts";
import { locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";
import { keptSentence } from "./import-words.ts";

type Words = () => string;
type Post = StaffRow["posts"][number];

const STAFF_PROBLEMS: Record<StaffProblem, Words> = {
  "name-missing": m.oneroster_problem_name_missing,
  "staff-twice": m.oneroster_problem_staff_twice,
  "numbers-disagree": m.oneroster_problem_numbers_disagree,
  "name-disagrees": m.oneroster_problem_name_disagrees,
  "name-known": m.oneroster_problem_name_known,
  "has-left": m.oneroster_problem_has_left,
};

const POST_PROBLEMS: Record<PostProblem, Words> = {
  "class-unclear": m.oneroster_problem_class_unclear,
  "class-unknown": m.oneroster_problem_class_unknown,
  "subject-unknown": m.oneroster_problem_subject_unknown,
  "homeroom-taken": m.oneroster_problem_homeroom_taken,
  "not-a-teacher": m.oneroster_problem_not_a_teacher,
};

export const staffProblemSentence = (problem: StaffProblem): string => STAFF_PROBLEMS[problem]();

export function staffKeptSentence(reason: StaffKeptReason): string {
  return reason === "has-account" ? m.oneroster_kept_has_account() : keptSentence(reason);
}

/** 三年级1班 · 音乐 · 班主任 */
export function postWords({ className, subject, isHomeroom }: Post): string {
  const taught = subject && (locale() === "en" ? subject.en : subject.zh);
  return [className, taught, isHomeroom ? m.oneroster_homeroom() : null].filter(Boolean).join(" · ");
}

export function postSentence(post: Post, problem: PostProblem): string {
  return m.oneroster_post_problem({ post: postWords(post), problem: POST_PROBLEMS[problem]() });
}
