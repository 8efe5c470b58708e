/**
 * What a year was like for children's data in a school, in figures: per role and month, never per person. Reads the audit
 * log in portions, and lets others in between.
 */
import { childrenWhoLeft } from "@doudou/db/repositories/erasures.ts";
import { officerOf } from "@doudou/db/repositories/privacy.ts";
import {
  type AccessFigure,
  accessFigures,
  auditPortion,
  auditSeqBefore,
  type ConsentFigure,
  consentFigures,
  erasureFigures,
  type Held,
  heldCounts,
  type RequestFigure,
  requestFigures,
} from "@doudou/db/repositories/privacy-figures.ts";
import { localDayOf, startOfDay } from "@doudou/shared/domain/calendar.ts";
import { REQUEST_KINDS, type RequestKind } from "@doudou/shared/domain/privacy-requests.ts";
import { leftLongAgo } from "@doudou/shared/domain/retention.ts";
import type { Deps } from "../../deps.ts";
import { type IncidentFigures, incidentFigures } from "../incidents/service.ts";
import { backupsIn } from "../../operate/backup-folder.ts";
import type { OnStep } from "../../operate/progress.ts";
import { differencesIn, type Verification } from "../../operate/verification.ts";

const AT_ONCE = 2_000;
const MOST_OVER_TIME = 10_000;
/** Who of the school reads records; the parts of a month's row. */
type ReadingRole = "teacher" | "school-admin";

interface MonthOfReads extends Record<ReadingRole, number> {
  /** `2026-09` */
  readonly month: string;
  /** Of these, by leave: of a child or class whom the reader does not teach. */
  byLeave: number;
}

interface RequestsOfKind {
  readonly kind: RequestKind;
  readonly asked: number;
  readonly inTime: number;
  readonly late: number;
  readonly open: number;
  readonly withdrawn: number;
}

export interface PrivacyFigures {
  readonly year: number;
  readonly school: string;
  readonly madeAt: string;
  /** The year is not over yet. */
  readonly isPartial: boolean;
  readonly officer: { readonly name: string; readonly contact: string } | null;
  readonly held: Held;
  readonly consents: readonly ConsentFigure[];
  readonly requests: readonly RequestsOfKind[];
  readonly exports: number;
  readonly erasures: { readonly request: number; readonly retention: number };
  readonly overTime: number;
  readonly reads: readonly MonthOfReads[];
  readonly reveals: { readonly numbers: number; readonly phones: number };
  readonly accesses: readonly AccessFigure[];
  readonly incidents: IncidentFigures;
  readonly drills: IncidentFigures;
  readonly requiresSecondFactor: boolean;
  readonly backups: {
    readonly isConfigured: boolean;
    readonly count: number;
    readonly latestAt: string | null;
  };
  /** Null where it was not run with the report. */
  readonly verification: { readonly awards: number; readonly differences: number } | null;
}

/** @param verification of the whole database, where it was run just now */
export async function privacyFigures(
  deps: Deps,
  schoolId: string,
  { year, verification }: { readonly year: number; readonly verification?: Verification | undefined },
  onStep: OnStep = () => {},
): Promise<PrivacyFigures> {
  const { name, timeZone } = await deps.frames.of(schoolId);
  const now = deps.now();
  const span = {
    from: new Date(startOfDay(`${year}-01-01`, timeZone)),
    until: new Date(startOfDay(`${year + 1}-01-01`, timeZone)),
  };
  const log = await auditOfYear(deps, schoolId, { ...span, timeZone }, onStep);
  const backups = deps.config.backupDir === undefined ? [] : await backupsIn(deps.config.backupDir);
  const own = verification?.schools.find((school) => school.schoolId === schoolId);
  const today = localDayOf(now.getTime(), timeZone);
  const kept = await deps.database.read(schoolId, async (store) => {
    const erasures = await erasureFigures(store, schoolId, span);
    const erased = (ground: string) => erasures.find((each) => each.ground === ground)?.count ?? 0;
    return {
      officer: (await officerOf(store, schoolId)) ?? null,
      held: await heldCounts(store, schoolId),
      consents: await consentFigures(store, schoolId, span),
      requests: byKind(await requestFigures(store, schoolId, span), timeZone),
      erasures: { request: erased("request"), retention: erased("retention") },
      overTime: (await childrenWhoLeft(store, schoolId, { leftBy: leftLongAgo(today) }, MOST_OVER_TIME))
        .length,
      accesses: await accessFigures(store, schoolId, span),
      ...(await incidentFigures(store, schoolId, { ...span, timeZone })),
    };
  });
  return {
    year,
    school: name,
    madeAt: now.toISOString(),
    isPartial: now < span.until,
    ...kept,
    ...log,
    requiresSecondFactor: deps.config.requiresSecondFactor,
    backups: {
      isConfigured: deps.config.backupDir !== undefined,
      count: backups.length,
      latestAt: backups.at(-1)?.takenAt.toISOString() ?? null,
    },
    verification: own ? { awards: own.awards, differences: differencesIn(own) } : null,
  };
}

/** @returns one row a kind, in the order of REQUEST_KINDS */
function byKind(requests: readonly RequestFigure[], timeZone: string): RequestsOfKind[] {
  return REQUEST_KINDS.map((kind) => {
    const own = requests.filter((request) => request.kind === kind);
    const answered = own.filter(({ state }) => state === "granted" || state === "refused");
    const inTime = answered.filter(
      ({ answeredAt, dueOn }) => answeredAt !== null && localDayOf(answeredAt.getTime(), timeZone) <= dueOn,
    ).length;
    return {
      kind,
      asked: own.length,
      inTime,
      late: answered.length - inTime,
      open: own.filter(({ state }) => state === "open").length,
      withdrawn: own.filter(({ state }) => state === "withdrawn").length,
    };
  });
}

async function auditOfYear(
  deps: Deps,
  schoolId: string,
  { from, until, timeZone }: { readonly from: Date; readonly until: Date; readonly timeZone: string },
  onStep: OnStep,
) {
  const months = new Map<string, MonthOfReads>();
  const counted = { exports: 0, numbers: 0, phones: 0 };
  let after = await deps.database.read(schoolId, (store) => auditSeqBefore(store, schoolId, from));
  for (;;) {
    const lines = await deps.database.read(schoolId, (store) =>
      auditPortion(store, schoolId, { after, limit: AT_ONCE }),
    );
    for (const { at, kind, action, role, isByLeave } of lines) {
      if (at < from || at >= until || kind !== "read") continue;
      if (action === "child.export") counted.exports += 1;
      if (action === "sensitive.reveal-number") counted.numbers += 1;
      if (action === "sensitive.reveal-phone") counted.phones += 1;
      if (role !== "teacher" && role !== "school-admin") continue;
      const month = localDayOf(at.getTime(), timeZone).slice(0, 7);
      const row = months.get(month) ?? { month, teacher: 0, "school-admin": 0, byLeave: 0 };
      row[role] += 1;
      if (isByLeave) row.byLeave += 1;
      months.set(month, row);
    }
    const last = lines.at(-1);
    if (!last || lines.length < AT_ONCE || last.at >= until) break;
    after = last.seq;
    const passed = (last.at.getTime() - from.getTime()) / (until.getTime() - from.getTime());
    onStep({ step: "reading the audit log", share: Math.min(1, Math.max(0, passed)) });
  }
  return {
    exports: counted.exports,
    reveals: { numbers: counted.numbers, phones: counted.phones },
    reads: [...months.values()].sort((a, b) => a.month.localeCompare(b.month)),
  };
}
