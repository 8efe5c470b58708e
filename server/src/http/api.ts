/**
 * What every route file shares: the typed Fastify instance, the errors a route may answer, the caller's language.
 */
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import Type from "typebox";
import { ProblemBody } from "@doudou/shared/contract/common.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";

export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 500 | 503;

/** The problem answers of a route, for its schema; 500 is always among them. */
export function errorsOf<const S extends ErrorStatus>(
  ...statuses: readonly S[]
): Record<S | 500, typeof ProblemAnswer> {
  return Object.fromEntries([...statuses, 500].map((status) => [status, ProblemAnswer])) as Record<
    S | 500,
    typeof ProblemAnswer
  >;
}

const ProblemAnswer = {
  description: "RFC 9457 problem details",
  content: { "application/problem+json": { schema: ProblemBody } },
} as const;

/** 204, for routes that have nothing to say. */
export const NoContent = Type.Null({ description: "done" });

/** The language of answers: the first one of Accept-Language that we speak, else that of the account, else Chinese. */
export function localeOf(request: FastifyRequest): Locale {
  const asked = request.headers["accept-language"] ?? "";
  for (const part of asked.split(",")) {
    const tag = part.trim().toLowerCase();
    if (tag.startsWith("zh")) return "zh-CN";
    if (tag.startsWith("en")) return "en";
  }
  return request.caller?.account.locale ?? "zh-CN";
}
