/** The words for a role and for a seat, as the role switch shows them. */
import type { Role } from "@doudou/shared/domain/words.ts";
import { m } from "#lib/paraglide/messages.js";
import type { Seat } from "#lib/session.svelte.ts";

function roleName(role: Role): string {
  switch (role) {
    case "school-admin":
      return m.role_school_admin();
    case "teacher":
      return m.role_teacher();
    case "student":
      return m.role_student();
    case "guardian":
      return m.role_guardian();
  }
}

export function seatName({ membership, student }: Seat): string {
  const role = roleName(membership.role);
  return membership.role === "guardian" && student !== undefined
    ? m.shell_seat_child({ child: student.name, role })
    : role;
}
