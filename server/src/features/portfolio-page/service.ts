/**
 * Gathers what a child's portfolio page opens with, so that it costs one call. Each section is read by its own feature
 * and only where the permission table grants it; nothing is decided and nothing is reckoned here.
 */
import type { PageReader, PageSection, PortfolioPage } from "@doudou/shared/contract/portfolio-page.ts";
import { type Grant, isOfStaff } from "../../access/caller.ts";
import { type Action, isGranted, isWithinReach, RECORD_READS } from "../../access/permissions.ts";
import { noteRead } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { childActivities } from "../activities/service.ts";
import { timeline } from "../awards/service.ts";
import { badgesOfChild } from "../badges/service.ts";
import { booksOf } from "../books/service.ts";
import { givenCredentials } from "../credentials/service.ts";
import { fitnessRecord } from "../fitness/service.ts";
import { portfolio, years } from "../growth/service.ts";
import { plansOfChild } from "../individual-plans/service.ts";
import { goalsOfChild } from "../personal-goals/service.ts";
import { tellingDesk } from "../proposals/service.ts";
import { remindersAbout } from "../reminders/service.ts";
import { familyWishes, rewardDesk, shopCounter } from "../rewards/service.ts";
import { shelf } from "../shelf/service.ts";
import { summariesOf } from "../summaries/service.ts";
import { earlierSchools } from "../transfers/service.ts";
import { voiceDesk, voicesOfStudent } from "../voices/service.ts";
import { childWordReports } from "../word-reports/service.ts";

type Sections = PortfolioPage["sections"];

const PAGE = "portfolio.read" satisfies Action;

interface Section<Name extends PageSection> {
  /** What its own route asks the permission table for. */
  readonly action: Action;
  readonly read: (deps: Deps, grant: Grant, studentId: string, termId: string) => Promise<Sections[Name]>;
}

const SECTIONS: { readonly [Name in PageSection]: Section<Name> } = {
  timeline: { action: "timeline.read", read: (deps, grant, id) => timeline(deps, grant, id, {}) },
  years: { action: PAGE, read: years },
  shelf: { action: "shelf.read", read: shelf },
  books: { action: "book.list", read: booksOf },
  voices: { action: "voice.read", read: voicesOfStudent },
  goals: { action: "personal-goal.read", read: goalsOfChild },
  badges: { action: "badge.read", read: badgesOfChild },
  activities: { action: "activity.read", read: (deps, grant, id) => childActivities(deps, grant, id, {}) },
  earlierSchools: { action: "transfer.read", read: earlierSchools },
  fitness: { action: "fitness.read", read: fitnessRecord },
  individualPlans: { action: "individual-plan.read", read: plansOfChild },
  voiceDesk: { action: "voice.answer", read: voiceDesk },
  tellingDesk: { action: "proposal.tell", read: tellingDesk },
  rewardDesk: { action: "reward.ask", read: (deps, grant, id) => orNoShop(rewardDesk(deps, grant, id)) },
  shopCounter: { action: "reward.keep-shop", read: shopCounter },
  wishes: {
    action: "reward.read-wishes",
    read: (deps, grant, id) => orNoShop(familyWishes(deps, grant, id)),
  },
  reminders: { action: "reminder.read", read: remindersAbout },
  summaries: { action: "summary.read", read: summariesOf },
  credentials: { action: "credential.read", read: givenCredentials },
  wordReports: { action: "word-report.read-own", read: childWordReports },
};

const FOR_EVERYBODY = [
  "timeline",
  "years",
  "shelf",
  "books",
  "voices",
  "goals",
  "badges",
  "activities",
  "earlierSchools",
] as const;
const OF_FAMILY = [...FOR_EVERYBODY, "fitness", "summaries", "tellingDesk", "wordReports"] as const;
const SECTIONS_FOR: Readonly<Record<PageReader, readonly PageSection[]>> = {
  self: [...OF_FAMILY, "voiceDesk", "rewardDesk", "shopCounter"],
  guardian: [...OF_FAMILY, "wishes", "reminders", "credentials"],
  teacher: [...FOR_EVERYBODY, "individualPlans"],
};

/**
 * The portfolio of a term, the running one where none is named, with the sections of this reader's page.
 * @throws Problem not-found, term-not-found
 */
export async function portfolioPage(
  deps: Deps,
  grant: Grant,
  studentId: string,
  asked: { readonly reader: PageReader; readonly termId?: string | undefined },
): Promise<PortfolioPage> {
  const opened = await portfolio(deps, grant, studentId, asked.termId);
  const names = SECTIONS_FOR[asked.reader].filter((name) => mayRead(grant, SECTIONS[name].action));
  await noteReads(deps, grant, studentId, names);
  const sections = await Promise.all(
    names.map(async (name) => {
      const read = SECTIONS[name].read(deps, grant, studentId, opened.term.id);
      return [name, await unlessRefused<unknown>(read)] as const;
    }),
  );
  return { portfolio: opened, sections: Object.fromEntries(sections) as Sections };
}

function mayRead(grant: Grant, action: Action): boolean {
  return isGranted(action, grant.standings) && isWithinReach(action, grant.isConfined);
}

/**
 * As if each section had been asked for by its own call; the page's own has been noted by the guard, and some a section's
 * feature notes itself.
 */
async function noteReads(deps: Deps, grant: Grant, studentId: string, names: readonly PageSection[]) {
  const actions = names.map((name) => SECTIONS[name].action).filter((action) => action !== PAGE);
  const toNote = actions.filter((action) => RECORD_READS.has(action));
  if (!isOfStaff(grant) || toNote.length === 0) return;
  const at = deps.now();
  await deps.database.write(grant.schoolId, async (store) => {
    for (const action of toNote) await noteRead(store, grant, { action, at, studentId });
  });
}

/** A section that refuses is left out: its own call will say why, and the rest of the page is not held up by it. */
async function unlessRefused<Answer>(reading: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await reading;
  } catch (failure) {
    if (failure instanceof Problem) return undefined;
    throw failure;
  }
}

async function orNoShop<Shop>(reading: Promise<Shop>): Promise<Shop | null> {
  try {
    return await reading;
  } catch (failure) {
    if (failure instanceof Problem && failure.code === "rewards-off") return null;
    throw failure;
  }
}
