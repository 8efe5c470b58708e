/** The privacy notice, guardians' consents by purpose, their requests about a child's record, and erasing one. */
import Type, { type Static } from "typebox";
import { CONSENT_METHODS, PURPOSES } from "../domain/consent.ts";
import { REQUEST_KINDS, REQUEST_STATES } from "../domain/privacy-requests.ts";
import { ERASURE_GROUNDS } from "../domain/retention.ts";
import { Bilingual, ClassRef, Id, Instant, LocalDate, NewId, oneOf, WrittenText } from "./common.ts";

const PurposeName = oneOf(PURPOSES);
const Version = Type.String({ maxLength: 20, description: "of the privacy notice" });
const Answer = oneOf(["yes", "no"] as const);
const Name = Type.String();
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const PurposeAsked = Type.Object({
  purpose: PurposeName,
  name: Bilingual,
  what: Bilingual,
  why: Bilingual,
  without: Bilingual,
});
export type PurposeAsked = Static<typeof PurposeAsked>;

export const PrivacyOfficer = Type.Object(
  {
    name: WrittenText({ minLength: 1, maxLength: 40 }),
    contact: Type.Unsafe<string>({
      ...WrittenText({ minLength: 1, maxLength: 120 }),
      description: "how families reach that person: phone, address, room",
    }),
  },
  { additionalProperties: false },
);
export type PrivacyOfficer = Static<typeof PrivacyOfficer>;

/** With who it was when it was looked at: refused where somebody else is by now. */
export const NameOfficer = Type.Object(
  { was: orNull(PrivacyOfficer), officer: PrivacyOfficer },
  { additionalProperties: false },
);
export type NameOfficer = Static<typeof NameOfficer>;

export const NoticeQuery = Type.Object({
  version: Type.Optional(Version),
  school: Type.Optional(
    Type.String({ format: "uuid", description: "whose officer is named, where there are several schools" }),
  ),
});
export type NoticeQuery = Static<typeof NoticeQuery>;

export const PrivacyNotice = Type.Object({
  version: Version,
  since: LocalDate,
  versions: Type.Array(Type.Object({ version: Version, since: LocalDate }), { description: "latest first" }),
  changes: Type.Array(Bilingual, { description: "what is new against the version before" }),
  sections: Type.Array(Type.Object({ heading: Bilingual, paragraphs: Type.Array(Bilingual) })),
  purposes: Type.Array(PurposeAsked),
  school: orNull(
    Type.Object({
      name: Name,
      officer: orNull(PrivacyOfficer),
    }),
  ),
});
export type PrivacyNotice = Static<typeof PrivacyNotice>;

/** The word that counts for one purpose. */
export const ConsentView = Type.Object({
  purpose: PurposeName,
  answer: oneOf(["yes", "no", "unasked"] as const),
  isOutdated: Type.Boolean({
    description: "a yes to words that have changed since: it is asked for again, and stands until then",
  }),
  said: orNull(
    Type.Object({
      at: Instant,
      by: Type.Object({ name: Name, isStaff: Type.Boolean({ description: "written down by staff" }) }),
      guardian: Name,
      method: oneOf(CONSENT_METHODS),
      noticeVersion: Version,
    }),
  ),
});
export type ConsentView = Static<typeof ConsentView>;

/** What stands of one purpose, and no more: for whoever looks at a family, not at its words. */
export const ConsentInBrief = Type.Interface([Type.Pick(ConsentView, ["purpose", "answer", "isOutdated"])], {
  name: Bilingual,
});
export type ConsentInBrief = Static<typeof ConsentInBrief>;

export const ChildConsents = Type.Object({
  noticeVersion: Version,
  schoolId: Id,
  officer: orNull(PrivacyOfficer),
  changes: Type.Array(Bilingual, {
    description: "what has come to the notice since the words that are asked for again; empty where none are",
  }),
  asked: Type.Array(PurposeAsked),
  consents: Type.Array(ConsentView, { description: "one for each purpose" }),
});
export type ChildConsents = Static<typeof ChildConsents>;

export const ConsentAnswer = Type.Object(
  { purpose: PurposeName, answer: Answer, noticeVersion: Version },
  { additionalProperties: false },
);
export type ConsentAnswer = Static<typeof ConsentAnswer>;

/** A word given on paper, as staff write it down. */
export const PaperConsents = Type.Object(
  {
    guardianId: Id,
    noticeVersion: Version,
    answers: Type.Array(
      Type.Object({ purpose: PurposeName, answer: Answer }, { additionalProperties: false }),
      {
        minItems: 1,
        maxItems: PURPOSES.length,
      },
    ),
  },
  { additionalProperties: false },
);
export type PaperConsents = Static<typeof PaperConsents>;

export const ClassConsents = Type.Object({
  class: ClassRef,
  noticeVersion: Version,
  asked: Type.Array(PurposeAsked),
  students: Type.Array(
    Type.Object({
      id: Id,
      name: Name,
      consents: Type.Array(ConsentView),
      guardians: Type.Array(Type.Object({ id: Id, name: Name, relation: Type.String() })),
    }),
  ),
});
export type ClassConsents = Static<typeof ClassConsents>;

const KindName = oneOf(REQUEST_KINDS);

export const RequestInput = Type.Object(
  {
    id: NewId,
    kind: KindName,
    text: WrittenText({ maxLength: 1000 }),
  },
  { additionalProperties: false },
);
export type RequestInput = Static<typeof RequestInput>;

export const PrivacyRequest = Type.Object({
  id: Id,
  kind: KindName,
  text: Type.String(),
  state: oneOf(REQUEST_STATES),
  askedAt: Instant,
  dueOn: LocalDate,
  answer: orNull(Type.String()),
  answeredAt: orNull(Instant),
  isMine: Type.Boolean({ description: "asked by the caller, who may take it back while it is open" }),
});
export type PrivacyRequest = Static<typeof PrivacyRequest>;

export const ChildRequests = Type.Object({
  requests: Type.Array(PrivacyRequest, { description: "latest first" }),
  answerWithinWorkingDays: Type.Integer(),
});
export type ChildRequests = Static<typeof ChildRequests>;

export const OfficeRequest = Type.Interface([PrivacyRequest], {
  student: Type.Object({ id: Id, name: Name }),
  askedBy: orNull(Name),
  answeredBy: orNull(Name),
  urgency: oneOf(["overdue", "soon", "in-time"] as const),
  mayErase: Type.Boolean({ description: "asks for erasure, and the child has left the school" }),
});
export type OfficeRequest = Static<typeof OfficeRequest>;

/** What the school's office has to do for families' rights. */
export const PrivacyOffice = Type.Object({
  officer: orNull(PrivacyOfficer),
  notice: Type.Object({
    version: Version,
    since: LocalDate,
    askedAgain: Type.Array(
      Type.Object({ purpose: PurposeName, name: Bilingual, children: Type.Integer({ minimum: 1 }) }),
      { description: "of how many children here now the yes was to words that have changed since" },
    ),
  }),
  open: Type.Array(OfficeRequest, { description: "due first" }),
  settled: Type.Array(OfficeRequest, { description: "latest first" }),
  overTime: Type.Array(Type.Object({ id: Id, name: Name, studentNo: Type.String(), leftOn: LocalDate }), {
    description: "children who left so long ago that their records are to be erased",
  }),
  incidents: Type.Object(
    {
      open: Type.Integer({ minimum: 0 }),
      lastDrillOn: orNull(LocalDate),
      isDrillDue: Type.Boolean({ description: "none was finished within a year" }),
    },
    { description: "of the register" },
  ),
  erased: Type.Array(Type.Object({ studentId: Id, ground: oneOf(ERASURE_GROUNDS), at: Instant, by: Name }), {
    description: "latest first",
  }),
});
export type PrivacyOffice = Static<typeof PrivacyOffice>;

export const RequestAnswer = Type.Object(
  {
    state: oneOf(["granted", "refused"] as const),
    answer: WrittenText({ minLength: 1, maxLength: 2000 }),
  },
  { additionalProperties: false, description: "in writing; a refusal says why" },
);
export type RequestAnswer = Static<typeof RequestAnswer>;

export const Erase = Type.Object(
  {
    ground: oneOf(ERASURE_GROUNDS),
    name: Type.String({
      maxLength: 100,
      description: "the child's name, typed, so that no other is erased by a slip",
    }),
  },
  { additionalProperties: false },
);
export type Erase = Static<typeof Erase>;

export const ErasedChild = Type.Object({
  studentId: Id,
  at: Instant,
  counts: Type.Record(Type.String(), Type.Integer(), { description: "how much went, by what it was" }),
});
export type ErasedChild = Static<typeof ErasedChild>;
