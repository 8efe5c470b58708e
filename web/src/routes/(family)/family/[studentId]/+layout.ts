/** Everything below is about one child: the seat taken is that child's, so that the person's menu says the same. */
import { session } from "#lib/session.svelte.ts";

export async function load({
  params,
  parent,
}: {
  params: { studentId?: string };
  parent: () => Promise<unknown>;
}) {
  await parent();
  const seat = session.seats.find(({ student }) => student?.id === params.studentId);
  if (seat) session.take(seat);
}
