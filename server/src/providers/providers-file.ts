/**
 * Reads the providers that DOUDOU_SIGN_IN_PROVIDERS_FILE names, and their secrets from files of their own. Every mistake
 * is told at start, all at once; no secret is ever told.
 */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import Type, { type Static } from "typebox";
import { ConfigError } from "../config.ts";
import { shapeOf } from "../http/schemas.ts";
import { DINGTALK_ENDPOINTS, dingtalkProvider } from "./dingtalk.ts";
import { openIdProvider } from "./open-id.ts";
import type { Provider, Providers } from "./provider.ts";
import { WECOM_ENDPOINTS, wecomProvider } from "./wecom.ts";

const Text = Type.String({ minLength: 1, maxLength: 500 });
const Names = Type.Array(Text, { uniqueItems: true });
const common = {
  id: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,39}$" }),
  name: Type.Object({ zh: Text, en: Text }, { additionalProperties: false }),
  clientSecretFile: Text,
  schools: Type.Optional(Names),
};
const Endpoints = Type.Optional(
  Type.Object(
    { authorize: Type.Optional(Text), token: Type.Optional(Text), user: Type.Optional(Text) },
    { additionalProperties: false },
  ),
);
const strict = { additionalProperties: false };
const OpenId = Type.Object(
  {
    kind: Type.Literal("oidc"),
    ...common,
    issuer: Text,
    clientId: Text,
    scopes: Type.Optional(Names),
    claims: Type.Optional(Names),
  },
  strict,
);
const Wecom = Type.Object(
  { kind: Type.Literal("wecom"), ...common, corpId: Text, agentId: Text, endpoints: Endpoints },
  strict,
);
const Dingtalk = Type.Object(
  { kind: Type.Literal("dingtalk"), ...common, corpId: Text, clientId: Text, endpoints: Endpoints },
  strict,
);
type Entry = Static<typeof OpenId> | Static<typeof Wecom> | Static<typeof Dingtalk>;

const shapes = { oidc: shapeOf(OpenId), wecom: shapeOf(Wecom), dingtalk: shapeOf(Dingtalk) };

/** @throws ConfigError naming every mistake; without a file there are no providers */
export async function providersOfFile(file: string | undefined): Promise<Providers> {
  if (file === undefined) return providersOf([]);
  const mistakes: string[] = [];
  const all: Provider[] = [];
  for (const [at, entry] of (await entriesOf(file)).entries()) {
    const known = mistakesIn(entry);
    const { clientSecretFile: named, id } = entry as Partial<Entry>;
    if (all.some((other) => other.id === id)) known.push(`id "${id}" is there twice`);
    if (known.length === 0) {
      try {
        const secret = await secretIn(resolve(dirname(file), named ?? ""));
        all.push(providerOf(entry as Entry, secret));
      } catch (error) {
        known.push(`clientSecretFile ${(error as Error).message}`);
      }
    }
    mistakes.push(...known.map((mistake) => `provider ${at + 1}: ${mistake}`));
  }
  if (mistakes.length > 0)
    throw new ConfigError(
      `DOUDOU_SIGN_IN_PROVIDERS_FILE has mistakes:\n${mistakes.map((mistake) => `  - ${mistake}`).join("\n")}`,
    );
  return providersOf(all);
}

function providersOf(all: readonly Provider[]): Providers {
  return { all, byId: (id) => all.find((provider) => provider.id === id) };
}

async function entriesOf(file: string): Promise<readonly unknown[]> {
  const mistake = (what: string) => new ConfigError(`DOUDOU_SIGN_IN_PROVIDERS_FILE ${what}`);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw mistake(`cannot be read: ${(error as Error).message}`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw mistake(`is not JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(value)) throw mistake("must hold a list of providers");
  return value;
}

function mistakesIn(entry: unknown): string[] {
  const { kind } = (entry ?? {}) as { kind?: unknown };
  if (kind !== "oidc" && kind !== "wecom" && kind !== "dingtalk")
    return ["kind must be oidc, wecom or dingtalk"];
  const faults = shapes[kind].faultsOf(entry);
  if (faults.length > 0)
    return faults.map(({ instancePath, message, params }) => {
      const extra = (params as { additionalProperty?: string }).additionalProperty;
      return `${instancePath || "it"} ${message}${extra === undefined ? "" : `: ${extra}`}`;
    });
  const known = entry as Entry;
  const addresses =
    known.kind === "oidc" ? { issuer: known.issuer } : ((known.endpoints ?? {}) as Record<string, string>);
  const mistakes = Object.entries(addresses).flatMap(([name, address]) =>
    isSafe(address) ? [] : `${name} must be an https:// address`,
  );
  if (known.kind === "oidc" && known.scopes && !known.scopes.includes("openid"))
    mistakes.push("scopes must have openid among them");
  return mistakes;
}

/** TLS, but for a provider on the very same machine. */
function isSafe(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol === "https:") return true;
  return url?.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
}

async function secretIn(file: string): Promise<string> {
  const [line = ""] = (await readFile(file, "utf8")).split(/\r?\n/, 1);
  if (line.trim() === "") throw new Error("has an empty first line");
  return line.trim();
}

function providerOf(entry: Entry, clientSecret: string): Provider {
  const { id, name, schools } = entry;
  switch (entry.kind) {
    case "oidc": {
      const { issuer, clientId, scopes = ["openid", "profile", "email"], claims = ["email"] } = entry;
      return openIdProvider({ id, name, schools, claims, issuer, clientId, clientSecret, scopes });
    }
    case "wecom": {
      const { corpId, agentId } = entry;
      const endpoints = { ...WECOM_ENDPOINTS, ...entry.endpoints };
      return wecomProvider({
        id,
        name,
        schools,
        claims: ["userid"],
        corpId,
        agentId,
        clientSecret,
        endpoints,
      });
    }
    case "dingtalk": {
      const { corpId, clientId } = entry;
      const endpoints = { ...DINGTALK_ENDPOINTS, ...entry.endpoints };
      return dingtalkProvider({ id, name, schools, claims: [], corpId, clientId, clientSecret, endpoints });
    }
  }
}
