/**
 * `/api/v1/students/:studentId/credentials` for the child and its guardians, `/api/v1/school-keys` for the office;
 * `/api/v1/credential-verification` and `/api/v1/schools/:schoolId/…` for everybody, programs among them.
 */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  CredentialCheck,
  CredentialInput,
  CredentialVerification,
  GivenCredentials,
  IssuerProfile,
  PublicJwk,
  PublicJwkSet,
  SchoolKeys,
  SignedCredential,
} from "@doudou/shared/contract/credentials.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, localeOf } from "../../http/api.ts";
import { originOf } from "../../http/security.ts";
import {
  givenCredentials,
  issuerProfile,
  keysForOffice,
  makeCredential,
  publicKey,
  publicKeys,
  renewKey,
  verifyCredential,
  withdrawCredential,
} from "./service.ts";

const TAGS = ["credentials"];
const OfChild = Type.Object({ studentId: Id });
const OfCredential = Type.Object({ studentId: Id, credentialId: Id });
const OfSchool = Type.Object({ schoolId: Id });
const OfKey = Type.Object({ schoolId: Id, keyId: Type.String({ maxLength: 60 }) });

export function credentialRoutes(api: Api, deps: Deps): void {
  childRoutes(api, deps);
  officeRoutes(api, deps);
  publicRoutes(api, deps);
}

function childRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/credentials",
    config: { access: { to: "student", action: "credential.read" } },
    schema: {
      summary: "What was signed and given out of a child",
      tags: TAGS,
      params: OfChild,
      response: { 200: GivenCredentials, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => givenCredentials(deps, grant, params.studentId),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/credentials/:credentialId",
    config: { access: { to: "student", action: "credential.make" } },
    schema: {
      summary:
        "A badge as Open Badges 3.0, or the whole record as Comprehensive Learner Record 2.0, signed by the school",
      tags: TAGS,
      params: OfCredential,
      body: CredentialInput,
      response: { 200: SignedCredential, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: (request) =>
      makeCredential(deps, request.grant, request.params, request.body, {
        origin: originOf(request, deps.config),
        locale: localeOf(request),
      }),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/credentials/:credentialId/withdraw",
    config: { access: { to: "student", action: "credential.withdraw" } },
    schema: {
      summary: "Take a credential back: whoever has it checked is told so",
      tags: TAGS,
      params: OfCredential,
      response: { 200: GivenCredentials, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => withdrawCredential(deps, grant, params),
  });
}

function officeRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/school-keys",
    config: { access: { to: "members", action: "school-key.read" } },
    schema: {
      summary: "The keys the school signs and has signed with, by their fingerprints",
      tags: TAGS,
      response: { 200: SchoolKeys, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => keysForOffice(deps, grant),
  });

  api.route({
    method: "POST",
    url: "/school-keys/renew",
    config: { access: { to: "members", action: "school-key.renew" } },
    schema: {
      summary: "Sign with a new key from now on; what the old one signed can still be verified",
      tags: TAGS,
      response: { 200: SchoolKeys, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => renewKey(deps, grant),
  });
}

function publicRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "POST",
    url: "/credential-verification",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "Whether a credential is genuine, by which school and since when; nothing of what it says",
      tags: TAGS,
      security: [],
      body: CredentialCheck,
      response: { 200: CredentialVerification, ...errorsOf(400, 403, 404, 413, 415) },
    },
    handler: ({ body }) => verifyCredential(deps, body.jws),
  });

  api.route({
    method: "GET",
    url: "/schools/:schoolId/issuer",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "A school as an Open Badges Profile, with every key it ever signed with",
      tags: TAGS,
      security: [],
      params: OfSchool,
      response: { 200: IssuerProfile, ...errorsOf(400, 404) },
    },
    handler: (request) => issuerProfile(deps, originOf(request, deps.config), request.params.schoolId),
  });

  api.route({
    method: "GET",
    url: "/schools/:schoolId/keys",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "A school's public keys as a JWK set",
      tags: TAGS,
      security: [],
      params: OfSchool,
      response: { 200: PublicJwkSet, ...errorsOf(400, 404) },
    },
    handler: (request) => publicKeys(deps, originOf(request, deps.config), request.params.schoolId),
  });

  api.route({
    method: "GET",
    url: "/schools/:schoolId/keys/:keyId",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "One public key of a school: what the kid of a credential leads to",
      tags: TAGS,
      security: [],
      params: OfKey,
      response: { 200: PublicJwk, ...errorsOf(400, 404) },
    },
    handler: (request) => publicKey(deps, originOf(request, deps.config), request.params),
  });
}
