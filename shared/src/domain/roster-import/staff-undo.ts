/**
 * Which of the staff of an import can be taken back: those whose every trace is still as the import left it, and who have
 * done nothing here since.
 */
import type { StaffKeptReason } from "./fields.ts";
import type { KnownPost, StaffStep } from "./staff-plan.ts";

/** The school's staff as it is now, by ids of memberships and of posts. */
export interface StaffNow {
  readonly members: ReadonlyMap<
    string,
    {
      readonly name: string;
      readonly staffNo: string | null;
      /** An account, or an invitation to one. */
      readonly isInvited: boolean;
      readonly hasLeft: boolean;
    }
  >;
  readonly posts: ReadonlyMap<string, KnownPost>;
  /** Posts in which somebody stands in, or stood. */
  readonly stoodInFor: ReadonlySet<string>;
  /** Members of whom something but posts is on record. */
  readonly withRecords: ReadonlySet<string>;
  /** `membership class` with an award since the import. */
  readonly awardedIn: ReadonlySet<string>;
}

/** Why somebody has to stay as it is; undefined where all of it can be taken back. */
export function reasonToKeepStaff(steps: readonly StaffStep[], now: StaffNow): StaffKeptReason | undefined {
  const posts = steps.filter((step) => step.do === "add-post");
  const added = steps.find((step) => step.do === "add-staff")?.membershipId;
  if (added !== undefined && now.members.get(added)?.isInvited) return "has-account";
  if (added !== undefined && now.withRecords.has(added)) return "has-records";
  if (posts.some((post) => now.awardedIn.has(`${post.membershipId} ${post.classId}`))) return "has-records";
  if (!steps.every((step) => isAsLeft(step, now))) return "changed-since";
  const own = new Set(posts.map(({ id }) => id));
  const hasOthers = [...now.posts.values()].some((post) => post.membershipId === added && !own.has(post.id));
  return hasOthers ? "changed-since" : undefined;
}

function isAsLeft(step: StaffStep, now: StaffNow): boolean {
  switch (step.do) {
    case "add-staff": {
      const member = now.members.get(step.membershipId);
      return member?.name === step.name && member.staffNo === step.staffNo && !member.hasLeft;
    }
    case "set-staff-no":
      return now.members.get(step.membershipId)?.staffNo === step.staffNo;
    case "add-post": {
      const post = now.posts.get(step.id);
      return (
        post !== undefined &&
        post.membershipId === step.membershipId &&
        post.classId === step.classId &&
        post.subjectId === step.subjectId &&
        post.isHomeroom === step.isHomeroom &&
        post.startsOn === step.startsOn &&
        post.endsOn === null &&
        !now.stoodInFor.has(step.id)
      );
    }
  }
}
