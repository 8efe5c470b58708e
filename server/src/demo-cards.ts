/** Cards (豆豆卡) of the demo school's first class, issued through the product, so that a child can sign in by one at once. */
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import { Draw } from "@doudou/db/seed/draw.ts";
import type { SeededSchool } from "@doudou/db/seed/school.ts";
import { CODE_BYTES, cardCodeOf } from "@doudou/shared/domain/cards.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { covers } from "./access/caller.ts";
import { grantOf } from "./demo-works.ts";
import type { Deps } from "./deps.ts";
import { cardsOfClass, issueCards } from "./features/cards/service.ts";

/** The code of the first child's card, which the login list tells: the same wherever the demo is made from this seed. */
export function firstDemoCard(seed: number): string {
  const drawBelow = chanceOf(seed);
  return cardCodeOf(Uint8Array.from({ length: CODE_BYTES }, () => drawBelow(256)));
}

/** Issues them to all whose families agree to an account, once; nothing on a start between two school years. */
export async function issueDemoCards(deps: Deps, { schoolId, toPublish }: SeededSchool): Promise<void> {
  const [ofClass = []] = toPublish;
  const [first] = ofClass;
  if (!first) return;
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), timeZone);
  const stays = await deps.database.read(schoolId, (store) =>
    enrollmentsOf(store, schoolId, [first.studentId]),
  );
  const classId = stays.find((stay) => covers(stay, today))?.class.id;
  if (classId === undefined) return;
  const teacher = grantOf(schoolId, first.membershipId, "teacher:homeroom");
  const { students } = await cardsOfClass(deps, teacher, classId);
  if (students.some(({ card }) => card !== null)) return;
  const agreed = students.filter(({ hasConsent }) => hasConsent).map(({ student }) => student.id);
  const studentIds = [first.studentId, ...agreed.filter((id) => id !== first.studentId)];
  const drawn: Deps = { ...deps, drawBelow: chanceOf(deps.config.demoSeed) };
  await issueCards(drawn, teacher, { classId, studentIds, locale: "zh-CN" });
}

function chanceOf(seed: number): Deps["drawBelow"] {
  const draw = new Draw(`${seed}/cards`);
  return (limit) => draw.whole(0, limit - 1);
}
