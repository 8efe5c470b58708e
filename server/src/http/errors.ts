/**
 * Turns whatever a route throws into problem details: a Problem as it says, input that does not fit the contract with
 * its paths, and everything else into a bare 500 that is logged with its request id.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Overloaded } from "@doudou/db/engines/database.ts";
import { localeOf } from "./api.ts";
import type { ProblemCode } from "./problem-codes.ts";
import { Problem, problemBody } from "./problem.ts";

const CODE_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: "invalid-input",
  403: "not-found", // of a file that is not for the web
  404: "not-found",
  413: "too-large",
  415: "unsupported-media-type",
  429: "too-many-requests",
};

/** Answers every error and every unknown address of `app` with application/problem+json. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) =>
    send(request, reply, problemOf(error, request)),
  );
}

/** Answers a request whose address names nothing that any route could look at. The address is not repeated. */
export function answerUnreadableAddress(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  void send(request, reply, new Problem(error.statusCode === 400 ? "invalid-input" : "not-found"));
}

export function send(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfter !== undefined) reply.header("retry-after", String(problem.retryAfter));
  return reply
    .code(problem.status)
    .type("application/problem+json; charset=utf-8")
    .serializer(JSON.stringify)
    .send(problemBody(problem, localeOf(request), request.id));
}

function problemOf(error: FastifyError, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Overloaded) return new Problem("overloaded", { retryAfter: 1 });
  if (error.validation) {
    return new Problem("invalid-input", {
      errors: error.validation.map(({ instancePath, message, params }) => ({
        path:
          instancePath +
          (typeof params?.["missingProperty"] === "string" ? `/${params["missingProperty"]}` : ""),
        message: message ?? "is not valid",
      })),
    });
  }
  const code = CODE_OF_STATUS[error.statusCode ?? 500];
  if (code !== undefined) return new Problem(code);
  request.log.error({ err: error }, "unexpected error");
  return new Problem("internal");
}
