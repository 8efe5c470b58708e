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
import type { Locale } from "@doudou/shared/domain/words.ts";

export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

type ErrorStatus = 400 | 401 | 403 | 404 | 408 | 409 | 410 | 413 | 415 | 422;
/** Any route may meet these: made for another account, asked too often, a defect of ours, too many writes waiting. */
const ANYWHERE = [409, 429, 500, 503] as const;
type Anywhere = (typeof ANYWHERE)[number];

/** The problem answers of a route, for its schema; those that any route may give are always among them. */
export function errorsOf<const S extends ErrorStatus>(
  ...statuses: readonly S[]
): Record<S | Anywhere, typeof ProblemAnswer> {
  return Object.fromEntries([...statuses, ...ANYWHERE].map((status) => [status, ProblemAnswer])) as Record<
    S | Anywhere,
    typeof ProblemAnswer
  >;
}

const ProblemAnswer = {
  description: "RFC 9457 problem details",
  content: { "application/problem+json": { schema: Type.Ref("Problem#") } },
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
