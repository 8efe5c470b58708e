/**
 * What taking in a roster would do: each row against what the school has. Decides; writes nothing. The same rows against
 * the same school give the same plan, and a plan that is carried out leaves nothing for the same rows to do.
 * A blank cell changes nothing, and nobody is ever removed.
 */
import { ClassBook, type KnownClass } from "./class-book.ts";
import type { ChangedField, Relation, RowOutcome, Sex } from "./fields.ts";
import type { CellProblem, GuardianEntry, PupilEntry } from "./rows.ts";

export interface KnownGuardian {
  readonly guardianshipId: string;
  readonly membershipId: string;
  readonly name: string;
  readonly relation: string;
  readonly phone: string | null;
}

export interface OfficeRecord {
  readonly nationalNo: string | null;
  readonly sex: Sex | null;
  readonly bornOn: string | null;
}

export interface KnownPupil {
  readonly id: string;
  readonly studentNo: string;
  readonly name: string;
  readonly pinyin: string;
  /** What the office keeps of the pupil beyond that; null where it keeps nothing. */
  readonly record: OfficeRecord | null;
  /** On the day the plan is for. */
  readonly enrollment: {
    readonly id: string;
    readonly classId: string;
    readonly className: string;
    readonly endsOn: string | null;
  } | null;
  readonly guardians: readonly KnownGuardian[];
}

/** What the school has: of the academic year the roster is for, on a day of it. */
export interface KnownRoster {
  readonly classes: readonly KnownClass[];
  readonly pupils: readonly KnownPupil[];
}

type Changed<T> = { readonly before: T; readonly after: T };

/** One thing to do. Everything needed to do it, and to take it back, is in it. */
export type Step =
  | {
      readonly do: "add-student";
      readonly id: string;
      readonly studentNo: string;
      readonly name: string;
      readonly pinyin: string;
    }
  | ({ readonly do: "change-student"; readonly id: string } & Changed<StudentFacts>)
  | {
      readonly do: "set-record";
      readonly studentId: string;
      readonly before: OfficeRecord | null;
      readonly after: OfficeRecord;
    }
  | {
      readonly do: "enroll";
      readonly id: string;
      readonly studentId: string;
      readonly classId: string;
      /** The class that ends the day before. */
      readonly from: { readonly id: string; readonly endsOn: string | null } | null;
    }
  | {
      readonly do: "add-guardian";
      readonly membershipId: string;
      readonly name: string;
      readonly phone: string | null;
    }
  | ({ readonly do: "rename-guardian"; readonly membershipId: string } & Changed<string>)
  | ({ readonly do: "set-phone"; readonly membershipId: string } & Changed<string | null>)
  | {
      readonly do: "add-guardianship";
      readonly id: string;
      readonly membershipId: string;
      readonly studentId: string;
      readonly relation: Relation;
    }
  | ({ readonly do: "change-relation"; readonly guardianshipId: string } & Changed<string>);

export interface StudentFacts {
  readonly studentNo: string;
  readonly name: string;
  readonly pinyin: string;
}

/** What differs, as it is shown: `before` is null for what is new. Whose it is, where it is a guardian's. */
export interface RowChange {
  readonly field: ChangedField;
  readonly before: string | null;
  readonly after: string;
  readonly guardian?: string;
}

export interface PlannedRow {
  /** Of the table; 0 for a pupil whom the table does not name. */
  readonly row: number;
  readonly furtherRows: readonly number[];
  readonly outcome: RowOutcome;
  readonly name: string;
  readonly studentNo: string | null;
  readonly className: string | null;
  readonly changes: readonly RowChange[];
  readonly problems: readonly CellProblem[];
  readonly steps: readonly Step[];
}

export interface RosterPlan {
  /** In the table's order, then the pupils it does not name, in the order of their numbers. */
  readonly rows: readonly PlannedRow[];
  /** Classes that are named by a row that is taken in, and that the school does not have. */
  readonly newClasses: readonly KnownClass[];
}

export interface Means {
  readonly newId: () => string;
  readonly pinyinOf: (name: string) => string;
  /** The year in which the academic year begins: numbers for pupils who bring none start with it. */
  readonly year: number;
}

/** Plans to take in these pupils. */
export function planRoster(entries: readonly PupilEntry[], known: KnownRoster, means: Means): RosterPlan {
  return new Planning(known, means).plan(entries);
}

/** What a row says of a guardian: a blank phone says nothing. */
interface Said {
  readonly name: string;
  readonly phone: string | null;
  readonly row: number;
}

class Planning {
  readonly #known: KnownRoster;
  readonly #means: Means;
  readonly #byNationalNo = new Map<string, KnownPupil>();
  readonly #byStudentNo = new Map<string, KnownPupil>();
  readonly #classes: ClassBook;
  /** Guardians by name and phone, so that brothers and sisters have the same. */
  readonly #guardians = new Map<string, string>();
  /** What each row says of a guardian the school knows; those of brothers and sisters have to say the same. */
  readonly #said = new Map<string, Said[]>();
  readonly #met = new Set<string>();
  /** Numbers that pupils have, or are given by this plan. */
  readonly #takenNos: Set<string>;
  #lastNo = 0;

  constructor(known: KnownRoster, means: Means) {
    this.#known = known;
    this.#means = means;
    this.#classes = new ClassBook(known.classes, means.newId);
    this.#takenNos = new Set(known.pupils.map(({ studentNo }) => studentNo));
    for (const pupil of known.pupils) {
      this.#byStudentNo.set(pupil.studentNo, pupil);
      if (pupil.record?.nationalNo) this.#byNationalNo.set(pupil.record.nationalNo, pupil);
      for (const guardian of pupil.guardians)
        if (guardian.phone !== null) this.#guardians.set(keyOf(guardian), guardian.membershipId);
    }
  }

  plan(entries: readonly PupilEntry[]): RosterPlan {
    for (const { studentNo } of entries) if (studentNo !== null) this.#takenNos.add(studentNo);
    for (const entry of entries) this.#hear(entry);
    const rowsOf = new Map<string, number[]>();
    for (const entry of entries) {
      for (const id of new Set(this.#pupilsOf(entry).map((pupil) => pupil.id)))
        rowsOf.set(id, [...(rowsOf.get(id) ?? []), entry.row]);
    }
    const rows = entries.map((entry) => this.#planned(entry, rowsOf));
    const missing = this.#known.pupils
      .filter(({ id, enrollment }) => !this.#met.has(id) && enrollment !== null)
      .sort((one, other) => (one.studentNo < other.studentNo ? -1 : 1))
      .map((pupil) => this.#missing(pupil));
    return { rows: [...rows, ...missing], newClasses: this.#classes.added };
  }

  /** Whom its numbers name: one pupil, or none, or two where they disagree. */
  #pupilsOf({ nationalNo, studentNo }: PupilEntry): KnownPupil[] {
    const byNational = nationalNo === null ? undefined : this.#byNationalNo.get(nationalNo);
    const byNo = studentNo === null ? undefined : this.#byStudentNo.get(studentNo);
    return [byNational, byNo].filter((pupil) => pupil !== undefined);
  }

  #planned(entry: PupilEntry, rowsOf: ReadonlyMap<string, readonly number[]>): PlannedRow {
    const [pupil, other = pupil] = this.#pupilsOf(entry);
    if (pupil) this.#met.add(pupil.id);
    if (other) this.#met.add(other.id);
    const problems = [...entry.problems];
    const known = pupil?.record?.nationalNo ?? null;
    if (pupil !== other || (known !== null && entry.nationalNo !== null && known !== entry.nationalNo))
      problems.push({
        problem: "numbers-disagree",
        address: entry.addresses.studentNo ?? entry.addresses.nationalNo,
      });
    const otherRow = pupil && rowsOf.get(pupil.id)?.find((row) => row !== entry.row);
    if (otherRow !== undefined && !problems.some(({ problem }) => problem === "row-twice"))
      problems.push({ problem: "row-twice", address: null, otherRow });
    if (problems.length === 0) problems.push(...this.#guardiansDisagreeing(entry));
    const isClassNeeded = entry.className === null && (pupil === undefined || pupil.enrollment === null);
    const hasClassProblem = problems.some(
      ({ problem }) => problem.startsWith("class-") || problem === "formula",
    );
    if (isClassNeeded && !hasClassProblem)
      problems.push({ problem: "class-missing", address: entry.addresses.class });
    if (entry.className !== null && !this.#classes.canFind(entry.className))
      problems.push({ problem: "class-unreadable", address: entry.addresses.class });
    const shown = {
      row: entry.row,
      furtherRows: entry.furtherRows,
      name: entry.name,
      studentNo: entry.studentNo ?? pupil?.studentNo ?? null,
      className: entry.className?.text ?? pupil?.enrollment?.className ?? null,
    };
    if (problems.length > 0) return { ...shown, outcome: "problem", changes: [], problems, steps: [] };
    const { steps, changes, studentNo, className } = pupil
      ? this.#changes(entry, pupil)
      : this.#addition(entry);
    const outcome = pupil === undefined ? "new" : steps.length > 0 ? "changed" : "unchanged";
    return {
      ...shown,
      studentNo,
      className: className ?? shown.className,
      outcome,
      changes,
      problems,
      steps,
    };
  }

  #addition(entry: PupilEntry) {
    const id = this.#means.newId();
    const studentNo = entry.studentNo ?? this.#nextNo();
    const { name, nationalNo, sex, bornOn } = entry;
    const steps: Step[] = [{ do: "add-student", id, studentNo, name, pinyin: this.#means.pinyinOf(name) }];
    if (nationalNo ?? sex ?? bornOn)
      steps.push({ do: "set-record", studentId: id, before: null, after: { nationalNo, sex, bornOn } });
    const schoolClass = entry.className && this.#classes.find(entry.className);
    if (schoolClass)
      steps.push({
        do: "enroll",
        id: this.#means.newId(),
        studentId: id,
        classId: schoolClass.id,
        from: null,
      });
    for (const guardian of entry.guardians) steps.push(...this.#newGuardian(id, guardian));
    return { steps, changes: [] as RowChange[], studentNo, className: schoolClass?.name ?? null };
  }

  #changes(entry: PupilEntry, pupil: KnownPupil) {
    const steps: Step[] = [];
    const changes: RowChange[] = [];
    const change = (field: ChangedField, before: string | null, after: string | null, guardian?: string) => {
      if (after === null || after === before) return false;
      changes.push({ field, before, after, ...(guardian === undefined ? {} : { guardian }) });
      return true;
    };

    const isRenamed = change("name", pupil.name, entry.name);
    const isRenumbered = change("studentNo", pupil.studentNo, entry.studentNo);
    if (isRenamed || isRenumbered) {
      const { studentNo, name, pinyin } = pupil;
      const after = {
        studentNo: entry.studentNo ?? studentNo,
        name: entry.name,
        pinyin: isRenamed ? this.#means.pinyinOf(entry.name) : pinyin,
      };
      steps.push({ do: "change-student", id: pupil.id, before: { studentNo, name, pinyin }, after });
    }

    const record = pupil.record ?? { nationalNo: null, sex: null, bornOn: null };
    const isRecorded = [
      change("nationalNo", record.nationalNo, entry.nationalNo),
      change("sex", record.sex, entry.sex),
      change("bornOn", record.bornOn, entry.bornOn),
    ].includes(true);
    if (isRecorded) {
      const after = {
        nationalNo: entry.nationalNo ?? record.nationalNo,
        sex: entry.sex ?? record.sex,
        bornOn: entry.bornOn ?? record.bornOn,
      };
      steps.push({ do: "set-record", studentId: pupil.id, before: pupil.record, after });
    }

    const schoolClass = entry.className && this.#classes.find(entry.className);
    if (schoolClass && schoolClass.id !== pupil.enrollment?.classId) {
      change("class", pupil.enrollment?.className ?? null, schoolClass.name);
      const from = pupil.enrollment && { id: pupil.enrollment.id, endsOn: pupil.enrollment.endsOn };
      const id = this.#means.newId();
      steps.push({ do: "enroll", id, studentId: pupil.id, classId: schoolClass.id, from });
    }

    for (const { guardian, known } of matchedGuardians(entry, pupil.guardians)) {
      const { name, relation, phone } = guardian;
      if (known === undefined) {
        change("guardian", null, name);
        steps.push(...this.#newGuardian(pupil.id, guardian));
        continue;
      }
      const { membershipId, guardianshipId } = known;
      if (change("guardianName", known.name, name))
        steps.push({ do: "rename-guardian", membershipId, before: known.name, after: name });
      // "A guardian", which a table without such a column says of everybody, is less than what is known.
      if (relation !== "guardian" && change("guardianRelation", known.relation, relation, name))
        steps.push({ do: "change-relation", guardianshipId, before: known.relation, after: relation });
      if (phone !== null && change("guardianPhone", known.phone, phone, name))
        steps.push({ do: "set-phone", membershipId, before: known.phone, after: phone });
    }
    return {
      steps,
      changes,
      studentNo: entry.studentNo ?? pupil.studentNo,
      className: schoolClass?.name ?? null,
    };
  }

  /** A guardian whom some row is about to change is nobody's to share under the name and phone of before. */
  #hear(entry: PupilEntry): void {
    for (const { guardian, known } of this.#guardiansOf(entry)) {
      if (known === undefined) continue;
      const { name, phone } = guardian;
      this.#said.set(known.membershipId, [
        ...(this.#said.get(known.membershipId) ?? []),
        { name, phone, row: entry.row },
      ]);
      if (isChanging(guardian, known)) this.#guardians.delete(keyOf(known));
    }
  }

  /**
   * A mother of two is one person: where a row would change what another row says of her, nobody can say which is
   * meant, and she stays as she is. Taking in one of two rows would make the other not find her when it is read again.
   */
  #guardiansDisagreeing(entry: PupilEntry): CellProblem[] {
    return this.#guardiansOf(entry).flatMap(({ guardian, known }) => {
      if (known === undefined || !isChanging(guardian, known)) return [];
      const other = this.#said.get(known.membershipId)?.find((said) => isOtherThan(guardian, said));
      return other ? [{ problem: "guardian-disagrees", address: null, otherRow: other.row } as const] : [];
    });
  }

  #guardiansOf(entry: PupilEntry) {
    const [pupil] = this.#pupilsOf(entry);
    return matchedGuardians(entry, pupil?.guardians ?? []);
  }

  #newGuardian(studentId: string, guardian: GuardianEntry): Step[] {
    const { name, phone, relation } = guardian;
    const known = this.#guardians.get(keyOf(guardian));
    const membershipId = known ?? this.#means.newId();
    if (phone !== null) this.#guardians.set(keyOf(guardian), membershipId);
    const id = this.#means.newId();
    return [
      ...(known === undefined ? [{ do: "add-guardian", membershipId, name, phone } as const] : []),
      { do: "add-guardianship", id, membershipId, studentId, relation },
    ];
  }

  #missing(pupil: KnownPupil): PlannedRow {
    const { name, studentNo, enrollment } = pupil;
    const className = enrollment?.className ?? null;
    return {
      row: 0,
      furtherRows: [],
      outcome: "missing",
      name,
      studentNo,
      className,
      changes: [],
      problems: [],
      steps: [],
    };
  }

  /** A number of the school's own, for a pupil who brings only the national one, which is not for class lists. */
  #nextNo(): string {
    for (;;) {
      this.#lastNo += 1;
      const studentNo = `${this.#means.year}-${String(this.#lastNo).padStart(4, "0")}`;
      if (this.#takenNos.has(studentNo)) continue;
      this.#takenNos.add(studentNo);
      return studentNo;
    }
  }
}

/** By which brothers and sisters are found to have the same guardian; nobody is kept under a key without a phone. */
function keyOf({ name, phone }: { readonly name: string; readonly phone: string | null }): string {
  return `${name} ${phone ?? ""}`;
}

function isOtherThan(said: Pick<Said, "name" | "phone">, other: Pick<Said, "name" | "phone">): boolean {
  return (
    said.name !== other.name || (said.phone !== null && other.phone !== null && said.phone !== other.phone)
  );
}

function isChanging(said: GuardianEntry, known: KnownGuardian): boolean {
  return isOtherThan(said, known) || (said.phone !== null && known.phone === null);
}

/**
 * Each guardian of a row with the one the pupil has: of the same name and phone, else of the same name, else of the
 * same phone and relation.
 */
function matchedGuardians(entry: PupilEntry, known: readonly KnownGuardian[]) {
  const unmatched = [...known];
  const take = (fits: (known: KnownGuardian) => boolean) => {
    const place = unmatched.findIndex(fits);
    return place < 0 ? undefined : unmatched.splice(place, 1)[0];
  };
  const ways: ((guardian: GuardianEntry, known: KnownGuardian) => boolean)[] = [
    (guardian, { name, phone }) => name === guardian.name && phone === guardian.phone,
    (guardian, { name }) => name === guardian.name,
    (guardian, { phone, relation }) =>
      phone !== null && phone === guardian.phone && relation === guardian.relation,
  ];
  const found = new Map<GuardianEntry, KnownGuardian | undefined>();
  for (const fits of ways)
    for (const guardian of entry.guardians)
      if (!found.get(guardian))
        found.set(
          guardian,
          take((other) => fits(guardian, other)),
        );
  return entry.guardians.map((guardian) => ({ guardian, known: found.get(guardian) }));
}
