/** The whole composition on one page: what the server is made of, in the order a request meets it. */
import { randomUUID } from "node:crypto";
import cookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from "fastify";
import { type DeclaredRoute, installGuard } from "./access/guard.ts";
import type { Deps } from "./deps.ts";
import { absenceRoutes } from "./features/absences/routes.ts";
import { accessGrantRoutes } from "./features/access-grants/routes.ts";
import { accountRoutes } from "./features/account/routes.ts";
import { activityRoutes } from "./features/activities/routes.ts";
import { attentionRoutes } from "./features/attention/routes.ts";
import { auditRoutes } from "./features/audit/routes.ts";
import { awardRoutes } from "./features/awards/routes.ts";
import { badgeRoutes } from "./features/badges/routes.ts";
import { boardRoutes } from "./features/board/routes.ts";
import { bookRoutes } from "./features/books/routes.ts";
import { cardRoutes } from "./features/cards/routes.ts";
import { childExportRoutes } from "./features/child-exports/routes.ts";
import { classGrowthRoutes } from "./features/class-growth/routes.ts";
import { classPointRoutes } from "./features/class-points/routes.ts";
import { classRoutes } from "./features/classes/routes.ts";
import { dashboardRoutes } from "./features/dashboard/routes.ts";
import { credentialRoutes } from "./features/credentials/routes.ts";
import { consentRoutes } from "./features/consents/routes.ts";
import { erasureRoutes } from "./features/erasures/routes.ts";
import { evidenceRoutes } from "./features/evidence/routes.ts";
import { groupRoutes } from "./features/groups/routes.ts";
import { growthRoutes } from "./features/growth/routes.ts";
import { honourRoutes } from "./features/honours/routes.ts";
import { inboxRoutes } from "./features/inbox/routes.ts";
import { individualPlanRoutes } from "./features/individual-plans/routes.ts";
import { incidentRoutes } from "./features/incidents/routes.ts";
import { indicatorRoutes } from "./features/indicators/routes.ts";
import { guardianRoutes } from "./features/guardians/routes.ts";
import { joiningRoutes } from "./features/joining/routes.ts";
import { liveRoutes } from "./features/live/routes.ts";
import { peopleRoutes } from "./features/people/routes.ts";
import { personalGoalRoutes } from "./features/personal-goals/routes.ts";
import { portfolioPageRoutes } from "./features/portfolio-page/routes.ts";
import { privacyReportRoutes } from "./features/privacy-report/routes.ts";
import { passkeyRoutes } from "./features/passkeys/routes.ts";
import { privacyRoutes } from "./features/privacy/routes.ts";
import { proposalRoutes } from "./features/proposals/routes.ts";
import { reminderRoutes } from "./features/reminders/routes.ts";
import { rewardRoutes } from "./features/rewards/routes.ts";
import { rollOverRoutes } from "./features/roll-over/routes.ts";
import { rosterImportRoutes } from "./features/roster-imports/routes.ts";
import { fitnessRoutes } from "./features/fitness/routes.ts";
import { rubricRoutes } from "./features/rubrics/routes.ts";
import { schoolGrowthRoutes } from "./features/school-growth/routes.ts";
import { schoolSettingsRoutes } from "./features/school-settings/routes.ts";
import { logoRoutes } from "./features/schools/logo.ts";
import { seatingRoutes } from "./features/seating/routes.ts";
import { sensitiveRoutes } from "./features/sensitive/routes.ts";
import { shelfRoutes } from "./features/shelf/routes.ts";
import { sessionRoutes } from "./features/sessions/routes.ts";
import { signInProviderRoutes } from "./features/sign-in-providers/routes.ts";
import { staffAccountRoutes } from "./features/staff-accounts/routes.ts";
import { summaryRoutes } from "./features/summaries/routes.ts";
import { summaryAnswerRoutes } from "./features/summary-answers/routes.ts";
import { voiceRoutes } from "./features/voices/routes.ts";
import { summaryPreparationRoutes } from "./features/summary-preparations/routes.ts";
import { summaryNudgeRoutes } from "./features/summary-nudges/routes.ts";
import { summaryRoundRoutes } from "./features/summary-rounds/routes.ts";
import { summaryWritingRoutes } from "./features/summary-writing/routes.ts";
import { tileSetRoutes } from "./features/tile-sets/routes.ts";
import { tabletRoutes } from "./features/tablets/routes.ts";
import { transferRoutes } from "./features/transfers/routes.ts";
import { wordReportRoutes } from "./features/word-reports/routes.ts";
import { workRoutes } from "./features/works/routes.ts";
import { packAnswers } from "./http/compression.ts";
import { answerProblems, answerUnreadableAddress } from "./http/errors.ts";
import { measure } from "./http/metrics.ts";
import { describeApi } from "./http/openapi.ts";
import { serializerOf, validatorOf } from "./http/schemas.ts";
import { secure } from "./http/security.ts";
import { tellTheTime } from "./http/time.ts";
import { serveWebApp } from "./http/web-app.ts";

const BODY_LIMIT = 512 * 1024;

export interface App {
  readonly server: FastifyInstance;
  /** Every route of the API with who may call it. */
  readonly routes: readonly DeclaredRoute[];
}

/** Where log lines go; standard output unless somebody wants to read them. */
export interface LogDestination {
  write(line: string): void;
}

export async function buildApp(deps: Deps, logTo?: LogDestination): Promise<App> {
  const { config, database } = deps;
  const server = Fastify({
    bodyLimit: BODY_LIMIT,
    // One proxy, ours: what stands before its own entry in X-Forwarded-For anybody may have written.
    trustProxy: config.trustProxy && ((_address: string, hop: number) => hop < 1),
    genReqId: () => randomUUID(),
    logger: { ...loggerOptions(config.logLevel), ...(logTo && { stream: logTo }) },
    logController: new LogController({ disableRequestLogging: config.logLevel !== "debug" }),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: "idle",
    // While closing, a request on a connection that is still open is answered like any other; then the connection ends.
    return503OnClosing: false,
    frameworkErrors: answerUnreadableAddress,
  });
  answerProblems(server);
  secure(server, config);
  await server.register(cookie);
  await server.register(rateLimit, {
    max: config.requestsPerMinute,
    timeWindow: "1 minute",
    // Who is far from the limit need not hear of it.
    addHeadersOnExceeding: {
      "x-ratelimit-limit": false,
      "x-ratelimit-remaining": false,
      "x-ratelimit-reset": false,
    },
  });
  deps.live.logTo(server.log);
  measure(server, deps);
  // A stream is a request that never ends by itself: closing would wait for it.
  server.addHook("preClose", async () => deps.live.close());
  await describeApi(server);

  let routes: readonly DeclaredRoute[] = [];
  await server.register(
    async (scope) => {
      const api = scope.withTypeProvider<TypeBoxTypeProvider>();
      api.setValidatorCompiler(validatorOf);
      api.setSerializerCompiler(serializerOf);
      tellTheTime(scope, deps.now);
      await packAnswers(scope);
      routes = installGuard(scope, deps);
      sessionRoutes(api, deps);
      accountRoutes(api, deps);
      passkeyRoutes(api, deps);
      signInProviderRoutes(api, deps);
      staffAccountRoutes(api, deps);
      tabletRoutes(api, deps);
      cardRoutes(api, deps);
      classRoutes(api, deps);
      absenceRoutes(api, deps);
      seatingRoutes(api, deps);
      groupRoutes(api, deps);
      tileSetRoutes(api, deps);
      awardRoutes(api, deps);
      liveRoutes(api, deps);
      boardRoutes(api, deps);
      attentionRoutes(api, deps);
      classGrowthRoutes(api, deps);
      reminderRoutes(api, deps);
      proposalRoutes(api, deps);
      voiceRoutes(api, deps);
      rewardRoutes(api, deps);
      rubricRoutes(api, deps);
      await fitnessRoutes(api, deps);
      await evidenceRoutes(api, deps);
      await rosterImportRoutes(api, deps);
      peopleRoutes(api, deps);
      rollOverRoutes(api, deps);
      await indicatorRoutes(api, deps);
      classPointRoutes(api, deps);
      badgeRoutes(api, deps);
      personalGoalRoutes(api, deps);
      individualPlanRoutes(api, deps);
      await schoolSettingsRoutes(api, deps);
      logoRoutes(api, deps);
      growthRoutes(api, deps);
      await workRoutes(api, deps);
      honourRoutes(api, deps);
      activityRoutes(api, deps);
      shelfRoutes(api, deps);
      bookRoutes(api, deps);
      portfolioPageRoutes(api, deps);
      guardianRoutes(api, deps);
      joiningRoutes(api, deps);
      auditRoutes(api, deps);
      dashboardRoutes(api, deps);
      schoolGrowthRoutes(api, deps);
      summaryRoutes(api, deps);
      summaryAnswerRoutes(api, deps);
      summaryWritingRoutes(api, deps);
      summaryRoundRoutes(api, deps);
      summaryPreparationRoutes(api, deps);
      summaryNudgeRoutes(api, deps);
      await inboxRoutes(api, deps);
      wordReportRoutes(api, deps);
      privacyRoutes(api, deps);
      consentRoutes(api, deps);
      childExportRoutes(api, deps);
      erasureRoutes(api, deps);
      sensitiveRoutes(api, deps);
      accessGrantRoutes(api, deps);
      privacyReportRoutes(api, deps);
      incidentRoutes(api, deps);
      credentialRoutes(api, deps);
      await transferRoutes(api, deps);
      api.route({
        method: "GET",
        url: "/openapi.json",
        config: { access: { to: "everybody" } },
        schema: { hide: true },
        handler: () => server.swagger(),
      });
    },
    { prefix: "/api/v1" },
  );

  server.get("/healthz", { schema: { hide: true } }, () => ({ status: "ok" }));
  server.get("/readyz", { schema: { hide: true } }, async (_request, reply) => {
    const isReady = await database.isReady();
    return await reply.code(isReady ? 200 : 503).send({ status: isReady ? "ready" : "not-ready" });
  });
  await serveWebApp(server, config.webDir);
  return { server, routes };
}

/** Structured logs that name no person: route patterns and request ids, never bodies, queries, cookies or addresses. */
function loggerOptions(level: Deps["config"]["logLevel"]) {
  return {
    level,
    serializers: {
      req: (request: FastifyRequest) => ({ method: request.method, route: request.routeOptions.url }),
      res: (reply: { statusCode?: number | undefined }) => ({ status: reply.statusCode }),
    },
  };
}
