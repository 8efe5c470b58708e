/**
 * Who is signed in, and as what: the chosen membership and, for a guardian, the chosen child.
 * The choice is remembered on this device. Decides nothing about access: the server does.
 */
import type { Membership, OwnStudent, SessionView, SignIn } from "@doudou/shared/contract/session.ts";
import type { Locale, Role } from "@doudou/shared/domain/words.ts";
import * as client from "#lib/api/client.ts";
import { onSignedOut } from "#lib/api/request.ts";
import { chooseLocale, followAccountLocale } from "#lib/locale.svelte.ts";

/** One seat a person may take: a role in a school, for guardians with one child. */
export interface Seat {
  readonly membership: Membership;
  readonly student: OwnStudent | undefined;
}

const STORED_AS = "doudou.seat";

let view = $state.raw<SessionView | null>(null);
let chosenKey = $state<string | null>(null);
let expired = $state(false);
let asking: Promise<void> | undefined;

onSignedOut(() => {
  if (view !== null) expired = true;
});

export const session = {
  get account() {
    return view?.account;
  },
  get memberships(): readonly Membership[] {
    return view?.memberships ?? [];
  },
  /** Every seat this person may take, in the server's order. */
  get seats(): readonly Seat[] {
    return seatsOf(view?.memberships ?? []);
  },
  /** The seat taken now; undefined only while nobody is signed in or the account has no role. */
  get seat(): Seat | undefined {
    const seats = seatsOf(view?.memberships ?? []);
    return seats.find((seat) => keyOf(seat) === chosenKey) ?? seats[0];
  },
  get membership(): Membership | undefined {
    return this.seat?.membership;
  },
  /** The child the pages are about: oneself for a student, the chosen child for a guardian. */
  get student(): OwnStudent | undefined {
    return this.seat?.student;
  },
  get isSignedIn(): boolean {
    return view !== null;
  },
  /** A call found the session over. The page stays as it is; the person is asked to sign in again. */
  get hasExpired(): boolean {
    return expired;
  },

  /**
   * Asks the server who is signed in, once; later calls wait for the same answer.
   * @throws OfflineError where the server cannot be reached; asking again is then possible
   */
  ready(): Promise<void> {
    asking ??= client.readSession().then(keep, (failure: unknown) => {
      asking = undefined;
      throw failure;
    });
    return asking;
  },

  /** @throws ProblemError for a wrong login or too many attempts, OfflineError */
  async signIn(input: SignIn): Promise<void> {
    keep(await client.signIn(input));
    asking = Promise.resolve();
  },

  /** @throws OfflineError; the person is then still signed in */
  async signOut(): Promise<void> {
    await client.signOut();
    localStorage.removeItem(STORED_AS);
    keep(null);
  },

  take(seat: Seat): void {
    chosenKey = keyOf(seat);
    localStorage.setItem(STORED_AS, chosenKey);
  },

  /** Changes the language here at once, and in the account when somebody is signed in. */
  async speak(locale: Locale): Promise<void> {
    chooseLocale(locale);
    if (view !== null && !expired) await client.changeAccount({ locale });
  },
};

/** The page a role starts from. */
export function homePathOf(
  membership: { readonly role: Role } | undefined,
): "/classes" | "/me" | "/family" | "/sign-in" {
  switch (membership?.role) {
    case "teacher":
    case "school-admin":
      return "/classes";
    case "student":
      return "/me";
    case "guardian":
      return "/family";
    case undefined:
      return "/sign-in";
  }
}

function keep(next: SessionView | null): void {
  view = next;
  expired = false;
  chosenKey = localStorage.getItem(STORED_AS);
  if (next !== null) followAccountLocale(next.account.locale);
}

function seatsOf(memberships: readonly Membership[]): Seat[] {
  return memberships.flatMap((membership): Seat[] =>
    membership.students.length === 0
      ? [{ membership, student: undefined }]
      : membership.students.map((student) => ({ membership, student })),
  );
}

function keyOf({ membership, student }: Seat): string {
  return student === undefined ? membership.id : `${membership.id}/${student.id}`;
}
