/** `/api/v1/privacy/report.pdf` and `/api/v1/privacy/assessment.docx`: what the office keeps for an audit. */
import { AssessmentQuery, ReportQuery } from "@doudou/shared/contract/privacy-report.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { DocxAnswer, sendDocx } from "../../http/docx.ts";
import { PdfAnswer, sendPdf } from "../../http/pdf.ts";
import { assessmentToFillIn, reportOfYear } from "./service.ts";

const TAGS = ["privacy"];

export function privacyReportRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/privacy/report.pdf",
    config: { access: { to: "members", action: "privacy-report.make" } },
    schema: {
      summary: "A year's report on children's data: counts, never a name",
      tags: TAGS,
      querystring: ReportQuery,
      response: { 200: PdfAnswer, ...errorsOf(400, 401, 403, 422) },
    },
    handler: async ({ caller, grant, query }, reply) => {
      const locale = query.locale ?? caller.account.locale;
      const file = await reportOfYear(deps, grant, { year: query.year, locale });
      return await sendPdf(reply, file, `privacy-report-${query.year}.pdf`);
    },
  });

  api.route({
    method: "GET",
    url: "/privacy/assessment.docx",
    config: { access: { to: "members", action: "privacy-report.make" } },
    schema: {
      summary: "The draft of an impact assessment, with what the school's figures say",
      tags: TAGS,
      querystring: AssessmentQuery,
      response: { 200: DocxAnswer, ...errorsOf(400, 401, 403) },
    },
    handler: async ({ caller, grant, query }, reply) => {
      const file = await assessmentToFillIn(deps, grant, query.locale ?? caller.account.locale);
      return await sendDocx(reply, file, "assessment.docx");
    },
  });
}
