/** The drill a demo school held before the end of its finished term, from the call until it was closed the next day. */
import { schoolDaysBack, startOfDay } from "@doudou/shared/domain/calendar.ts";
import type { IncidentEntry, IncidentStep, StepOutcome } from "@doudou/shared/domain/incidents.ts";
import type { Store } from "../engines/database.ts";
import { addIncident, addIncidentEntry } from "../repositories/incidents.ts";
import type { SchoolFrame } from "../repositories/schools.ts";
import type { Draw } from "./draw.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SCHOOL_DAYS_BEFORE_THE_END = 20;
const STARTED_AT = 14 * HOUR;

/** What was done, how many minutes after it was noticed. */
const STEPS: readonly {
  step: IncidentStep;
  outcome: StepOutcome;
  note: string;
  minutes: number;
}[] = [
  { step: "stop", outcome: "done", note: "结束了所有登录，停用了那位老师的账号。", minutes: 20 },
  { step: "evidence", outcome: "done", note: "导出操作记录并核对，存到保险柜里的 U 盘。", minutes: 55 },
  { step: "education", outcome: "done", note: "演练：电话打给教务主任扮演的值班员。", minutes: 80 },
  { step: "cyberspace", outcome: "done", note: "演练：按网信部门的表格填好，没有寄出。", minutes: 95 },
  { step: "police", outcome: "not-needed", note: "演练：没有犯罪迹象。", minutes: 100 },
  { step: "families", outcome: "done", note: "演练：两位教师扮演家长，读信后复述要点。", minutes: 150 },
  { step: "changes", outcome: "done", note: "名册不再用邮件发送；全体教师学一次。", minutes: 24 * 60 },
];

export async function enterDrill(
  store: Store,
  schoolId: string,
  by: {
    readonly frame: SchoolFrame;
    /** Of the finished term. */
    readonly endsOn: string;
    readonly adminId: string;
    readonly draw: Draw;
  },
): Promise<void> {
  const { endsOn, adminId, draw } = by;
  const { exceptions, timeZone } = by.frame;
  const day = schoolDaysBack(endsOn, SCHOOL_DAYS_BEFORE_THE_END, exceptions);
  const noticedAt = startOfDay(day, timeZone) + STARTED_AT;
  const startedAt = noticedAt + 5 * MINUTE;
  const incidentId = draw.id(startedAt);
  await addIncident(store, schoolId, {
    id: incidentId,
    isDrill: true,
    startedBy: adminId,
    startedAt: new Date(startedAt),
  });
  const nothing = { facts: null, step: null, outcome: null, doneAt: null, note: "" };
  const entries: (IncidentEntry & { readonly at: number })[] = [
    {
      ...nothing,
      kind: "facts",
      at: startedAt,
      facts: {
        noticedAt: new Date(noticedAt).toISOString(),
        what: "演练：一位老师把带家长电话的名册发错了邮箱。",
        kinds: ["names", "contacts"],
        children: 42,
        whom: "一个班",
        cause: "名册用邮件发送，收件人选错。",
        harm: "",
        measures: "请对方删除邮件并书面确认；停止用邮件发送名册。",
        advice: "",
      },
    },
    ...STEPS.map(({ step, outcome, note, minutes }) => {
      const at = noticedAt + minutes * MINUTE;
      const doneAt = outcome === "done" ? new Date(at) : null;
      return { ...nothing, kind: "step" as const, step, outcome, doneAt, note, at };
    }),
    { ...nothing, kind: "closed", note: "从发现到告知家长两个半小时。", at: noticedAt + 25 * HOUR },
  ];
  for (const [index, { at, ...entry }] of entries.entries())
    await addIncidentEntry(store, schoolId, {
      ...entry,
      incidentId,
      id: index === 0 ? incidentId : draw.id(at),
      seq: index + 1,
      madeBy: adminId,
      madeAt: new Date(at),
    });
}
