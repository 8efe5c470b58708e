/**
 * Numbers and phones of a child's record. A list shows them masked; each is shown whole only one at a time, and that it
 * was is in the audit log before it is answered, where the child's guardians see it as well.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { guardianPhonesOf, officeFactsOf } from "@doudou/db/repositories/child-records.ts";
import type { Reveal, Revealed, SensitiveFacts } from "@doudou/shared/contract/sensitive.ts";
import { masked } from "@doudou/shared/domain/sensitive.ts";
import type { Grant } from "../../access/caller.ts";
import { noteRead } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

/** Masked; what is not known is left out. */
export async function sensitiveFacts(
  deps: Deps,
  { schoolId }: Grant,
  studentId: string,
): Promise<SensitiveFacts> {
  const facts = await deps.database.read(schoolId, (store) => factsOf(store, schoolId, studentId));
  return { facts: facts.map(({ value, ...fact }) => ({ ...fact, masked: masked(value) })) };
}

/** One of them, whole. @throws Problem fact-not-found */
export async function revealFact(
  deps: Deps,
  grant: Grant,
  studentId: string,
  { field, guardianId }: Reveal,
): Promise<Revealed> {
  const { schoolId } = grant;
  return await deps.database.write(schoolId, async (store) => {
    const facts = await factsOf(store, schoolId, studentId);
    const found = facts.find((fact) => fact.field === field && fact.guardian?.id === guardianId);
    if (!found) throw new Problem("fact-not-found");
    const action = field === "phone" ? "sensitive.reveal-phone" : "sensitive.reveal-number";
    await noteRead(store, grant, { action, at: deps.now(), studentId });
    return { value: found.value };
  });
}

async function factsOf(store: Store, schoolId: string, studentId: string) {
  const office = await officeFactsOf(store, schoolId, studentId);
  const phones = await guardianPhonesOf(store, schoolId, studentId);
  const number = office?.nationalNo ?? null;
  return [
    ...(number === null ? [] : [{ field: "nationalNo" as const, guardian: null, value: number }]),
    ...phones.map(({ phone: value, ...guardian }) => ({ field: "phone" as const, guardian, value })),
  ];
}
