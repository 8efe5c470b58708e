/** The portfolio of a child of six school years, roster, a teacher's own attention and whole-class batches on a small and a large ledger, and how long a server takes to start on it. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import type { AwardablePoints, ClassList, Roster } from "@doudou/shared/contract/classes.ts";
import { signIn, type Waits, waitsOf } from "./client.ts";
import { startServerProcess } from "./server-process.ts";

const WEEK_MS = 7 * 86_400_000;

export interface ReadFigures {
  readonly awards: number;
  readonly portfolio: Waits;
  /** The one call a guardian's page opens with, with all its sections. */
  readonly portfolioPage: Waits;
  readonly roster: Waits;
  readonly attention: Waits;
  readonly batchOf45: Waits;
  readonly coldStartMs: number;
}

/**
 * @param scale big demo schools, about 120,000 awards each
 * @param cache where seeded databases are kept between runs
 */
export async function readFigures(scale: number, cache: string): Promise<ReadFigures> {
  const folder = join(cache, `six-years-${scale}`);
  await mkdir(folder, { recursive: true });
  const start = () =>
    startServerProcess<{ address: string; readyAfterMs: number }>("school-server.ts", [
      folder,
      String(scale),
      "six-years",
    ]);
  await (await start()).stop();
  const server = await start();
  try {
    const teacher = await signIn(server.facts.address, "teacher1");
    const { classes } = await teacher.get<ClassList>("/classes");
    const classId = classes[0]!.id;
    const { students } = await teacher.get<Roster>(`/classes/${classId}/roster`);
    const { points } = await teacher.get<AwardablePoints>(`/observation-points?classId=${classId}`);
    const child = await signIn(server.facts.address, "student1");
    const self = await child.get<{ memberships: { students: { id: string }[] }[] }>("/session");
    const selfId = self.memberships[0]!.students[0]!.id;
    const guardian = await signIn(server.facts.address, "parent1");
    const family = await guardian.get<{ memberships: { students: { id: string }[] }[] }>("/session");
    const childId = family.memberships[0]!.students[0]!.id;
    return {
      awards: scale * 120_000,
      portfolio: await waitsOf(400, () => child.get(`/students/${selfId}/portfolio`)),
      portfolioPage: await waitsOf(400, () =>
        guardian.get(`/students/${childId}/portfolio-page?reader=guardian`),
      ),
      roster: await waitsOf(200, () => teacher.get(`/classes/${classId}/roster`)),
      attention: await waitsOf(200, () => teacher.get(`/classes/${classId}/attention`)),
      batchOf45: await waitsOf(200, (i) =>
        teacher.post("/awards", {
          awards: Array.from({ length: 45 }, (_, n) => ({
            id: uuidv7(),
            studentId: students[n % students.length]!.id,
            observationPointId: points[i % points.length]!.id,
            // One lesson after another through ten weeks: a class is not awarded 200 times in a minute.
            occurredAt: new Date(Date.now() - (i % 10) * WEEK_MS).toISOString(),
          })),
        }),
      ),
      coldStartMs: server.facts.readyAfterMs,
    };
  } finally {
    await server.stop();
  }
}
