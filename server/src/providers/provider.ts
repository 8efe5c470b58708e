/**
 * What the product asks of a provider to sign in by, whatever it speaks: where to send the browser, and who came back. A
 * provider says who somebody is there; who that is here, is never its to say.
 */
import type { Claims } from "@doudou/shared/domain/sign-in-providers.ts";

/** What binds the way back to the way there. Made anew for each sign-in. */
export interface Binding {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Somebody as the provider knows them. */
export interface Identity {
  /** With the subject it names one person for ever; the subject alone may be somebody else's elsewhere. */
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Claims;
  /** A name or an address, for whoever has to decide who it is. */
  readonly shownAs: string;
}

/** How a provider is called where it is shown. */
export interface ProviderNames {
  readonly zh: string;
  readonly en: string;
}

export interface Provider {
  readonly id: string;
  readonly name: ProviderNames;
  /** Claims that the operator vouches for: each is one person's alone, and not that person's to change. */
  readonly claims: readonly string[];
  /** Codes of the schools that may use it; undefined: all. */
  readonly schools: readonly string[] | undefined;
  /** Where the browser goes to sign in. @throws ProviderFailure unavailable */
  addressOf(binding: Binding): Promise<URL>;
  /**
   * Who came back: everything that can be checked is checked here.
   * @param back the address that the browser came back to, with all it carries
   * @throws ProviderFailure
   */
  identityOf(back: URL, binding: Binding): Promise<Identity>;
}

export interface Providers {
  readonly all: readonly Provider[];
  byId(id: string): Provider | undefined;
}

/**
 * It did not come to an identity. `unavailable`: the provider cannot be reached or does not answer as it should;
 * `cancelled`: it says that the person may not or would not; `interrupted`: what came back is not what was begun.
 */
export class ProviderFailure extends Error {
  override readonly name = "ProviderFailure";
  readonly reason: "unavailable" | "cancelled" | "interrupted";
  constructor(reason: ProviderFailure["reason"], cause?: unknown) {
    super(`Signing in by the provider failed: ${reason}`, { cause });
    this.reason = reason;
  }
}
