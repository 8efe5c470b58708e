/**
 * What taking in the staff of a OneRoster package would do: each person and post against what the school has. Decides;
 * writes nothing. Nobody is known by its name alone, no post ends, and nobody is made an administrator.
 */
import { type Homeroom, isHomeroomTaken } from "../people/assignments.ts";
import type { Bilingual } from "../words.ts";
import { ClassBook, type KnownClass } from "./class-book.ts";
import type { PostOutcome, PostProblem, StaffOutcome, StaffProblem } from "./fields.ts";
import type { StaffCounts } from "./imports.ts";
import type { PostEntry, StaffEntry } from "./one-roster-staff.ts";
import { PERSON } from "./rows.ts";

export interface KnownMember {
  readonly id: string;
  readonly name: string;
  readonly role: "teacher" | "school-admin";
  readonly hasLeft: boolean;
  /** The account, and by what it signs in; null for who has none. */
  readonly login: string | null;
  readonly staffNo: string | null;
}

export interface KnownSubject {
  readonly id: string;
  readonly code: string;
  readonly name: Bilingual;
}

export interface KnownPost extends Homeroom {
  readonly membershipId: string;
  readonly subjectId: string | null;
}

/** Whom the school has and had, what is taught there, and who has which class on the day or later. */
export interface KnownStaff {
  readonly members: readonly KnownMember[];
  readonly subjects: readonly KnownSubject[];
  /** People's own posts in classes of the year; nobody stands in for somebody by these. */
  readonly posts: readonly KnownPost[];
}

/** One thing to do. Everything needed to do it, and to take it back, is in it. */
export type StaffStep =
  | {
      readonly do: "add-staff";
      readonly membershipId: string;
      readonly name: string;
      readonly staffNo: string;
    }
  | { readonly do: "set-staff-no"; readonly membershipId: string; readonly staffNo: string }
  | {
      readonly do: "add-post";
      readonly id: string;
      readonly membershipId: string;
      readonly classId: string;
      readonly subjectId: string | null;
      readonly isHomeroom: boolean;
      readonly startsOn: string;
    };

export interface PlannedPost {
  /** Of the school's class, or what the file calls it where none is known. */
  readonly className: string;
  readonly subject: Bilingual | null;
  readonly isHomeroom: boolean;
  readonly outcome: PostOutcome;
  readonly problem: PostProblem | null;
}

/** Whom the office says a person of the file is: a member, or (null) somebody else than its namesake. */
export interface StaffChoice {
  readonly membershipId: string | null;
}

export interface PlannedStaff {
  readonly name: string;
  readonly staffNo: string;
  readonly isAdministrator: boolean;
  readonly outcome: StaffOutcome;
  readonly problems: readonly StaffProblem[];
  /** Of whom nobody but the office can say whether it is the same person. */
  readonly candidates: readonly {
    readonly id: string;
    readonly name: string;
    readonly login: string | null;
  }[];
  readonly posts: readonly PlannedPost[];
  readonly steps: readonly StaffStep[];
}

export interface StaffPlan {
  /** In the file's order. */
  readonly staff: readonly PlannedStaff[];
  readonly counts: StaffCounts;
}

export interface StaffMeans {
  readonly newId: () => string;
  /** The first day on which what is taken in holds, and the year's last. */
  readonly day: string;
  readonly lastDay: string;
  /** By staff number. */
  readonly choices: ReadonlyMap<string, StaffChoice>;
}

/** Plans to take in these people. @param classes those of the year, and those that the same file adds */
export function planStaff(
  entries: readonly StaffEntry[],
  known: KnownStaff,
  classes: readonly KnownClass[],
  means: StaffMeans,
): StaffPlan {
  return new StaffPlanning(entries, known, new ClassBook(classes, means.newId), means).plan();
}

interface Found {
  readonly entry: StaffEntry;
  readonly member: KnownMember | undefined;
  readonly problems: readonly StaffProblem[];
  readonly candidates: readonly KnownMember[];
}

/** A post whose class and subject the school has. */
interface Claim {
  readonly schoolClass: KnownClass;
  readonly subject: KnownSubject | null;
  readonly isHomeroom: boolean;
  readonly startsOn: string;
}

class StaffPlanning {
  readonly #entries: readonly StaffEntry[];
  readonly #known: KnownStaff;
  readonly #classes: ClassBook;
  readonly #means: StaffMeans;
  /** Of posts the school has, those that the file names. */
  readonly #named = new Set<string>();

  constructor(entries: readonly StaffEntry[], known: KnownStaff, classes: ClassBook, means: StaffMeans) {
    this.#entries = entries;
    this.#known = known;
    this.#classes = classes;
    this.#means = means;
  }

  plan(): StaffPlan {
    const found = this.#identified();
    const claimants = this.#homeroomClaimants(found);
    const staff = found.map((one) => this.#planned(one, claimants));
    const posts = { new: 0, unchanged: 0, problem: 0, missing: 0 };
    const counts = { new: 0, changed: 0, unchanged: 0, problem: 0, kept: 0 };
    for (const { outcome, posts: ofOne } of staff) {
      counts[outcome] += 1;
      for (const post of ofOne) posts[post.outcome] += 1;
    }
    posts.missing = this.#known.posts.filter(({ id }) => !this.#named.has(id)).length;
    return { staff, counts: { ...counts, posts } };
  }

  /** Who is who: by number or login; never by name, but where the office says so. */
  #identified(): Found[] {
    const byNumbers = this.#entries.map((entry) => ({ entry, ...this.#byNumbers(entry) }));
    const met = new Set(byNumbers.flatMap(({ member }) => (member ? [member.id] : [])));
    const found = byNumbers.map((one) => (one.problem ? refused(one, one.problem) : this.#settled(one, met)));
    const times = (key: (one: Found) => string | null | undefined) => {
      const counted = Map.groupBy(found, (one) => key(one) ?? "");
      return (one: Found) => (key(one) ? (counted.get(key(one) ?? "")?.length ?? 0) : 0);
    };
    const several = [
      times(({ entry }) => entry.staffNo),
      times(({ entry }) => entry.login),
      times(({ member }) => member?.id),
    ];
    return found.map((one) =>
      several.some((of) => of(one) > 1) ? { ...one, problems: [...one.problems, "staff-twice"] } : one,
    );
  }

  #byNumbers({ staffNo, login }: StaffEntry): {
    readonly member: KnownMember | undefined;
    readonly problem?: StaffProblem;
  } {
    const byNo = this.#known.members.find((one) => one.staffNo === staffNo);
    const signingIn = login === null ? [] : this.#known.members.filter((one) => one.login === login);
    const byLogin = preferred(signingIn);
    const isSame = byNo === undefined || byLogin === undefined || byNo.login === byLogin.login;
    const isNumbered = byNo === undefined && signingIn.some((one) => one.staffNo !== null);
    return isSame && !isNumbered
      ? { member: byNo ?? byLogin }
      : { member: undefined, problem: "numbers-disagree" };
  }

  #settled(
    { entry, member }: { readonly entry: StaffEntry; readonly member: KnownMember | undefined },
    met: ReadonlySet<string>,
  ): Found {
    const one = { entry, member, problems: [], candidates: [] };
    if (!PERSON.test(entry.name)) return refused(one, "name-missing");
    const choice = this.#means.choices.get(entry.staffNo);
    if (member) {
      if (member.hasLeft) return refused(one, "has-left");
      if (member.name === entry.name || choice?.membershipId === member.id) return one;
      return refused(one, "name-disagrees", [member]);
    }
    const namesakes = this.#known.members.filter(
      (other) => other.name === entry.name && !other.hasLeft && other.staffNo === null && !met.has(other.id),
    );
    const chosen = namesakes.find(({ id }) => id === choice?.membershipId);
    if (chosen) return { ...one, member: chosen };
    if (namesakes.length === 0 || choice?.membershipId === null) return one;
    return refused(one, "name-known", namesakes);
  }

  /** Who, of those that are taken in, the file says to be the homeroom teacher of each class. */
  #homeroomClaimants(found: readonly Found[]): ReadonlyMap<string, ReadonlySet<string>> {
    const claimants = new Map<string, Set<string>>();
    for (const { entry, problems } of found) {
      if (problems.length > 0) continue;
      for (const post of entry.posts.filter(({ isHomeroom }) => isHomeroom)) {
        const id = this.#startOf(post) && post.className && this.#classes.known(post.className)?.id;
        if (id) claimants.set(id, (claimants.get(id) ?? new Set()).add(entry.staffNo));
      }
    }
    return claimants;
  }

  #planned(
    { entry, member, problems, candidates }: Found,
    claimants: ReadonlyMap<string, ReadonlySet<string>>,
  ): PlannedStaff {
    const shown = {
      name: entry.name,
      staffNo: entry.staffNo,
      isAdministrator: entry.isAdministrator,
      problems,
      candidates: candidates.map(({ id, name, login }) => ({ id, name, login })),
    };
    if (problems.length > 0) return { ...shown, outcome: "problem", posts: [], steps: [] };
    const steps: StaffStep[] = [];
    const membershipId = member?.id ?? this.#means.newId();
    const { name, staffNo } = entry;
    if (!member) steps.push({ do: "add-staff", membershipId, name, staffNo });
    else if (member.staffNo === null) steps.push({ do: "set-staff-no", membershipId, staffNo });

    const posts: PlannedPost[] = [];
    const claims: Claim[] = [];
    for (const post of entry.posts) {
      const startsOn = this.#startOf(post);
      if (startsOn === null) continue;
      const claim = this.#claim(post, startsOn);
      if ("problem" in claim) posts.push(claim);
      else claims.push(claim);
    }
    const isTeacher = member === undefined || member.role === "teacher";
    for (const [classId, ofClass] of Map.groupBy(claims, ({ schoolClass }) => schoolClass.id)) {
      const isContested = (claimants.get(classId)?.size ?? 0) > 1;
      const settled = this.#postsIn(membershipId, ofClass, { isContested, isTeacher });
      posts.push(...settled.posts);
      steps.push(...settled.steps);
    }
    const outcome = member === undefined ? "new" : steps.length > 0 ? "changed" : "unchanged";
    return { ...shown, outcome, posts, steps };
  }

  /** The first day of a post, not before the plan's own; null for one that is over, or begins after the year. */
  #startOf({ from, until }: PostEntry): string | null {
    const { day, lastDay } = this.#means;
    const startsOn = from !== null && from > day ? from : day;
    return (until !== null && until < startsOn) || startsOn > lastDay ? null : startsOn;
  }

  #claim(post: PostEntry, startsOn: string): Claim | PlannedPost {
    const subject = this.#subjectNamed(post.subjects) ?? null;
    const schoolClass = post.className && this.#classes.known(post.className);
    const { isHomeroom } = post;
    const problem = !post.className
      ? "class-unclear"
      : !schoolClass
        ? "class-unknown"
        : subject === null && !isHomeroom
          ? "subject-unknown"
          : null;
    if (schoolClass && problem === null) return { schoolClass, subject, isHomeroom, startsOn };
    const className = schoolClass?.name ?? post.title;
    return {
      className: [className, ...(subject === null ? post.subjects.slice(0, 1) : [])].join(" · "),
      subject: subject?.name ?? null,
      isHomeroom,
      outcome: "problem",
      problem,
    };
  }

  /** Exactly so called, or the only one whose name begins so: 体育 for 体育与健康. */
  #subjectNamed(texts: readonly string[]): KnownSubject | undefined {
    const plain = texts.map((text) => text.toLowerCase().replace(/课$/, ""));
    const names = ({ code, name }: KnownSubject) => [code, name.zh, name.en].map((one) => one.toLowerCase());
    for (const text of plain) {
      const exact = this.#known.subjects.find((subject) => names(subject).includes(text));
      if (exact) return exact;
    }
    for (const text of plain.filter(({ length }) => length > 1)) {
      const [only, another] = this.#known.subjects.filter((subject) =>
        names(subject).some((name) => name.startsWith(text)),
      );
      if (only && !another) return only;
    }
    return undefined;
  }

  /** What one person has in one class: what it holds already stays as it is, and the rest is added. */
  #postsIn(
    membershipId: string,
    claims: readonly Claim[],
    { isContested, isTeacher }: { readonly isContested: boolean; readonly isTeacher: boolean },
  ): { readonly posts: PlannedPost[]; readonly steps: StaffStep[] } {
    const posts: PlannedPost[] = [];
    const steps: StaffStep[] = [];
    for (const { schoolClass, subject, isHomeroom, startsOn } of merged(claims)) {
      const { id: classId, name: className } = schoolClass;
      const held = this.#known.posts.filter(
        (post) =>
          post.membershipId === membershipId &&
          post.classId === classId &&
          (post.endsOn === null || post.endsOn >= startsOn),
      );
      const ofSubject = held.filter(({ subjectId }) => subject !== null && subjectId === subject.id);
      const asHomeroom = isHomeroom ? held.filter((post) => post.isHomeroom) : [];
      for (const { id } of [...ofSubject, ...asHomeroom]) this.#named.add(id);
      const lacksSubject = subject !== null && ofSubject.length === 0;
      const lacksHomeroom = isHomeroom && asHomeroom.length === 0;
      const shown = { className, subject: subject?.name ?? null, isHomeroom };
      if (!lacksSubject && !lacksHomeroom) {
        posts.push({ ...shown, outcome: "unchanged", problem: null });
        continue;
      }
      if (!isTeacher) {
        posts.push({ ...shown, outcome: "problem", problem: "not-a-teacher" });
        continue;
      }
      const others = this.#known.posts.filter((post) => post.membershipId !== membershipId);
      const isTaken =
        lacksHomeroom && (isContested || isHomeroomTaken({ classId, startsOn, endsOn: null }, others));
      if (isTaken)
        posts.push({
          className,
          subject: null,
          isHomeroom,
          outcome: "problem",
          problem: "homeroom-taken",
        });
      if (isTaken && !lacksSubject) continue;
      posts.push({ ...shown, isHomeroom: isHomeroom && !isTaken, outcome: "new", problem: null });
      steps.push({
        do: "add-post",
        id: this.#means.newId(),
        membershipId,
        classId,
        subjectId: lacksSubject ? subject.id : null,
        isHomeroom: lacksHomeroom && !isTaken,
        startsOn,
      });
    }
    return { posts, steps };
  }
}

/** Each subject of one class once; who is its homeroom teacher too has that with the first of them. */
function merged(claims: readonly Claim[]): Claim[] {
  const ordered = claims.toSorted((one, other) =>
    (one.subject?.code ?? "") < (other.subject?.code ?? "") ? -1 : 1,
  );
  const subjects: Claim[] = [];
  for (const claim of ordered)
    if (claim.subject && !subjects.some(({ subject }) => subject === claim.subject))
      subjects.push({ ...claim, isHomeroom: false });
  const homeroom = ordered.find(({ isHomeroom }) => isHomeroom);
  if (!homeroom) return subjects;
  const place = subjects.findIndex(({ startsOn }) => startsOn === homeroom.startsOn);
  if (place < 0) return [{ ...homeroom, subject: null }, ...subjects];
  return subjects.map((claim, at) => (at === place ? { ...claim, isHomeroom: true } : claim));
}

/** The teacher of one account, since only a teacher can have posts. */
function preferred(members: readonly KnownMember[]): KnownMember | undefined {
  const here = members.filter(({ hasLeft }) => !hasLeft);
  return here.find(({ role }) => role === "teacher") ?? here[0] ?? members[0];
}

function refused(
  one: { readonly entry: StaffEntry; readonly member: KnownMember | undefined },
  problem: StaffProblem,
  candidates: readonly KnownMember[] = [],
): Found {
  return { entry: one.entry, member: one.member, problems: [problem], candidates };
}
