/**
 * Moments of the demo school's first class that its homeroom teacher has taken a picture of, on the latest day of school:
 * awards given through the product, as on a tablet in class. Only of children whose families agree to photos.
 */
import { Readable } from "node:stream";
import { accountByLogin, membershipsOfAccount } from "@doudou/db/repositories/accounts.ts";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { agreedTo } from "@doudou/db/repositories/consents.ts";
import { FOREST } from "@doudou/db/seed/demo.ts";
import { Draw } from "@doudou/db/seed/draw.ts";
import type { SeededSchool } from "@doudou/db/seed/school.ts";
import { addDays, isSchoolDay, localDayOf, startOfDay } from "@doudou/shared/domain/calendar.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import type { Caller } from "./access/caller.ts";
import { pictureOf } from "./demo-works.ts";
import type { Deps } from "./deps.ts";
import { recordAwards } from "./features/awards/service.ts";
import { uploadEvidence } from "./features/evidence/service.ts";

const MINUTE = 60_000;
/** The first break, with the tablet still in hand. */
const MINUTE_OF_DAY = 10 * 60 + 20;

interface DemoMoment {
  /** What it is an award for, by its code in the product's own scheme. */
  readonly pointCode: string;
  readonly note: string;
  /** SVG of what is seen, 400 × 300. */
  readonly drawing: string;
}

/** One for each of the first children that may be shown. */
const MOMENTS: readonly DemoMoment[] = [
  {
    pointCode: "L21",
    note: "豆苗长到铅笔那么高了，每天都量，都记下来。",
    drawing:
      '<rect width="400" height="300" fill="#eef3e2"/><rect y="230" width="400" height="70" fill="#c9a679"/>' +
      '<path d="M90 180h90l-14 62H104z" fill="#b97f52"/><path d="M135 182c0-50 4-70 0-112" stroke="#5f9148" stroke-width="8" fill="none"/>' +
      '<ellipse cx="108" cy="92" rx="28" ry="15" fill="#78ad58"/><ellipse cx="164" cy="78" rx="28" ry="15" fill="#8cbf66"/>' +
      '<rect x="250" y="60" width="18" height="180" fill="#e8bf4a"/><path d="M250 60l9-26 9 26z" fill="#efe0c4"/>',
  },
  {
    pointCode: "M32",
    note: "用剪下来的彩纸边角做了一盏灯笼。",
    drawing:
      '<rect width="400" height="300" fill="#fdf1e4"/><path d="M200 20v50" stroke="#8a6443" stroke-width="6"/>' +
      '<ellipse cx="200" cy="150" rx="92" ry="80" fill="#d9534a"/><path d="M200 70v160M150 84c-24 44-24 90 0 132M250 84c24 44 24 90 0 132" stroke="#f4c94b" stroke-width="6" fill="none"/>' +
      '<path d="M180 232h40l-6 48h-28z" fill="#f4c94b"/>',
  },
  {
    pointCode: "L11",
    note: "图书角的书都按高矮排好了，桌面也擦过。",
    drawing:
      '<rect width="400" height="300" fill="#e6eef4"/><rect x="40" y="190" width="320" height="22" fill="#8a6443"/>' +
      '<rect x="70" y="80" width="36" height="110" fill="#3f8a55"/><rect x="112" y="92" width="36" height="98" fill="#d98b3a"/>' +
      '<rect x="154" y="104" width="36" height="86" fill="#4a78a8"/><rect x="196" y="116" width="36" height="74" fill="#d9534a"/>' +
      '<rect x="238" y="128" width="36" height="62" fill="#b9b44a"/>',
  },
];

/** Gives them; nothing where the school has no class in a term now. */
export async function keepDemoMoments(deps: Deps, school: SeededSchool): Promise<void> {
  const { schoolId, toPublish } = school;
  const frame = await deps.frames.of(schoolId);
  const at = latestMoment(deps.now(), frame);
  const term = at && termOn(localDayOf(at.getTime(), frame.timeZone), frame.terms);
  const caller = await callerOf(deps, `${FOREST.logins.teacher}1`);
  if (!at || !term || !caller) return;
  const ids = (toPublish[0] ?? []).map(({ studentId }) => studentId);
  const agreed = await deps.database.read(schoolId, (store) => agreedTo(store, schoolId, "photo", ids));
  const shown = ids.filter((id) => agreed.has(id));
  const points = [...frame.points.values()].filter(({ schemeId }) => schemeId === term.schemeId);
  const draw = new Draw(`${deps.config.demoSeed}/moments`);
  for (const [place, { pointCode, note, drawing }] of MOMENTS.entries()) {
    const studentId = shown[place];
    const point = points.find(({ code, ofClass }) => code === pointCode && !ofClass);
    if (studentId === undefined || !point) continue;
    const occurredAt = new Date(at.getTime() + place * MINUTE);
    // A picture is on its way for some seconds, and the award is sent after it.
    const then: Deps = { ...deps, now: () => new Date(occurredAt.getTime() + MINUTE / 2) };
    const evidenceId = draw.id(occurredAt.getTime());
    const incoming = Readable.from([await pictureOf(drawing)]);
    await uploadEvidence(then, caller, { evidenceId, studentIds: [studentId], incoming });
    const award = {
      id: draw.id(occurredAt.getTime()),
      studentId,
      observationPointId: point.id,
      note,
      evidenceIds: [evidenceId],
      occurredAt: occurredAt.toISOString(),
    };
    const [result] = await recordAwards(then, caller, [award], "zh-CN");
    if (result?.status === "rejected") throw new Error(`${pointCode} is not taken: ${result.problem?.code}`);
  }
}

/** In the break of the latest day of school of which it is over by now; undefined in the holidays. */
function latestMoment(
  now: Date,
  { timeZone, exceptions }: Awaited<ReturnType<Deps["frames"]["of"]>>,
): Date | undefined {
  const today = localDayOf(now.getTime(), timeZone);
  for (let back = 0; back < 7; back += 1) {
    const day = addDays(today, -back);
    const at = new Date(startOfDay(day, timeZone) + MINUTE_OF_DAY * MINUTE);
    if (isSchoolDay(day, exceptions) && at.getTime() + MOMENTS.length * MINUTE <= now.getTime()) return at;
  }
  return undefined;
}

/** Somebody of the demo at a device of their own. */
async function callerOf(deps: Deps, login: string): Promise<Caller | undefined> {
  return await deps.database.read(EVERY_SCHOOL, async (store) => {
    const account = await accountByLogin(store, login);
    return (
      account && {
        account,
        origin: { requestId: "demo", address: null },
        sessionId: "demo",
        isConfined: false,
        isOnSharedTablet: false,
        isLocked: false,
        lacksSecondFactor: false,
        memberships: await membershipsOfAccount(store, account.id),
      }
    );
  });
}
