/** What consents and requests are called, in the reader's words. */
import type { ConsentView, PrivacyRequest } from "@doudou/shared/contract/privacy.ts";
import type { ErasureGround } from "@doudou/shared/domain/retention.ts";
import type { RequestKind, RequestState } from "@doudou/shared/domain/privacy-requests.ts";
import { dayInFull, instantInFull } from "#lib/growth/days-in-full.ts";
import { m } from "#lib/paraglide/messages.js";

type Words = () => string;

const KINDS: Readonly<Record<RequestKind, Words>> = {
  export: m.privacy_kind_export,
  correct: m.privacy_kind_correct,
  erase: m.privacy_kind_erase,
  restrict: m.privacy_kind_restrict,
  "refuse-label": m.privacy_kind_refuse_label,
};

const STATES: Readonly<Record<RequestState, Words>> = {
  open: m.privacy_state_open,
  granted: m.privacy_state_granted,
  refused: m.privacy_state_refused,
  withdrawn: m.privacy_state_withdrawn,
};

const GROUNDS: Readonly<Record<ErasureGround, Words>> = {
  request: m.privacy_ground_request,
  retention: m.privacy_ground_retention,
};

export function kindWords(kind: RequestKind): string {
  return KINDS[kind]();
}

export function stateWords(state: RequestState): string {
  return STATES[state]();
}

export function groundWords(ground: ErasureGround): string {
  return GROUNDS[ground]();
}

/** When, by whom and how a word was given. */
export function saidWords({ said }: ConsentView): string {
  if (!said) return m.privacy_unasked();
  const words = { date: instantInFull(said.at), name: said.by.name, version: said.noticeVersion };
  if (said.method === "online") return m.privacy_said_online(words);
  return said.by.isStaff
    ? m.privacy_said_paper_by({ ...words, guardian: said.guardian })
    : m.privacy_said_paper({ ...words, name: said.guardian });
}

/** By when an open request is answered, or when it was. */
export function whenWords({ state, dueOn, answeredAt }: PrivacyRequest): string {
  if (state === "open") return m.privacy_due({ date: dayInFull(dueOn) });
  return answeredAt === null ? "" : m.privacy_settled_on({ date: instantInFull(answeredAt) });
}
