/**
 * All tables, by the name the code calls them. The one source of truth for both engines.
 */
import * as absences from "./absences.ts";
import * as accessGrants from "./access-grants.ts";
import * as accounts from "./accounts.ts";
import * as activities from "./activities.ts";
import * as arrangements from "./arrangements.ts";
import * as awards from "./awards.ts";
import * as badges from "./badges.ts";
import * as boards from "./boards.ts";
import * as classPoints from "./class-points.ts";
import * as credentials from "./credentials.ts";
import * as evidence from "./evidence.ts";
import * as fitness from "./fitness.ts";
import * as guardians from "./guardians.ts";
import * as inbox from "./inbox.ts";
import * as incidents from "./incidents.ts";
import * as indicators from "./indicators.ts";
import * as individualPlans from "./individual-plans.ts";
import * as oversight from "./oversight.ts";
import * as passkeys from "./passkeys.ts";
import * as people from "./people.ts";
import * as personalGoals from "./personal-goals.ts";
import * as privacy from "./privacy.ts";
import * as proposals from "./proposals.ts";
import * as reminders from "./reminders.ts";
import * as rewards from "./rewards.ts";
import * as rollOvers from "./roll-overs.ts";
import * as roster from "./roster.ts";
import * as rubrics from "./rubrics.ts";
import * as schemeDrafts from "./scheme-drafts.ts";
import * as signInProviders from "./sign-in-providers.ts";
import * as schoolSettings from "./school-settings.ts";
import * as staffLinks from "./staff-links.ts";
import * as staffRecords from "./staff-records.ts";
import * as summaries from "./summaries.ts";
import * as transfers from "./transfers.ts";
import * as viewings from "./viewings.ts";
import * as watchPlans from "./watch-plans.ts";
import * as voices from "./voices.ts";
import * as wordReports from "./word-reports.ts";
import * as works from "./works.ts";
import * as summaryPreparations from "./summary-preparations.ts";
import * as summaryRounds from "./summary-rounds.ts";

export const tables = {
  ...accounts,
  ...passkeys,
  ...people,
  ...indicators,
  ...awards,
  ...boards,
  ...evidence,
  ...summaries,
  ...summaryRounds,
  ...summaryPreparations,
  ...reminders,
  ...absences,
  ...viewings,
  seatingPlan: arrangements.seatingPlan,
  groupSet: arrangements.groupSet,
  keptApart: arrangements.keptApart,
  ...proposals,
  ...oversight,
  ...roster,
  ...rollOvers,
  ...schemeDrafts,
  ...schoolSettings,
  ...classPoints,
  ...staffLinks,
  ...staffRecords,
  ...guardians,
  ...privacy,
  ...signInProviders,
  ...incidents,
  ...accessGrants,
  ...watchPlans,
  ...voices,
  ...wordReports,
  ...works,
  ...transfers,
  ...activities,
  ...badges,
  ...personalGoals,
  ...rewards,
  ...credentials,
  ...rubrics,
  ...fitness,
  ...inbox,
  ...individualPlans,
};
export type Tables = typeof tables;

/** Tables that belong to no school and so do not lead their keys with `school_id`: see the heading of accounts.ts. */
export const GLOBAL_TABLES = [
  "account",
  "session",
  "tablet_pin",
  "student_card",
  "totp",
  "recovery_code",
  "passkey",
  "passkey_challenge",
  "sign_in_throttle",
  "sign_in_attempt",
] as const;
/**
 * Tables whose rows are never updated or deleted; triggers on both engines see to it. The exceptions are what names a
 * child that has been erased, and notes whose time is over: see ERASABLE in guards.ts.
 */
export const APPEND_ONLY_TABLES = [
  "award",
  "award_void",
  "award_evidence",
  "term_summary",
  "term_summary_paper",
  "audit_entry",
  "indicator_scheme",
  "scheme_dimension",
  "indicator",
  "observation_point",
  "erasure",
  "reward_entry",
  "incident",
  "incident_entry",
] as const;
/** Tables about people that every request asks and that change rarely: see `Database.recall`. */
export const RECALLED_TABLES = [
  "account",
  "session",
  "school",
  "membership",
  "subject",
  "school_class",
  "student",
  "teaching_assignment",
  "enrollment",
  "guardianship",
  "consent",
] as const;
