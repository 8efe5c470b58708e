/**
 * Signing in by OpenID Connect: the code flow with PKCE, state and nonce, found out by discovery. openid-client checks
 * what the standard asks to be checked: issuer, audience, signature, nonce, state, times.
 * @source OpenID Connect Core 1.0 with RFC 7636 and RFC 9207
 */
import type { Configuration } from "openid-client";
import type { Claims } from "@doudou/shared/domain/sign-in-providers.ts";
import { type Identity, type Provider, ProviderFailure } from "./provider.ts";

export interface OpenIdSettings extends Pick<Provider, "id" | "name" | "claims" | "schools"> {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
}

const ANSWERS_WITHIN_S = 10;
/** Clocks differ. */
const TOLERANCE_S = 30;
/** What the standard lets a provider say where a person would not or may not. */
const SAYS_NO = new Set(["access_denied", "login_required", "consent_required", "interaction_required"]);

export function openIdProvider(settings: OpenIdSettings): Provider {
  const { id, name, claims, schools, scopes } = settings;
  const found = onceFound(() => discover(settings));
  return {
    id,
    name,
    claims,
    schools,
    async addressOf({ redirectUri, state, nonce, codeVerifier }) {
      const client = await import("openid-client");
      return client.buildAuthorizationUrl(await found(), {
        redirect_uri: redirectUri,
        scope: scopes.join(" "),
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: "S256",
      });
    },
    async identityOf(back, { state, nonce, codeVerifier }) {
      const client = await import("openid-client");
      const configuration = await found();
      try {
        const tokens = await client.authorizationCodeGrant(configuration, back, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        });
        const idToken = tokens.claims();
        if (!idToken) throw new ProviderFailure("interrupted");
        const more = configuration.serverMetadata().userinfo_endpoint
          ? await client.fetchUserInfo(configuration, tokens.access_token, idToken.sub)
          : {};
        return identityFrom({ ...more, ...idToken }, idToken);
      } catch (failure) {
        throw failureOf(failure, client);
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<Configuration> {
  const client = await import("openid-client");
  const isHere = URL.parse(issuer)?.protocol === "http:";
  try {
    return await client.discovery(
      new URL(issuer),
      clientId,
      { [client.clockTolerance]: TOLERANCE_S },
      client.ClientSecretBasic(clientSecret),
      { timeout: ANSWERS_WITHIN_S, execute: isHere ? [client.allowInsecureRequests] : [] },
    );
  } catch (failure) {
    throw new ProviderFailure("unavailable", failure);
  }
}

/** Asked for once; again only where it failed. */
function onceFound<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find().catch((failure: unknown) => {
      found = undefined;
      throw failure;
    });
    return found;
  };
}

function identityFrom(claims: Claims, { iss, sub }: { iss: string; sub: string }): Identity {
  const shown = ["name", "preferred_username", "email"].flatMap((key) =>
    typeof claims[key] === "string" ? claims[key] : [],
  );
  return { issuer: iss, subject: sub, claims, shownAs: shown.join(" · ") || sub };
}

function failureOf(failure: unknown, client: typeof import("openid-client")): ProviderFailure {
  if (failure instanceof ProviderFailure) return failure;
  if (failure instanceof client.AuthorizationResponseError)
    return new ProviderFailure(SAYS_NO.has(failure.error) ? "cancelled" : "interrupted", failure);
  const isUnreachable =
    failure instanceof client.ClientError && ["OAUTH_TIMEOUT", "OAUTH_ABORT"].includes(failure.code ?? "");
  const isOfNetwork = failure instanceof TypeError;
  return new ProviderFailure(isUnreachable || isOfNetwork ? "unavailable" : "interrupted", failure);
}
