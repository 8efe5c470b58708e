/** All that a child's portfolio page opens with, in one answer: the portfolio, and what each of its sections would ask for. */
import Type, { type Static } from "typebox";
import { ChildActivities } from "./activities.ts";
import { LedgerPage } from "./awards.ts";
import { ChildBadges } from "./badges.ts";
import { Books } from "./books.ts";
import { GivenCredentials } from "./credentials.ts";
import { FitnessRecord } from "./fitness.ts";
import { IndividualPlans } from "./individual-plans.ts";
import { Portfolio, Years } from "./growth.ts";
import { PersonalGoals } from "./personal-goals.ts";
import { TellingDesk } from "./proposals.ts";
import { ReminderList } from "./reminders.ts";
import { FamilyWishes, RewardDesk, ShopCounter } from "./rewards.ts";
import { Shelf } from "./shelf.ts";
import { SummaryList } from "./summaries.ts";
import { EarlierSchools } from "./transfers.ts";
import { StudentVoices, VoiceDesk } from "./voices.ts";
import { ChildWordReports } from "./word-reports.ts";

/** Whose page it is. It chooses the sections; what each may show is decided by the permission table alone. */
export const PageReader = Type.Union([
  Type.Literal("self"),
  Type.Literal("guardian"),
  Type.Literal("teacher"),
]);
export type PageReader = Static<typeof PageReader>;

const OrNone = <Section extends Type.TSchema>(section: Section) =>
  Type.Union([section, Type.Null()], { description: "null where the school has none" });

/** Each section is what its own call would answer. */
const PageSections = {
  timeline: LedgerPage,
  years: Years,
  shelf: Shelf,
  books: Books,
  voices: StudentVoices,
  goals: PersonalGoals,
  badges: ChildBadges,
  activities: ChildActivities,
  earlierSchools: EarlierSchools,
  fitness: FitnessRecord,
  individualPlans: IndividualPlans,
  voiceDesk: VoiceDesk,
  tellingDesk: TellingDesk,
  rewardDesk: OrNone(RewardDesk),
  shopCounter: ShopCounter,
  wishes: OrNone(FamilyWishes),
  reminders: ReminderList,
  summaries: SummaryList,
  credentials: GivenCredentials,
  wordReports: ChildWordReports,
};
export type PageSection = keyof typeof PageSections;

export const PortfolioPage = Type.Object({
  portfolio: Portfolio,
  sections: Type.Partial(Type.Object(PageSections), {
    description: "left out: what the caller may not read, or what its own call would refuse",
  }),
});
export type PortfolioPage = Static<typeof PortfolioPage>;
