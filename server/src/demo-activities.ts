/** Activities of the demo school's first class, recorded and told through the product, as its people would. */
import { guardiansOf } from "@doudou/db/repositories/consents.ts";
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import type { SeededSchool } from "@doudou/db/seed/school.ts";
import type { ActivitySort } from "@doudou/shared/domain/activities.ts";
import { addDays, localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { grantOf, idOf } from "./demo-works.ts";
import type { Deps } from "./deps.ts";
import { saveActivity } from "./features/activities/recording.ts";
import { reflectOnActivity } from "./features/activities/service.ts";
import { tellActivity } from "./features/activities/telling.ts";
import { Problem } from "./http/problem.ts";

interface DemoActivity {
  readonly title: string;
  readonly sort: ActivitySort;
  readonly daysAgo: number;
  readonly place: string;
  readonly minutes: number;
  readonly dimensions: readonly Dimension[];
  readonly about: string;
  /** Of the first child. */
  readonly part: string;
  /** Every so-manieth child was not there. */
  readonly without: number;
}

const ACTIVITIES: readonly DemoActivity[] = [
  {
    title: "参观陶行知纪念馆",
    sort: "trip",
    daysAgo: 20,
    place: "陶行知纪念馆",
    minutes: 180,
    dimensions: ["moral", "academic"],
    about: "每组带回一个问题，回来讲给大家听。",
    part: "担任讲解员",
    without: 14,
  },
  {
    title: "校园落叶堆肥",
    sort: "labour",
    daysAgo: 13,
    place: "学校后园",
    minutes: 80,
    dimensions: ["labour"],
    about: "",
    part: "",
    without: 20,
  },
  {
    title: "木工社团",
    sort: "club",
    daysAgo: 8,
    place: "木工坊",
    minutes: 60,
    dimensions: ["labour", "arts"],
    about: "做一个笔筒。",
    part: "",
    without: 2,
  },
];

/** Records them for the school's first class; nothing on a start in the holidays between two school years. */
export async function keepDemoActivities(deps: Deps, school: SeededSchool): Promise<void> {
  try {
    await keepAll(deps, school);
  } catch (error) {
    if (!(error instanceof Problem && error.code === "outside-term")) throw error;
  }
}

async function keepAll(deps: Deps, { schoolId, toPublish }: SeededSchool): Promise<void> {
  const [ofClass = []] = toPublish;
  const homeroomId = ofClass[0]?.membershipId;
  const ids = ofClass.map(({ studentId }) => studentId);
  const [first = ""] = ids;
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), timeZone);
  const { classId, parent } = await deps.database.read(schoolId, async (store) => ({
    classId: (await enrollmentsOf(store, schoolId, [first])).at(-1)?.class.id,
    parent: (await guardiansOf(store, schoolId, [first]))[0]?.membershipId,
  }));
  if (homeroomId === undefined || classId === undefined || parent === undefined) return;
  const teacher = grantOf(schoolId, homeroomId, "teacher:homeroom");
  for (const { daysAgo, part, without, dimensions, ...activity } of ACTIVITIES) {
    const day = addDays(today, -daysAgo);
    const of = { classId, activityId: idOf(`${classId}/${activity.title}`) };
    await saveActivity(deps, teacher, of, {
      ...activity,
      startsOn: day,
      endsOn: day,
      dimensions: [...dimensions],
      students: ids
        .filter((_, place) => place === 0 || place % without !== 0)
        .map((studentId) => ({ studentId, part: studentId === first ? part : "" })),
    });
    if (part === "") continue;
    const self = grantOf(schoolId, parent, "student:self");
    const reflection = "我讲了三遍，第三遍才不紧张。";
    await reflectOnActivity(deps, self, { studentId: first, activityId: of.activityId }, { reflection });
  }
  const day = addDays(today, -3);
  const told = {
    title: "和爸爸一起修自行车",
    sort: "family",
    startsOn: day,
    endsOn: day,
    place: "家里",
  } as const;
  const rest = { minutes: 60, dimensions: ["labour" as const], about: "学会了自己上链条。" };
  const family = grantOf(schoolId, parent, "guardian:child");
  await tellActivity(
    deps,
    family,
    { studentId: first, activityId: idOf(`${first}/told`) },
    { ...told, ...rest },
  );
}
