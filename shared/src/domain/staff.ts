/** What there is to say of staff accounts without asking anybody: who is staff, and what a login may look like. */
import type { Role } from "./words.ts";

export const STAFF_ROLES = ["teacher", "school-admin"] as const satisfies readonly Role[];
export type StaffRole = (typeof STAFF_ROLES)[number];

export function isStaffRole(role: Role): role is StaffRole {
  return (STAFF_ROLES as readonly Role[]).includes(role);
}

/** 2 to 60 characters: letters of any script, digits, and `.`, `_`, `-`, `@` between them. */
export const LOGIN_PATTERN = "^[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{1,59}$";
