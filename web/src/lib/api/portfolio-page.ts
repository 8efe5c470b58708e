/**
 * Opens a child's portfolio by one call. What its sections would ask for comes along, and answers the first asking of
 * each; whatever is asked after that goes to the server again. Nothing stays when the page is left.
 */
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import type { PageReader, PageSection, PortfolioPage } from "@doudou/shared/contract/portfolio-page.ts";
import { addressOf, callsAreMadeIn, request } from "./request.ts";

/** Where each section would ask, below the child. */
const ASKED_AT: Readonly<Record<PageSection, string>> = {
  timeline: "timeline",
  years: "years",
  shelf: "shelf",
  books: "books",
  voices: "voices",
  goals: "goals",
  badges: "badges",
  activities: "activities",
  earlierSchools: "earlier-schools",
  fitness: "fitness",
  individualPlans: "individual-plans",
  voiceDesk: "voice-desk",
  tellingDesk: "proposals",
  rewardDesk: "reward-desk",
  shopCounter: "shop-counter",
  wishes: "reward-requests",
  reminders: "reminders",
  summaries: "summaries",
  credentials: "credentials",
  wordReports: "word-reports",
};

const along = new Map<string, unknown>();
callsAreMadeIn({
  cameAlong(address) {
    const answer = along.get(address);
    along.delete(address);
    return answer;
  },
});

/** @returns the portfolio of the running term; its sections find what they ask for first without a call of their own */
export async function openPortfolio(
  studentId: string,
  reader: PageReader,
  signal?: AbortSignal,
): Promise<Portfolio> {
  const child = `/students/${studentId}`;
  const opened = await request<PortfolioPage>(`${child}/portfolio-page`, { query: { reader }, signal });
  const { portfolio, sections } = opened;
  for (const [name, answer] of Object.entries(sections)) {
    // Voices are asked for term by term.
    const query = name === "voices" ? { termId: portfolio.term.id } : {};
    along.set(addressOf(`${child}/${ASKED_AT[name as PageSection]}`, query), answer);
  }
  return portfolio;
}

/** What no section has asked for is not kept for a later visit, when it would no longer be true. */
export function forgetWhatCameAlong(): void {
  along.clear();
}
