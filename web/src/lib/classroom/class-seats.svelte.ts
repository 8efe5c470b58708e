/**
 * Shows a class as it sits: by the plan the teacher has chosen, or that is for what the teacher has there; as kept here at
 * once and then as the server has it. Fetched once it is wanted: the class page's own code must not import it.
 */
import type { SeatingPlan, SeatingPlans } from "@doudou/shared/contract/seating.ts";
import { readSeating } from "#lib/api/client.ts";
import { sentenceFor } from "#lib/api/sentences.ts";
import { OfflineError } from "#lib/api/request.ts";
import { m } from "#lib/paraglide/messages.js";
import { askAndKeep, keptAnswer, seatingIn } from "#lib/offline/answers.ts";
import { session } from "#lib/session.svelte.ts";
import { toast } from "#lib/ui/toasts.svelte.ts";
import { chosenPlans } from "./chosen-plans.ts";
import type { Classroom } from "./classroom.svelte.ts";
import { habits } from "./habits.svelte.ts";
import { planShown } from "./plan-shown.ts";

/** The class that is shown as it sits, with its plans and which of them it sits by. */
let seated = $state.raw<{
  readonly classroom: Classroom;
  readonly plans: readonly SeatingPlan[];
  readonly shownId: string | undefined;
}>();

/** The plans a class may sit by, and the one it does; undefined until they are read. */
export const seatedBy = (classroom: Classroom) => (seated?.classroom === classroom ? seated : undefined);

/** Has a class sit by another of its plans, from now on on this device. */
export function sitBy(classroom: Classroom, planId: string): void {
  const plans = seatedBy(classroom)?.plans ?? [];
  chosenPlans.choose(classroom.roster.class.id, planId);
  show(
    classroom,
    plans,
    plans.find(({ id }) => id === planId),
  );
}

function show(classroom: Classroom, plans: readonly SeatingPlan[], shown: SeatingPlan | undefined): void {
  classroom.seating = shown;
  seated = { classroom, plans, shownId: shown?.id };
}

export async function showSeats(classroom: Classroom): Promise<void> {
  const accountId = session.account?.id ?? "";
  const classId = classroom.roster.class.id;
  const name = seatingIn(classId);
  const take = (read: SeatingPlans) => show(classroom, read.plans, planShown(read, chosenPlans.of(classId)));
  const kept = await keptAnswer<SeatingPlans>(accountId, name, Date.now());
  if (kept) take(kept);
  try {
    const read = await askAndKeep(accountId, name, () => readSeating(classId));
    take(read);
    if (read.plans.length > 0) return;
    toast({ text: m.seating_order_none() });
  } catch (failure) {
    // Without a network: by what is kept, or in class-list order until it is back.
    if (failure instanceof OfflineError) return;
    toast({ text: sentenceFor(failure) });
  }
  habits.change({ order: "list" });
}
