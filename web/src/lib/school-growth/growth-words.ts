/** What the school's growth says of a group, in words and per cent. Reactive to the language: call them in markup. */
import type { GrowingGroup } from "@doudou/shared/contract/school-growth.ts";
import { type Dimension, STAGES } from "@doudou/shared/domain/words.ts";
import { stageName } from "#lib/beans/dimensions.ts";
import { changeName } from "#lib/class-growth/change-words.ts";
import { m } from "#lib/paraglide/messages.js";

export function groupName({ grade, class: ofClass }: GrowingGroup): string {
  if (ofClass) return ofClass.name;
  return grade === null
    ? m.dash_scope_school()
    : m.dash_scope_grade({ grade: m.teacher_classes_grade({ grade }) });
}

/** Which group of a page it is. */
export function groupKey({ grade, class: ofClass }: GrowingGroup): string {
  return ofClass?.id ?? String(grade);
}

/** Of one dimension; undefined where there are too few children to say so. */
export function stageParts({ stages }: GrowingGroup, dimension: Dimension) {
  return stages
    ?.find((of) => of.dimension === dimension)
    ?.shares.map(({ stages: together, percent }) => ({
      words: together.map(stageName).join(m.scheme_comma()),
      share: percent,
      figure: m.dash_share({ share: percent }),
      depth: Math.max(...together.map((stage) => STAGES.indexOf(stage))),
    }));
}

type Against = NonNullable<GrowingGroup["against"]>["dimensions"][number];

export function changeParts({ changes }: Against) {
  return changes.map(({ changes: together, percent }) => ({
    words: together.map(changeName).join(m.scheme_comma()),
    share: percent,
    figure: m.dash_share({ share: percent }),
    depth: together.includes("more") ? 1 : undefined,
  }));
}
