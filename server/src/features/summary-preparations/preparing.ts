/**
 * Looks through the classes of a preparation, one after the other, between other work. A server that stops half-way goes
 * on where it was; where several look at once, the same is found and written twice at worst.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { classById } from "@doudou/db/repositories/people.ts";
import {
  preparationsUnderWay,
  preparedClasses,
  savePreparedClass,
} from "@doudou/db/repositories/summary-preparations.ts";
import { countPieces } from "@doudou/shared/domain/summary-pieces.ts";
import type { Deps } from "../../deps.ts";
import { regularly } from "../../operate/regularly.ts";
import { termById } from "../schools/service.ts";
import { lookThrough } from "./service.ts";

const LOOK_EVERY_MS = 2_000;

/** Looks now and again for what is under way. @returns what stops it, and waits for the class that is looked through */
export function prepareRegularly(deps: Deps, onError: (error: unknown) => void): () => Promise<void> {
  return regularly(LOOK_EVERY_MS, (signal) => prepareAll(deps, signal), onError);
}

/** Looks through whatever is under way, class by class, until the signal is given. */
export async function prepareAll(deps: Deps, signal?: AbortSignal): Promise<void> {
  for (const { schoolId, id, termId } of await deps.database.read(EVERY_SCHOOL, preparationsUnderWay)) {
    const frame = await deps.frames.of(schoolId);
    const term = termById(frame, termId);
    const classes = await deps.database.read(schoolId, (store) => preparedClasses(store, schoolId, id));
    for (const { classId, preparedAt: isPrepared } of classes) {
      if (signal?.aborted) return;
      if (isPrepared) continue;
      const preparedAt = deps.now();
      const children = await deps.database.read(schoolId, async (store) => {
        const row = await classById(store, schoolId, classId);
        return row ? await lookThrough(store, frame, term, row, preparedAt) : [];
      });
      const ready = children.filter(({ pieces }) => pieces.length === 0).length;
      const found = { classId, ready, missing: countPieces(children), preparedAt };
      await deps.database.write(schoolId, (store) => savePreparedClass(store, schoolId, id, found));
    }
  }
}
