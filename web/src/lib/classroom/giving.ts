/** Gives to the children who are selected, with the note and the photos gathered for them, to whoever may have those. */
import type { AwardablePoint } from "@doudou/shared/contract/classes.ts";
import { awarding } from "./awarding.svelte.ts";
import type { Classroom } from "./classroom.svelte.ts";
import { habits } from "./habits.svelte.ts";
import { nextAward } from "./next-award.svelte.ts";
import { shareOut } from "./photo-sharing.ts";
import { playBeans } from "./sound.ts";

/** @param beans within the point's range; the point's own if left out */
export function give(classroom: Classroom, point: AwardablePoint, beans?: number): void {
  const pictures = nextAward.pictures.map(({ blob }) => blob);
  const { withPhoto, withoutPhoto, leftOut } = shareOut(
    point.evidence,
    classroom.selected,
    pictures.length > 0,
  );
  const children = [...withPhoto, ...withoutPhoto];
  if (!classroom.isOpen || children.length === 0) return;
  const act = awarding.give({
    classId: classroom.roster.class.id,
    day: classroom.today,
    children,
    // What is said of it from here on is read by others, too: the plan's own words stay on the tile.
    point: point.origin === "child" ? { ...point, name: point.indicator } : point,
    beans,
    note: nextAward.note.trim(),
    photos: withPhoto.length > 0 ? { pictures, studentIds: withPhoto.map(({ id }) => id) } : undefined,
  });
  nextAward.given({ picturesStay: withPhoto.length === 0 });
  if (habits.hasSound) playBeans(point.dimension, act.beans);
  if (!habits.keepsSelection) classroom.selectOnly(leftOut);
}
