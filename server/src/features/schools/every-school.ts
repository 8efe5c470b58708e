/** Clearing away what is over, in every school. Knows no feature: each says itself what it deletes. */
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import { addDays, localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Deps } from "../../deps.ts";

/** So many in one write, that nobody waits long for the writer. */
const DELETED_AT_ONCE = 500;

/**
 * Deletes, in every school, what belonged to terms that ended more than so many days ago, a bounded number in each write.
 * @param remove deletes at most `limit` of these terms' rows and returns how many
 * @returns how many in all
 */
export async function deleteOfEndedTerms(
  deps: Deps,
  keptDays: number,
  remove: (store: Store, schoolId: string, termIds: readonly string[], limit: number) => Promise<number>,
): Promise<number> {
  let deleted = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds)) {
    const { terms, timeZone } = await deps.frames.of(schoolId);
    const before = addDays(localDayOf(deps.now().getTime(), timeZone), -keptDays);
    const ended = terms.filter(({ endsOn }) => endsOn < before).map(({ id }) => id);
    let some: number;
    do {
      some = await deps.database.write(schoolId, (store) => remove(store, schoolId, ended, DELETED_AT_ONCE));
      deleted += some;
    } while (some === DELETED_AT_ONCE);
  }
  return deleted;
}
