/**
 * Who is signed in, and as what: the chosen membership and, for a guardian, the chosen child.
 * The choice is remembered on this device, and a teacher for a school day without a network. Decides nothing about
 * access: the server does.
 */
import type { CardSignIn } from "@doudou/shared/contract/cards.ts";
import type { Membership, OwnStudent, SessionView, SignIn } from "@doudou/shared/contract/session.ts";
import type { Locale, Role } from "@doudou/shared/domain/words.ts";
import * as client from "#lib/api/client.ts";
import { ProblemError } from "#lib/api/problem.ts";
import { callsAreMadeIn, OfflineError } from "#lib/api/request.ts";
import { paintDimensions } from "#lib/beans/dimension-colours.ts";
import { askForDimensionNames } from "#lib/beans/dimensions.ts";
import { chooseLocale, followAccountLocale, locale } from "#lib/locale.svelte.ts";
import { noteServerTime, rightNow } from "#lib/offline/device-clock.ts";
import * as device from "#lib/offline/device-session.ts";
import { lock } from "#lib/tablet/lock.svelte.ts";

/** One seat a person may take: a role in a school, for guardians with one child. */
export interface Seat {
  readonly membership: Membership;
  readonly student: OwnStudent | undefined;
}

const STORED_AS = "doudou.seat";
const SCHOOL_STORED_AS = "doudou.school";

let view = $state.raw<SessionView | null>(null);
const signedInAs = $derived(view?.account.id);
/**
 * Grows with all that may change what the server answers. Pages ask anew then, and not when the server only confirms
 * what the device remembered: each would open twice.
 */
let turn = $state(0);
let chosenKey = $state<string | null>(null);
let ended = $state<"expired" | "replaced">();
let asking: Promise<void> | undefined;
let begunAt = 0;
/** On a shared tablet: PIN or password was given a short while ago. */
let isLifted = $state(false);
let liftEnds: ReturnType<typeof setTimeout> | undefined;

callsAreMadeIn({
  language: locale,
  accountId: () => (turn > 0 ? signedInAs : undefined),
  onSignedOut(isOther, askedAt) {
    // What left under the session that this one has taken the place of says nothing about it.
    if (view === null || askedAt < begunAt) return;
    ended = isOther ? "replaced" : "expired";
    void device.forgetSession();
  },
  onServerTime: noteServerTime,
});

askForDimensionNames(() => session.membership?.dimensionNames);
$effect.root(() => {
  $effect(() => {
    const colours = session.membership?.dimensionColours;
    if (colours) paintDimensions(colours);
  });
});

device.onOtherTab({
  signedIn(accountId) {
    if (view === null) return;
    // What one teacher had open is not for the next who takes up the tablet.
    if (accountId !== view.account.id && view.place === "shared-tablet") return location.replace("/");
    ended = accountId === view.account.id ? undefined : "replaced";
  },
  // A shared tablet shows no child's name any longer, whichever tab was asked to sign out.
  signedOut(accountId) {
    if (accountId === view?.account.id) location.replace("/sign-in");
  },
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
  get isStaff(): boolean {
    return this.memberships.some(({ role }) => role === "teacher" || role === "school-admin");
  },
  /** Children get hold of this device. */
  get isOnSharedTablet(): boolean {
    return view?.place === "shared-tablet";
  },
  /** On a shared tablet, in anybody's hands: nothing but awarding, as the server has it too. */
  get isConfined(): boolean {
    return view?.place === "shared-tablet" && !isLifted;
  },
  /** An administrator who has to set up two-step sign-in before anything else. */
  get needsSecondFactor(): boolean {
    return view?.needsSecondFactor === true;
  },
  /** On a shared tablet: until when it is the teacher's alone, by the server's clock, ms. */
  get liftedUntil(): number | undefined {
    return isLifted && view?.openUntil ? Date.parse(view.openUntil) : undefined;
  },
  /** A child is here by its card, on a tablet that is the next child's too. */
  get isByCard(): boolean {
    return view?.place === "student-card";
  },
  /** When it is over at the latest, by the server's clock, in ms. */
  get endsAt(): number | undefined {
    return view === null ? undefined : Date.parse(view.expiresAt);
  },
  /** A call found the session over. The page stays as it is; the person is asked to sign in again. */
  get hasExpired(): boolean {
    return ended !== undefined;
  },
  /** It is over because somebody else has signed in, in another tab of this browser. */
  get isReplaced(): boolean {
    return ended === "replaced";
  },

  /**
   * Finds out who is signed in, once; later calls wait for the same answer. A teacher who was signed in here earlier
   * this school day is let in at once, and the server is asked meanwhile.
   * @throws OfflineError where the server has to be asked and cannot be reached; asking again is then possible
   */
  ready(): Promise<void> {
    asking ??= findOut().catch((failure: unknown) => {
      asking = undefined;
      throw failure;
    });
    return asking;
  },

  /** @throws ProblemError for a wrong login or too many attempts, OfflineError */
  async signIn(input: SignIn): Promise<void> {
    await begin(await client.signIn(input));
  },

  /** The server has opened a session by another way: by PIN, or has lifted or confined this one. */
  async takeUp(next: SessionView): Promise<void> {
    await begin(next);
  },

  /** Without a network, by the device's word: see device-session.ts. */
  async takeUpKept(next: SessionView): Promise<void> {
    keep(next);
    asking = Promise.resolve();
    await device.takeKeptSession(next);
  },

  /** Lifts or restores what confines the session, as far as this page goes. @param until by the server's clock, ms */
  async lift(until: number | null): Promise<void> {
    if (view === null) return;
    const next = { ...view, openUntil: until === null ? null : new Date(until).toISOString() };
    keep(next);
    await device.amendSession(next);
  },

  /** @throws ProblemError for a dead card, a wrong PIN or too many attempts, OfflineError */
  async signInByCard(input: CardSignIn): Promise<void> {
    await begin(await client.signInByCard(input));
  },

  /** Signs out, without a network as well: the server is then told as soon as it can be. */
  async signOut(): Promise<void> {
    const accountId = view?.account.id;
    let isOwed = false;
    try {
      await client.signOut();
    } catch (failure) {
      isOwed = failure instanceof OfflineError;
      if (!isOwed && !isOtherAccount(failure)) throw failure;
    }
    if (accountId !== undefined) await device.signOutHere(accountId, { isOwed });
    localStorage.removeItem(STORED_AS);
    lock.forgetTouch();
    keep(null);
    asking = undefined;
  },

  /** Ends a child's visit here at once, whatever the network says; the server is told with the next question. */
  async leave(): Promise<void> {
    const accountId = view?.account.id;
    if (accountId === undefined) return;
    localStorage.removeItem(STORED_AS);
    keep(null);
    await device.signOutHere(accountId, { isOwed: true });
    asking = undefined;
  },

  /** The school has another logo, or none. */
  noteLogo(schoolId: string, schoolLogo: string | null): void {
    if (view === null) return;
    const memberships = view.memberships.map((one) =>
      one.schoolId === schoolId ? { ...one, schoolLogo } : one,
    );
    keep({ ...view, memberships });
  },

  take(seat: Seat): void {
    chosenKey = keyOf(seat);
    localStorage.setItem(STORED_AS, chosenKey);
  },

  /** Changes the language here at once, and in the account when somebody is signed in. */
  async speak(next: Locale): Promise<void> {
    chooseLocale(next);
    if (view !== null && ended === undefined && !this.isConfined)
      await client.changeAccount({ locale: next });
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

async function begin(next: SessionView): Promise<void> {
  begunAt = Date.now();
  keep(next);
  asking = Promise.resolve();
  await device.rememberSession(next);
}

async function findOut(): Promise<void> {
  await device.paySignOut(client.signOut);
  const remembered = await device.rememberedSession();
  if (remembered === undefined) return await askServer();
  keep(remembered);
  void confirm(remembered);
}

async function askServer(): Promise<void> {
  const next = await client.readSession();
  keep(next);
  if (next !== null) await device.rememberSession(next);
}

/** Asks the server about whom the device remembers; without a network the device's word holds. */
async function confirm(remembered: SessionView): Promise<void> {
  try {
    const next = await client.readSession();
    if (view !== remembered || next === null) return; // when it is over, the call has said so
    await device.rememberSession(next);
    if (next.account.id === remembered.account.id) show(next);
    else location.reload();
  } catch (failure) {
    if (!(failure instanceof OfflineError)) throw failure;
  }
}

function isOtherAccount(failure: unknown): boolean {
  return failure instanceof ProblemError && failure.code === "other-account";
}

function keep(next: SessionView | null): void {
  turn += 1;
  show(next);
}

function show(next: SessionView | null): void {
  view = next;
  ended = undefined;
  chosenKey = localStorage.getItem(STORED_AS);
  watchLift();
  if (next !== null) followAccountLocale(next.account.locale);
  rememberSchool(session.membership);
}

/** The school somebody of this device belongs to, for its front door. Names nobody. */
export interface KnownSchool {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly schoolLogo?: string | null;
}

export function knownSchool(): KnownSchool | null {
  return JSON.parse(localStorage.getItem(SCHOOL_STORED_AS) ?? "null") as KnownSchool | null;
}

function rememberSchool(membership: Membership | undefined): void {
  if (membership === undefined) return;
  const { schoolId, schoolName, schoolLogo } = membership;
  localStorage.setItem(SCHOOL_STORED_AS, JSON.stringify({ schoolId, schoolName, schoolLogo }));
}

/** Ends what was lifted when its time has come; the server does so too. */
function watchLift(): void {
  clearTimeout(liftEnds);
  const left = view?.openUntil ? Date.parse(view.openUntil) - rightNow() : 0;
  isLifted = left > 0;
  if (isLifted) liftEnds = setTimeout(watchLift, left);
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
