/** The OpenAPI 3.1 document, generated from the contract, and a reference to browse it. Nothing from a CDN. */
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { ProblemBody } from "@doudou/shared/contract/common.ts";

/** That of the product (security.ts) but for inline styles, which Swagger UI cannot do without. Its own would want TLS and other hosts. */
const CONTENT_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join(";");

export async function describeApi(app: FastifyInstance): Promise<void> {
  app.addSchema(ProblemBody);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "豆豆成长 doudou",
        version: "1",
        description:
          "Comprehensive-quality evaluation for compulsory schools. Errors are RFC 9457 problem details with a stable `code`. " +
          "Sign in with `POST /api/v1/session`; the cookie `doudou_session` carries the session.",
        license: { name: "AGPL-3.0-or-later", identifier: "AGPL-3.0-or-later" },
      },
      components: {
        securitySchemes: {
          session: { type: "apiKey", in: "cookie", name: "doudou_session" },
          board: { type: "http", scheme: "bearer", description: "a board link's token; also as a cookie" },
        },
      },
      security: [{ session: [] }],
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) =>
        typeof json.$id === "string" ? json.$id : `def-${index}`,
    },
  });
  await app.register(swaggerUi, {
    routePrefix: "/api/docs",
    uiConfig: { docExpansion: "list", validatorUrl: null },
    staticCSP: CONTENT_POLICY,
  });
}
