/** Shows a class as it sits: by the seating plan this device last had open, as kept here at once and then as the server has it. */
import type { SeatingPlans } from "@doudou/shared/contract/seating.ts";
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

export async function showSeats(classroom: Classroom): Promise<void> {
  const accountId = session.account?.id ?? "";
  const classId = classroom.roster.class.id;
  const name = seatingIn(classId);
  const show = ({ plans }: SeatingPlans) => {
    classroom.seating = plans.find(({ id }) => id === chosenPlans.of(classId)) ?? plans[0];
  };
  const kept = await keptAnswer<SeatingPlans>(accountId, name, Date.now());
  if (kept) show(kept);
  try {
    const seating = await askAndKeep(accountId, name, () => readSeating(classId));
    show(seating);
    if (seating.plans.length > 0) return;
    toast({ text: m.seating_order_none() });
  } catch (failure) {
    // Without a network: by what is kept, or in class-list order until it is back.
    if (failure instanceof OfflineError) return;
    toast({ text: sentenceFor(failure) });
  }
  habits.change({ order: "list" });
}
