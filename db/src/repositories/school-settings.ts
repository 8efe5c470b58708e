/** A school's logo and its lesson times. The files of a logo are pictures like those of evidence; no picture lies here. */
import { eq } from "drizzle-orm";
import type { DayPlan } from "@doudou/shared/domain/lesson-times.ts";
import type { Store } from "../engines/database.ts";

export interface LogoFiles {
  readonly largeSha256: string;
  readonly smallSha256: string;
  /** Of the large one, in pixels. */
  readonly width: number;
  readonly height: number;
}

export async function schoolLogo(store: Store, schoolId: string): Promise<LogoFiles | undefined> {
  const { schoolLogo: l } = store.tables;
  const rows = await store.db
    .select({
      largeSha256: l.largeSha256,
      smallSha256: l.smallSha256,
      width: l.width,
      height: l.height,
    })
    .from(l)
    .where(eq(l.schoolId, schoolId));
  return rows[0];
}

/** Puts a logo in the place of the one there was. */
export async function setSchoolLogo(
  store: Store,
  schoolId: string,
  { largeSha256, smallSha256, width, height, ...by }: LogoFiles & { uploaderId: string; uploadedAt: Date },
): Promise<void> {
  const { schoolLogo: l } = store.tables;
  const logo = { largeSha256, smallSha256, width, height, ...by };
  await store.db
    .insert(l)
    .values({ schoolId, ...logo })
    .onConflictDoUpdate({ target: l.schoolId, set: logo });
}

/** The files of it go with the next sweep. */
export async function removeSchoolLogo(store: Store, schoolId: string): Promise<void> {
  const { schoolLogo: l } = store.tables;
  await store.db.delete(l).where(eq(l.schoolId, schoolId));
}

/** Empty for a school that has not said. */
export async function lessonTimesOf(store: Store, schoolId: string): Promise<DayPlan[]> {
  const { lessonTimes: t } = store.tables;
  const [row] = await store.db.select({ plans: t.plans }).from(t).where(eq(t.schoolId, schoolId));
  return row?.plans ?? [];
}

/** Writes lesson times over what there was. Whether they are right is for the domain to say. */
export async function saveLessonTimes(store: Store, schoolId: string, plans: DayPlan[]): Promise<void> {
  const { lessonTimes: t } = store.tables;
  await store.db
    .insert(t)
    .values({ schoolId, plans })
    .onConflictDoUpdate({ target: t.schoolId, set: { plans } });
}
