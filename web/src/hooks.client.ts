/**
 * Runs once in the browser: settles the language before anything is drawn, lets calls that are held up ask for the PIN,
 * and turns every error a page meets while loading into one people can read. Never shows a stack or a code.
 */
import type { HandleClientError } from "@sveltejs/kit/hooks";
import { ProblemError } from "#lib/api/problem.ts";
import { callsAreMadeIn, OfflineError } from "#lib/api/request.ts";
import { settleLocale } from "#lib/locale.svelte.ts";
import { watchForUpdate } from "#lib/shell/app-update.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

settleLocale();
void watchForUpdate();
callsAreMadeIn({ onHeld: async (code) => await (await import("#lib/tablet/gate.ts")).onHeld(code) });

export const handleError: HandleClientError = ({ error, kind }) => {
  if (error instanceof OfflineError) {
    return { status: 503, message: m.error_offline(), reason: "offline" };
  }
  if (error instanceof ProblemError) {
    return { status: error.status, message: error.title, reason: "problem" };
  }
  if (kind === "framework") {
    return { reason: "problem" };
  }
  console.error(error);
  return { status: 500, message: m.error_fault(), reason: "fault" };
};
