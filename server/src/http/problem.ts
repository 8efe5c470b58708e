/**
 * Problems: how the product says no. A rule that refuses is a Problem with a code; this is the one place that turns
 * it into RFC 9457 problem details in the caller's language. Never carries a stack or another school's existence.
 */
import type { ProblemBody } from "@doudou/shared/contract/common.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import { PROBLEMS, type ProblemCode } from "./problem-codes.ts";

export interface FieldError {
  /** JSON pointer into what was sent, such as `/awards/3/points`. */
  readonly path: string;
  readonly message: string;
}

/** A refusal with a stable code. `retryAfter` is in seconds; `triesLeft` before only another way helps. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly status: number;
  readonly errors: readonly FieldError[];
  readonly retryAfter: number | undefined;
  readonly triesLeft: number | undefined;

  constructor(
    code: ProblemCode,
    more: { errors?: readonly FieldError[]; retryAfter?: number; triesLeft?: number } = {},
  ) {
    super(code);
    this.code = code;
    this.status = PROBLEMS[code].status;
    this.errors = more.errors ?? [];
    this.retryAfter = more.retryAfter;
    this.triesLeft = more.triesLeft;
  }
}

/** RFC 9457 problem details of a Problem, in a language. */
export function problemBody(problem: Problem, locale: Locale, requestId?: string): ProblemBody {
  const words = PROBLEMS[problem.code];
  return {
    type: "about:blank",
    title: locale === "en" ? words.en : words.zh,
    status: problem.status,
    code: problem.code,
    ...(requestId === undefined ? {} : { requestId }),
    ...(problem.triesLeft === undefined ? {} : { triesLeft: problem.triesLeft }),
    ...(problem.errors.length === 0 ? {} : { errors: [...problem.errors] }),
  };
}
