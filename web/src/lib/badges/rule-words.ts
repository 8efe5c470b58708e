/** A badge's rule in plain words, in the reader's language. Call in markup or `$derived`. */
import type { BadgeRule, BadgeScope } from "@doudou/shared/contract/badge-rules.ts";
import type { BadgeCatalogue } from "@doudou/shared/contract/badges.ts";
import type { BadgeGiver, BadgeShape, Variety } from "@doudou/shared/domain/badge-words.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { dimensionName } from "#lib/beans/dimensions.ts";
import { inLocale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

type Names = Pick<BadgeCatalogue, "indicators" | "points">;

/** @param names of what the rule may name; a code that is not there any more is told as it is */
export function ruleWords(rule: BadgeRule, names: Names): string {
  const what = scopeWords(rule.scope, names);
  const when = windowWords(rule);
  if (rule.kind === "growth") return m.badge_rule_growth({ what, when });
  const steps = rule.levels.join(" / ");
  switch (rule.kind) {
    case "count":
      return m.badge_rule_count({ what, when, steps });
    case "streak":
      return m.badge_rule_streak({ what, when, steps, perWeek: rule.perWeek });
    case "variety":
      return m.badge_rule_variety({ what, when, steps, among: varietyWord(rule.among) });
  }
}

function scopeWords({ of, codes }: BadgeScope, { indicators, points }: Names): string {
  if (of === "any") return m.badge_scope_any();
  const nameOf = (code: string) => {
    if (of === "dimension") return dimensionName(code as Dimension);
    const found = (of === "indicator" ? indicators : points).find((one) => one.code === code);
    return found ? inLocale(found.name) : code;
  };
  return codes.map((code) => m.badge_quoted({ name: nameOf(code) })).join(m.classroom_list_comma());
}

function windowWords({ window }: BadgeRule): string {
  switch (window.span) {
    case "term":
      return m.badge_window_term();
    case "year":
      return m.badge_window_year();
    case "ever":
      return m.badge_window_ever();
    case "weeks":
      return m.badge_window_weeks({ weeks: window.weeks });
  }
}

export function varietyWord(among: Variety): string {
  switch (among) {
    case "point":
      return m.badge_among_point();
    case "indicator":
      return m.badge_among_indicator();
    case "dimension":
      return m.badge_among_dimension();
  }
}

export function kindOfRule(kind: BadgeRule["kind"]): string {
  switch (kind) {
    case "count":
      return m.badge_kind_count();
    case "streak":
      return m.badge_kind_streak();
    case "variety":
      return m.badge_kind_variety();
    case "growth":
      return m.badge_kind_growth();
  }
}

export function giverWord(giver: BadgeGiver): string {
  switch (giver) {
    case "homeroom":
      return m.badge_giver_homeroom();
    case "class":
      return m.badge_giver_class();
    case "at-once":
      return m.badge_giver_at_once();
  }
}

export function shapeWord(shape: BadgeShape): string {
  switch (shape) {
    case "sun":
      return m.badge_shape_sun();
    case "flower":
      return m.badge_shape_flower();
    case "star":
      return m.badge_shape_star();
    case "leaf":
      return m.badge_shape_leaf();
    case "shield":
      return m.badge_shape_shield();
    case "drop":
      return m.badge_shape_drop();
  }
}
