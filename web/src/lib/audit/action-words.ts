/** What people did, in the reader's words; by the names that the server's permission table gives its actions. */
import type { Role } from "@doudou/shared/domain/words.ts";
import { m } from "#lib/paraglide/messages.js";

type Words = () => string;

export const READS: Readonly<Record<string, Words>> = {
  "class.read": m.audit_a_class_read,
  "attention.read": m.audit_a_attention_read,
  "groups.read-apart": m.audit_a_groups_read_apart,
  "reminder.read": m.audit_a_reminder_read,
  "proposal.list": m.audit_a_proposal_list,
  "portfolio.read": m.audit_a_portfolio_read,
  "timeline.read": m.audit_a_timeline_read,
  "evidence.read": m.audit_a_evidence_read,
  "summary.read": m.audit_a_summary_read,
  "summary.list": m.audit_a_summary_list,
  "summary.read-answers": m.audit_a_summary_read_answers,
  "summary.read-evidence": m.audit_a_summary_read_evidence,
  "summary.list-remarks": m.audit_a_summary_list_remarks,
  "roster.read-import": m.audit_a_roster_read_import,
  "audit.read": m.audit_a_audit_read,
  "class.read-unnoticed": m.dash_a_unnoticed,
  "dashboard.read-pattern": m.dash_a_pattern,
  "people.read": m.audit_a_people_read,
  "people.export": m.audit_a_people_export,
  "roll-over.read": m.rollover_a_read,
  "guardian.list": m.guardians_audit_list,
  "consent.read": m.privacy_a_consent_read,
  "consent.list": m.privacy_a_consent_list,
  "child.export": m.privacy_a_child_export,
  "access.list": m.access_a_list,
  "privacy-request.list": m.privacy_a_request_list,
  "sensitive.list": m.privacy_a_sensitive_list,
  "sensitive.reveal-number": m.privacy_a_reveal_number,
  "sensitive.reveal-phone": m.privacy_a_reveal_phone,
};

export const CHANGES: Readonly<Record<string, Words>> = {
  "seating.change": m.audit_a_seating_change,
  "groups.change": m.audit_a_groups_change,
  "groups.change-apart": m.audit_a_groups_change_apart,
  "board.open": m.audit_a_board_open,
  "board.end": m.audit_a_board_end,
  "goal.set": m.audit_a_goal_set,
  "card.issue": m.audit_a_card_issue,
  "card.reset-pin": m.audit_a_card_reset_pin,
  "reminder.write": m.audit_a_reminder_write,
  "reminder.withdraw": m.audit_a_reminder_withdraw,
  "absence.mark": m.audit_a_absence_mark,
  "summary.write": m.audit_a_summary_write,
  "summary.remark": m.audit_a_summary_remark,
  "summary.hand-in": m.audit_a_summary_hand_in,
  "summary.review": m.audit_a_summary_review,
  "summary.schedule": m.audit_a_summary_schedule,
  "summary.publish": m.audit_a_summary_publish,
  "summary.sign": m.audit_a_summary_sign,
  "summary.message": m.audit_a_summary_message,
  "proposal.answer": m.audit_a_proposal_answer,
  "evidence.add": m.audit_a_evidence_add,
  "roster.import": m.audit_a_roster_import,
  "roll-over.apply": m.rollover_a_apply,
  "people.add": m.audit_a_people_add,
  "people.move": m.audit_a_people_move,
  "people.assign": m.audit_a_people_assign,
  "scheme.write": m.audit_a_scheme_write,
  "scheme.publish": m.audit_a_scheme_publish,
  "settings.change": m.audit_a_settings_change,
  "calendar.change": m.audit_a_calendar_change,
  "lesson-times.change": m.lessons_a_change,
  "logo.change": m.logo_a_change,
  "class-point.add": m.classpoint_a_add,
  "class-point.retire": m.classpoint_a_retire,
  "guardian.invite": m.guardians_audit_invite,
  "guardian.join": m.guardians_audit_join,
  "guardian.end-letter": m.guardians_audit_end_letter,
  "guardian.remove": m.guardians_audit_remove,
  "guardian.readmit": m.guardians_audit_readmit,
  "staff.invite": m.audit_a_staff_invite,
  "staff.reset": m.audit_a_staff_reset,
  "staff.join": m.audit_a_staff_join,
  "provider.decide": m.provider_a_decide,
  "provider.link": m.provider_a_link,
  "provider.join": m.provider_a_join,
  "account.secure": m.audit_a_account_secure,
  "account.second-factor": m.audit_a_account_second_factor,
  "consent.answer": m.privacy_a_consent_answer,
  "consent.record": m.privacy_a_consent_record,
  "privacy-request.ask": m.privacy_a_request_ask,
  "privacy-request.withdraw": m.privacy_a_request_withdraw,
  "privacy-request.answer": m.privacy_a_request_answer,
  "access.ask": m.access_a_ask,
  "access.break-glass": m.access_a_break_glass,
  "access.end-own": m.access_a_end_own,
  "access.answer": m.access_a_answer,
  "access.end": m.access_a_end,
  "access.review": m.access_a_review,
  "privacy-report.make": m.report_a_make,
  "privacy-officer.name": m.privacy_a_officer_name,
  "erasure.carry-out": m.privacy_a_erasure,
};

const ROLES: Readonly<Record<Role, Words>> = {
  teacher: m.audit_role_teacher,
  "school-admin": m.audit_role_admin,
  guardian: m.audit_role_guardian,
  student: m.audit_role_student,
};

/** An action of a newer server is shown by its name. */
export function actionWords(action: string): string {
  return (READS[action] ?? CHANGES[action])?.() ?? action;
}

export function roleWords(role: Role): string {
  return ROLES[role]();
}
