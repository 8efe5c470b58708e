/**
 * Badges under whatever happens: after every award, void, confirmation and look, progress is what a recount of the ledger
 * gives, a badge that was shown is there for ever, and one that nobody was shown is there only while it is earned.
 */
import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChildBadges } from "@doudou/shared/contract/badges.ts";
import { verifyEverything } from "@doudou/server/operate/verification.ts";
import { HELPER } from "../support/badges.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const STEPS_OF_FIRST_LEVEL = HELPER.rule.levels[0]!;

type Step =
  | { readonly does: "award" | "void-all" | "show" | "confirm" | "take-back" }
  | { readonly does: "void"; readonly nth: number };

const step = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  { weight: 6, arbitrary: fc.constant({ does: "award" }) },
  { weight: 3, arbitrary: fc.nat().map((nth) => ({ does: "void", nth }) as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("void-all", "show", "confirm", "take-back").map((does) => ({ does })),
  },
);
/** However it began, each history comes to a badge that is earned, is earned no more, is earned again and then shown. */
const ENDING: readonly Step[] = (
  [
    "award",
    "award",
    "award",
    "confirm",
    "void-all",
    "award",
    "award",
    "award",
    "confirm",
    "show",
    "void-all",
  ] as const
).map((does) => ({ does }));

describe.each(ENGINES)("badges on %s", (engine) => {
  let world: World;
  beforeEach(async () => void (world = await createWorld(engine)));
  afterEach(() => world.close());

  test("whatever the order, progress is a recount; shown stays, and what was not shown is there only while earned", async () => {
    const { school } = world;
    const [admin, homeroom, child] = await Promise.all(
      [school.admin, school.homeroom, school.student].map((person) => clientOf(world, person)),
    );
    const [studentId] = school.children.map(({ id }) => id);
    const path = `/students/${studentId}`;
    const badges = () => child!.get<ChildBadges>(`${path}/badges`);
    const ofClass = (act: string, questIds: string[]) =>
      homeroom!.ask("POST", `/classes/${school.classId}/badges/${act}`, { questIds });
    const seen = { takenBack: 0, keptThoughVoided: 0 };

    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 12 }),
        fc.constantFrom("at-once" as const, "homeroom" as const),
        async (steps, giver) => {
          // A history has a badge of its own, and begins with nothing awarded.
          const questId = await begin(admin!, child!, { giver, path });
          const standing: string[] = [];
          let isShown = false;
          let wasKept = false;
          for (const each of [...steps, ...ENDING]) {
            if (each.does === "award") {
              const one = awardIn(school, WORLD_NOW, { studentId: studentId! });
              await homeroom!.award(one);
              standing.push(one.id);
            } else if (each.does === "void") {
              const [id] = standing.splice(each.nth % (standing.length || 1), 1);
              if (id !== undefined) await homeroom!.void([id]);
            } else if (each.does === "void-all") {
              if (standing.length > 0) await homeroom!.void(standing.splice(0));
            } else if (each.does === "show") {
              const isKept = (await badges()).kept.some(({ id }) => id === questId);
              await child!.ask("POST", `${path}/badges/shown`, { ids: [questId] });
              isShown ||= isKept;
            } else if (giver === "homeroom") {
              await ofClass(each.does, [questId]);
            }
            const { kept, striving } = await badges();
            const isKept = kept.some(({ id }) => id === questId);
            if (isShown) {
              expect(isKept).toBe(true);
              if (standing.length < STEPS_OF_FIRST_LEVEL) seen.keptThoughVoided += 1;
            } else {
              if (isKept) expect(standing.length).toBeGreaterThanOrEqual(STEPS_OF_FIRST_LEVEL);
              if (giver === "at-once") expect(isKept).toBe(standing.length >= STEPS_OF_FIRST_LEVEL);
              if (wasKept && !isKept) seen.takenBack += 1;
            }
            const way = striving.find(({ id }) => id === questId);
            expect(way === undefined).toBe(isKept);
            if (way) expect(way.step).toBe(Math.min(standing.length, STEPS_OF_FIRST_LEVEL));
            wasKept = isKept;
            const now = world.deps.now();
            const { differences } = await verifyEverything(
              world.database,
              world.deps.pictures,
              now,
              () => {},
            );
            expect(differences).toBe(0);
          }
          expect(isShown).toBe(true);
        },
      ),
      { numRuns: engine === "sqlite" ? 12 : 6, endOnFailure: true },
    );
    // It was about something.
    expect(seen.takenBack).toBeGreaterThan(0);
    expect(seen.keptThoughVoided).toBeGreaterThan(0);
  });
});

/** The office publishes a badge and the child chooses it. @returns the quest */
async function begin(
  admin: Client,
  child: Client,
  { giver, path }: { readonly giver: "at-once" | "homeroom"; readonly path: string },
): Promise<string> {
  const [badgeId, questId] = [uuidv7(), uuidv7()];
  await admin.ask("PUT", `/badges/${badgeId}`, { ...HELPER, code: `b-${badgeId}`, giver });
  await admin.ask("POST", `/badges/${badgeId}/publish`);
  const { status } = await child.ask("PUT", `${path}/badge-quests/${questId}`, { badgeId });
  expect(status).toBe(204);
  return questId;
}
