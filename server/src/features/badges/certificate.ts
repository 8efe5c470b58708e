/** The certificate of a badge a child has, on paper: in the language of who asks for it, names as they are. */
import { badgeAwardsOf } from "@doudou/db/repositories/badge-quests.ts";
import { enrollmentsOf, studentById } from "@doudou/db/repositories/people.ts";
import { levelsOf } from "@doudou/shared/domain/badges.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import { covers, type Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { inLocale } from "../../documents/say.ts";
import type { PdfFile } from "../../http/pdf.ts";
import { Problem } from "../../http/problem.ts";
import { schoolPaper } from "../schools/service.ts";
import { hasSettled } from "./quests.ts";

/** @throws Problem badge-not-found, for guardians also while the child has not seen it */
export async function badgeCertificate(
  deps: Deps,
  { schoolId, standings }: Grant,
  { studentId, questId }: { readonly studentId: string; readonly questId: string },
  locale: Locale,
): Promise<PdfFile> {
  const frame = await deps.frames.of(schoolId);
  const { student, kept, ofClass } = await deps.database.read(schoolId, async (store) => {
    const all = await badgeAwardsOf(store, schoolId, [studentId]);
    const one = all.find((badge) => badge.questId === questId);
    const day = one?.day ?? "";
    return {
      student: await studentById(store, schoolId, studentId),
      kept: one,
      ofClass: (await enrollmentsOf(store, schoolId, [studentId])).find((e) => covers(e, day))?.class,
    };
  });
  if (!student || !kept) throw new Problem("badge-not-found");
  if (standings.has("guardian:child") && !hasSettled(kept, deps.now())) throw new Problem("badge-not-found");
  const { badge, level, day, by, words } = kept;
  const badgeName = inLocale(badge.name, locale);
  const certificate = {
    schoolName: frame.name,
    studentName: student.name,
    className: ofClass?.name ?? "",
    badgeName,
    badgeWords: inLocale(badge.words, locale),
    shape: badge.shape,
    dimension: badge.dimension,
    level,
    levels: levelsOf(badge.rule),
    day,
    by,
    words,
    ...(await schoolPaper(deps, frame)),
  };
  const bytes = await deps.documents.badgeCertificatePdf(certificate, locale);
  return { name: `${student.name}-${badgeName}.pdf`, bytes };
}
