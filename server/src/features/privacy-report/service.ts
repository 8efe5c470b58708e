/** The yearly report and the assessment's draft as files. That they were made is in the log; they name no child. */
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { assessmentDraft } from "./assessment.ts";
import { type PrivacyFigures, privacyFigures } from "./figures.ts";
import { yearlyReport } from "./report.ts";

interface ReportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @throws Problem report-year-to-come */
export async function reportOfYear(
  deps: Deps,
  grant: Grant,
  { year, locale }: { readonly year: number; readonly locale: Locale },
): Promise<ReportFile> {
  const { timeZone } = await deps.frames.of(grant.schoolId);
  if (String(year) > localDayOf(deps.now().getTime(), timeZone).slice(0, 4))
    throw new Problem("report-year-to-come");
  const figures = await privacyFigures(deps, grant.schoolId, { year });
  const bytes = await reportPdf(deps, grant.schoolId, figures, locale);
  await note(deps, grant, { report: "year", year });
  return { name: `${figures.school} ${year} 个人信息保护年度审计报告.pdf`, bytes };
}

/** The year's report as PDF. */
export async function reportPdf(
  deps: Deps,
  schoolId: string,
  figures: PrivacyFigures,
  locale: Locale,
): Promise<Uint8Array> {
  const { timeZone } = await deps.frames.of(schoolId);
  return await deps.documents.officeReportPdf(yearlyReport(figures, { locale, timeZone }));
}

/** The draft to write on in, for a word processor. */
export async function assessmentToFillIn(deps: Deps, grant: Grant, locale: Locale): Promise<ReportFile> {
  const { timeZone } = await deps.frames.of(grant.schoolId);
  const year = Number(localDayOf(deps.now().getTime(), timeZone).slice(0, 4));
  const figures = await privacyFigures(deps, grant.schoolId, { year });
  const { officeReportDocx } = await import("../../documents/office-report-docx.ts");
  const bytes = await officeReportDocx(assessmentDraft(figures, { locale, timeZone }));
  await note(deps, grant, { report: "assessment", year });
  return { name: `${figures.school} 个人信息保护影响评估底稿.docx`, bytes };
}

async function note(deps: Deps, grant: Grant, after: object): Promise<void> {
  await deps.database.write(grant.schoolId, (store) =>
    noteChange(store, grant, { action: "privacy-report.make", at: deps.now(), after }),
  );
}
