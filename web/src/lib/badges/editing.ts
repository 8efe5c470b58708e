/** Editing a badge's rule: what stays and what begins anew where one of its parts is changed. Pure. */
import type { BadgeRule, BadgeScope } from "@doudou/shared/contract/badge-rules.ts";
import type { BadgeDraft, CatalogueBadge } from "@doudou/shared/contract/badges.ts";

type Kind = BadgeRule["kind"];
export type Span = "term" | "year" | "ever" | "weeks";

/** The spans a kind of rule can have. */
export function spansOf(kind: Kind): readonly Span[] {
  if (kind === "streak") return ["term", "year", "ever"];
  return kind === "growth" ? ["term", "year", "weeks"] : ["term", "year", "ever", "weeks"];
}

/** The same rule of another kind: scope, span and levels stay where the kind has them. */
export function withKind(rule: BadgeRule, kind: Kind): BadgeRule {
  const { scope } = rule;
  const levels = rule.kind === "growth" ? [3] : rule.levels;
  const span = spansOf(kind).includes(rule.window.span) ? rule.window.span : "term";
  const weeks = rule.window.span === "weeks" ? rule.window.weeks : 4;
  return built(kind, { scope, levels, span, weeks, perWeek: 1, among: "point" });
}

export function withSpan(rule: BadgeRule, span: Span, weeks: number): BadgeRule {
  const levels = rule.kind === "growth" ? [1] : rule.levels;
  const perWeek = rule.kind === "streak" ? rule.perWeek : 1;
  const among = rule.kind === "variety" ? rule.among : "point";
  return built(rule.kind, { scope: rule.scope, levels, span, weeks, perWeek, among });
}

interface Parts {
  readonly scope: BadgeScope;
  readonly levels: number[];
  readonly span: Span;
  readonly weeks: number;
  readonly perWeek: number;
  readonly among: "point" | "indicator" | "dimension";
}

function built(kind: Kind, { scope, levels, span, weeks, perWeek, among }: Parts): BadgeRule {
  const whole = { span: span === "weeks" ? "term" : span } as const;
  const window = span === "weeks" ? ({ span, weeks } as const) : whole;
  switch (kind) {
    case "count":
      return { kind, scope, window, levels };
    case "variety":
      return { kind, scope, window, among, levels };
    case "streak":
      return { kind, scope, window: whole, perWeek, levels };
    case "growth":
      return {
        kind,
        scope,
        window: span === "weeks" ? { span, weeks } : { span: whole.span === "ever" ? "term" : whole.span },
      };
  }
}

/** Levels from what is typed, `3 6 10`: whole numbers in the order given, three at most. */
export function levelsFrom(typed: string): number[] {
  return typed
    .split(/[^0-9]+/)
    .filter((part) => part !== "")
    .map(Number)
    .slice(0, 3);
}

/** Levels as they are typed; none where a rule has none. */
export function levelsTyped(rule: BadgeRule): string {
  return rule.kind === "growth" ? "" : rule.levels.join(" ");
}

/** What of a version the office writes. */
export function draftOf({
  id: _,
  version: __,
  state: ___,
  content: ____,
  ...draft
}: CatalogueBadge): BadgeDraft {
  return draft;
}
