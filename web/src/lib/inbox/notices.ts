/** What a notice says and where it leads, in the reader's words. Pure but for the language. */
import type { Notice } from "@doudou/shared/contract/inbox.ts";
import { dayOfInstant } from "#lib/growth/day-words.ts";
import { m } from "#lib/paraglide/messages.js";

type Words = (about: { child: string; class: string }) => string;

const TITLES: Readonly<Record<Notice["kind"], Words>> = {
  "summary-published": m.inbox_summary_published,
  "summary-corrected": m.inbox_summary_corrected,
  "summary-waits": m.inbox_summary_waits,
  "teacher-answered": m.inbox_teacher_answered,
  "transfer-waits": m.inbox_transfer_waits,
  "guardian-wrote": m.inbox_guardian_wrote,
  "review-approved": m.inbox_review_approved,
  "review-returned": m.inbox_review_returned,
  "publication-planned": m.inbox_publication_planned,
  "publication-cancelled": m.inbox_publication_cancelled,
  "publication-left-out": m.inbox_publication_left_out,
  "words-hurt": m.inbox_words_hurt,
  "review-waits": m.inbox_review_waits,
};

export function noticeTitle({ kind, child, class: of }: Notice): string {
  return TITLES[kind]({ child: child?.name ?? "", class: of?.name ?? "" });
}

/** The page that a notice is about. */
export function noticePath({ kind, child, class: of, term }: Notice): string {
  if (kind === "transfer-waits") return `/family/${child?.id}/privacy#transfers`;
  if (of === null) return `/family/${child?.id}/summaries/${term.id}`;
  if (kind === "words-hurt") return `/classes/${of.id}/word-reports`;
  if (kind === "review-waits") return `/reviews/${of.id}?term=${term.id}`;
  const place = new URLSearchParams({ term: term.id, ...(child && { student: child.id }) });
  return `/classes/${of.id}/summaries?${place.toString()}`;
}

export interface NoticeDay {
  readonly day: string;
  readonly notices: readonly Notice[];
}

/** Notices by the day they came on this device, in the order they come. */
export function noticeDays(notices: readonly Notice[]): NoticeDay[] {
  const days: { day: string; notices: Notice[] }[] = [];
  for (const notice of notices) {
    const day = dayOfInstant(notice.happenedAt);
    const last = days.at(-1);
    if (last?.day === day) last.notices.push(notice);
    else days.push({ day, notices: [notice] });
  }
  return days;
}
