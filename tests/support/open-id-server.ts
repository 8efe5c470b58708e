/**
 * A real OpenID Connect provider on a port of its own: oidc-provider, with people of the test's choosing. Its pages ask who
 * one is, unless the test has said so beforehand. Everything it checks, it checks as it would for anybody.
 */
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Provider } from "oidc-provider";

export const CLIENT_ID = "doudou";
export const CLIENT_SECRET = "a secret between two servers, 32 at least";

export interface OpenIdServer {
  readonly issuer: string;
  /** What it says of whom, by subject. */
  readonly people: Map<string, Record<string, unknown>>;
  /** Who signs in without being asked; `null`: says no; undefined: is asked on a page. */
  person: string | null | undefined;
  /** From now on it knows one client, which may send people back to these addresses alone. */
  register(...redirectUris: readonly string[]): void;
  close(): Promise<void>;
}

export async function openIdServer(): Promise<OpenIdServer> {
  let answer: (request: IncomingMessage, response: ServerResponse) => unknown = (_, response) => {
    response.writeHead(503).end();
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const open: OpenIdServer = {
    issuer,
    people: new Map(),
    person: undefined,
    register(...redirectUris) {
      const provider = new Provider(issuer, configuration(open, redirectUris));
      const standard = provider.callback();
      answer = async (request, response) => {
        if (!request.url?.startsWith("/interaction/")) return standard(request, response);
        await ask(open, provider, request, response);
      };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return open;
}

type Configuration = NonNullable<ConstructorParameters<typeof Provider>[1]>;

const SIGNING_KEY = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });

function configuration({ people }: OpenIdServer, redirectUris: readonly string[]): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [...redirectUris],
        scope: "openid profile email",
      },
    ],
    jwks: { keys: [{ ...SIGNING_KEY, alg: "RS256", use: "sig", kid: "test" }] },
    cookies: { keys: ["a key of the test"] },
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name", "preferred_username", "employee_number"],
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    findAccount: (_, sub) => {
      const claims = people.get(sub);
      return claims && { accountId: sub, claims: () => ({ sub, ...claims }) };
    },
    async loadExistingGrant({ oidc }) {
      const { client, session, provider } = oidc;
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
  };
}

/** The provider's own sign-in page. */
async function ask(
  { people, person }: OpenIdServer,
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const posted =
    request.method === "POST" ? new URLSearchParams(await text(request)).get("person") : undefined;
  const who = posted === undefined ? person : posted;
  if (who === undefined) {
    const buttons = [...people].map(
      ([sub, { name }]) => `<button name="person" value="${sub}">${String(name)}</button>`,
    );
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(
      `<!doctype html><html lang="zh"><title>校园统一认证</title><h1>校园统一认证</h1><form method="post">${buttons.join("")}</form></html>`,
    );
    return;
  }
  const result =
    who === null || who === ""
      ? { error: "access_denied", error_description: "the person said no" }
      : { login: { accountId: who } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}
