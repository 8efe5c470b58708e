/**
 * What a route's schemas become: a check of what comes in and a writer of what goes out. Each is made when it is first
 * used: there are some hundreds of them, a start would wait for all, and a morning at school uses a few dozen.
 */
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import fastJson from "fast-json-stringify";
import type { Static, TSchema } from "typebox";

/** Bodies are taken as they are; only what comes as text in an address is turned into numbers and booleans. */
const bodies = addFormats.default(new Ajv.default({ allErrors: true, useDefaults: true }));
const addresses = addFormats.default(
  new Ajv.default({ allErrors: true, useDefaults: true, coerceTypes: true }),
);
const parts = addFormats.default(new Ajv.default({ allErrors: true }));

/** Fastify's `validatorCompiler`. */
export function validatorOf({ schema, httpPart }: { schema: object; httpPart?: string }) {
  const check = checkOf(httpPart === "body" ? bodies : addresses, schema);
  return (value: unknown) => {
    const isValid = check();
    return isValid(value) ? { value } : { error: isValid.errors ?? [] };
  };
}

/** Fastify's `serializerCompiler`: an answer says what its schema names and nothing else. */
export function serializerOf({ schema }: { schema: object }): (value: unknown) => string {
  let write: ((value: unknown) => string) | undefined;
  return (value) => (write ??= fastJson(schema))(value);
}

/** Whether a value is what a schema says: for what comes in a file, or is one part of a body. */
export interface Shape<Value> {
  matches(value: unknown): value is Value;
  /** Where the value is not so, and why; none where it matches. */
  faultsOf(value: unknown): readonly ErrorObject[];
}

/** Compiled when it is first asked. */
export function shapeOf<Schema extends TSchema>(schema: Schema): Shape<Static<Schema>> {
  const check = checkOf(parts, schema);
  return {
    matches: (value): value is Static<Schema> => check()(value),
    faultsOf(value) {
      const isValid = check();
      return isValid(value) ? [] : (isValid.errors ?? []);
    },
  };
}

/** Compiles it when it is first asked for. */
function checkOf(ajv: Ajv.default, schema: object): () => ValidateFunction {
  let isValid: ValidateFunction | undefined;
  return () => (isValid ??= ajv.compile(schema));
}
