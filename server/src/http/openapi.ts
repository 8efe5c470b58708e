/** The OpenAPI 3.1 document, generated from the contract, and a reference to browse it. Nothing from a CDN. */
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";

export async function describeApi(app: FastifyInstance): Promise<void> {
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
        securitySchemes: { session: { type: "apiKey", in: "cookie", name: "doudou_session" } },
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
    staticCSP: true,
  });
}
