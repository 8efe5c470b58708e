/**
 * Children's cards: a code by chance on paper and a PIN of the child's own open a session of a quarter of an hour.
 * No account without a guardian's consent on record. The code is told once, when the card is issued.
 */
import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { type AccountMembership, membershipsOfAccount } from "@doudou/db/repositories/accounts.ts";
import {
  cardByCode,
  type CardWithHash,
  cardHolders,
  chooseCardPin,
  forgetCardPin,
  issueCard,
  openStudentAccount,
} from "@doudou/db/repositories/cards.ts";
import { classById, enrollmentsOf, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type {
  CardSignIn,
  CardsToPrint,
  CardView,
  ClassCards,
  IssuedCards,
  ShownCard,
} from "@doudou/shared/contract/cards.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import {
  CODE_BYTES,
  cardCodeOf,
  isPinOf,
  pinKindOfGrade,
  readCardCode,
} from "@doudou/shared/domain/cards.ts";
import type { Locale, PinKind } from "@doudou/shared/domain/words.ts";
import { covers, type Grant } from "../../access/caller.ts";
import type { Opened } from "../../access/hands.ts";
import { hashPassword, isPasswordOf, publicAccount } from "../../access/sessions.ts";
import { type Attempt, forgiveCard, noteOutcome, refuseIfThrottled } from "../../access/throttle.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import type { PrintedCard } from "../../documents/student-card-page.ts";
import type { PdfFile } from "../../http/pdf.ts";
import { Problem, problemBody } from "../../http/problem.ts";
import { schoolPaper } from "../schools/service.ts";
import { openSession } from "../sessions/service.ts";

/**
 * What a card asks for next.
 * @throws Problem card-unknown, card-without-consent, too-many-attempts
 */
export async function lookAtCard(
  deps: Deps,
  { code, address }: ShownCard & { address: string },
): Promise<CardView> {
  const { card, pinKind } = await shownCard(deps, code, address);
  return { name: card.account.displayName, pinKind, hasPin: card.pinHash !== null };
}

/**
 * Signs a child in. The first PIN given with a new card is the child's from then on.
 * @throws Problem card-unknown, card-without-consent, card-pin-wrong, invalid-input, too-many-attempts
 */
export async function signInByCard(
  deps: Deps,
  { code, pin, address }: CardSignIn & { address: string },
): Promise<Opened> {
  const { card, pinKind, written, codeHash, attempt } = await shownCard(deps, code, address);
  if (card.pinHash === null) {
    if (!isPinOf(pinKind, pin))
      throw new Problem("invalid-input", { errors: [{ path: "/pin", message: `must be of ${pinKind}` }] });
    const pinHash = await hashPassword(sealed(written, pin));
    const isChosen = await deps.database.write(EVERY_SCHOOL, (store) =>
      chooseCardPin(store, codeHash, { pinKind, pinHash }),
    );
    if (!isChosen) throw new Problem("card-pin-wrong");
  } else {
    const isRight = await isPasswordOf(card.pinHash, sealed(written, pin));
    await noteOutcome(deps.database, attempt, isRight);
    if (!isRight) throw new Problem("card-pin-wrong");
  }
  return await openSession(deps, publicAccount(card.account), "student-card");
}

/** The cards of a class, for its homeroom teacher. */
export async function cardsOfClass(deps: Deps, { schoolId }: Grant, classId: string): Promise<ClassCards> {
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), timeZone);
  return await deps.database.read(schoolId, async (store) => {
    const row = await classById(store, schoolId, classId);
    if (!row) throw new Problem("not-found");
    const students = await studentsOfClass(store, schoolId, classId, today);
    const holders = await cardHolders(
      store,
      schoolId,
      students.map(({ id }) => id),
    );
    return {
      class: { id: row.id, name: row.name, grade: row.grade },
      students: students.map(({ id, name, studentNo }) => {
        const holder = holders.find(({ studentId }) => studentId === id);
        const card = holder?.card;
        return {
          student: { id, name, studentNo },
          hasConsent: holder?.hasConsent ?? false,
          card: card
            ? {
                issuedAt: card.issuedAt.toISOString(),
                pinKind: card.pinKind ?? pinKindOfGrade(row.grade),
                hasPin: card.hasPin,
              }
            : null,
        };
      }),
    };
  });
}

/**
 * Issues cards to children of a class. A card that a child had is worth nothing from then on, and what was opened by it
 * is closed. A child without consent gets none, and the teacher is told why.
 */
export async function issueCards(
  deps: Deps,
  grant: Grant,
  { classId, studentIds, locale }: { classId: string; studentIds: readonly string[]; locale: Locale },
): Promise<IssuedCards> {
  const { schoolId } = grant;
  const at = deps.now();
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(at.getTime(), timeZone);
  const replaced: string[] = [];
  const cards = await deps.database.write(schoolId, async (store) => {
    const students = await studentsOfClass(store, schoolId, classId, today);
    const holders = await cardHolders(store, schoolId, studentIds);
    const issued: IssuedCards["cards"] = [];
    for (const studentId of studentIds) {
      const student = students.find(({ id }) => id === studentId);
      const holder = holders.find((h) => h.studentId === studentId);
      const obstacle =
        !student || !holder ? "student-not-found" : holder.hasConsent ? undefined : "card-without-consent";
      if (obstacle !== undefined || !student || !holder) {
        const problem = problemBody(new Problem(obstacle ?? "student-not-found"), locale);
        issued.push({ studentId, problem });
        continue;
      }
      const accountId = holder.accountId ?? uuidv7();
      if (holder.accountId === null) {
        await openStudentAccount(store, schoolId, {
          accountId,
          membershipId: uuidv7(),
          studentId,
          login: `card-${accountId}`,
          name: student.name,
          locale: "zh-CN",
          at,
        });
      }
      const code = cardCodeOf(Uint8Array.from({ length: CODE_BYTES }, () => deps.drawBelow(256)));
      await issueCard(store, { accountId, codeHash: hashOfCode(code), issuedAt: at });
      if (holder.card) replaced.push(accountId);
      issued.push({ studentId, code });
    }
    const action = "card.issue";
    for (const card of issued)
      if ("code" in card) await noteChange(store, grant, { action, at, classId, studentId: card.studentId });
    return issued;
  });
  for (const accountId of replaced) await deps.sessions.closeAll(accountId);
  return { cards };
}

/**
 * The cards of children of a class on paper. Whoever asks has the codes: they are printed only where they still open.
 * @throws Problem student-not-found, card-unknown
 */
export async function cardSheet(
  deps: Deps,
  { schoolId }: Grant,
  { classId, cards, locale }: CardsToPrint & { classId: string; locale: Locale },
): Promise<PdfFile> {
  const frame = await deps.frames.of(schoolId);
  const { name: schoolName, timeZone } = frame;
  const today = localDayOf(deps.now().getTime(), timeZone);
  const { of, printed } = await deps.database.read(schoolId, async (store) => {
    const row = await classById(store, schoolId, classId);
    const students = await studentsOfClass(store, schoolId, classId, today);
    const ids = cards.map(({ studentId }) => studentId);
    const holders = await cardHolders(store, schoolId, ids);
    const found: PrintedCard[] = [];
    for (const { studentId, code } of cards) {
      const student = students.find(({ id }) => id === studentId);
      if (!row || !student) throw new Problem("student-not-found");
      const written = readCardCode(code) ?? "";
      const card = await cardByCode(store, hashOfCode(written));
      const holder = holders.find((other) => other.studentId === studentId);
      if (!card || card.account.id !== holder?.accountId) throw new Problem("card-unknown");
      found.push({ name: student.name, code: written, pinKind: card.pinKind ?? pinKindOfGrade(row.grade) });
    }
    return { of: row, printed: found };
  });
  const className = of?.name ?? "";
  const settings = { locale, schoolName, className, ...(await schoolPaper(deps, frame)) };
  const bytes = await deps.documents.studentCardsPdf(printed, settings);
  return { name: `${locale === "en" ? "Doudou cards" : "豆豆卡"} ${className}.pdf`, bytes };
}

/** The child has forgotten its PIN and chooses a new one at the next use. @throws Problem card-none */
export async function resetCardPin(deps: Deps, grant: Grant, studentId: string): Promise<void> {
  const { schoolId } = grant;
  const [holder] = await deps.database.read(schoolId, (store) => cardHolders(store, schoolId, [studentId]));
  const accountId = holder?.accountId;
  const codeHash =
    accountId &&
    (await deps.database.write(EVERY_SCHOOL, async (store) => {
      const forgotten = await forgetCardPin(store, accountId);
      if (forgotten) await noteChange(store, grant, { action: "card.reset-pin", at: deps.now(), studentId });
      return forgotten;
    }));
  if (!codeHash) throw new Problem("card-none");
  await forgiveCard(deps.database, codeHash);
}

interface Shown {
  readonly card: CardWithHash;
  readonly pinKind: PinKind;
  readonly written: string;
  readonly codeHash: string;
  readonly attempt: Attempt;
}

/** A code nobody has counts as a failure of the address, so that codes cannot be tried out. */
async function shownCard(deps: Deps, code: string, address: string): Promise<Shown> {
  const written = readCardCode(code) ?? "";
  const codeHash = hashOfCode(written);
  const attempt = { of: "card", name: codeHash, address, now: deps.now() } as const;
  await refuseIfThrottled(deps.database, attempt);
  const card = await deps.database.read(EVERY_SCHOOL, (store) => cardByCode(store, codeHash));
  if (!card || card.account.disabledAt !== null) {
    await noteOutcome(deps.database, attempt, false);
    throw new Problem("card-unknown");
  }
  const memberships = await deps.database.read(EVERY_SCHOOL, (store) =>
    membershipsOfAccount(store, card.account.id),
  );
  const [membership] = memberships.filter(({ role }) => role === "student");
  if (!membership) throw new Problem("card-without-consent");
  const pinKind = card.pinKind ?? (await pinKindFor(deps, membership));
  return { card, pinKind, written, codeHash, attempt };
}

async function pinKindFor(
  deps: Deps,
  { schoolId, studentId, timeZone }: AccountMembership,
): Promise<PinKind> {
  const today = localDayOf(deps.now().getTime(), timeZone);
  const enrolled = await deps.database.read(schoolId, (store) =>
    enrollmentsOf(store, schoolId, studentId === null ? [] : [studentId]),
  );
  return pinKindOfGrade(enrolled.find((e) => covers(e, today))?.class.grade ?? 9);
}

function hashOfCode(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}

/** The hash takes in the card's code, which the database does not have: its copy gives no PIN away. */
function sealed(code: string, pin: string): string {
  return `${code}\n${pin}`;
}
