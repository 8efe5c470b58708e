/**
 * Evidence: taking in pictures of children whose families agree to photos, and showing them to who may see the child.
 */
import type { Readable } from "node:stream";
import { agreedTo } from "@doudou/db/repositories/consents.ts";
import { addEvidence, evidenceSent, isRepeat, pictureOfStudent } from "@doudou/db/repositories/evidence.ts";
import { assignmentsOf, enrollmentsOf } from "@doudou/db/repositories/people.ts";
import type { PictureSize, UploadedEvidence } from "@doudou/shared/contract/evidence.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { type Caller, covers, type Grant, grantsInSchools, teaching } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import type { ReceivedPicture } from "../../pictures/picture-files.ts";

export interface Upload {
  /** Made by the tablet when the picture was taken. */
  readonly evidenceId: string;
  /** The children on it. */
  readonly studentIds: readonly string[];
  readonly incoming: Readable;
}

/**
 * Takes in a picture. Sending it again changes nothing and answers the same; when this returns it is on the disk.
 * @throws Problem student-not-found, student-not-taught, photo-consent-missing, evidence-id-conflict, and what
 * `PictureFiles` says of the file
 */
export async function uploadEvidence(
  deps: Deps,
  caller: Caller,
  { evidenceId, studentIds, incoming }: Upload,
): Promise<UploadedEvidence> {
  const grant = await grantToPhotograph(deps, caller, studentIds);
  const received = await deps.pictures.receive(incoming);
  try {
    return await takeIn(deps, grant, evidenceId, studentIds, received);
  } finally {
    await deps.pictures.discard(received);
  }
}

async function takeIn(
  { database, pictures, now }: Deps,
  grant: Grant,
  id: string,
  studentIds: readonly string[],
  received: ReceivedPicture,
): Promise<UploadedEvidence> {
  const { schoolId, membershipId: uploaderId } = grant;
  const sent = { uploaderId, sentSha256: received.sha256 };
  const before = await database.read(schoolId, (store) => evidenceSent(store, schoolId, id));
  if (before && !isRepeat(before, sent, studentIds)) throw new Problem("evidence-id-conflict");
  if (before) return { id, width: before.width, height: before.height };

  const kept = await pictures.keep(schoolId, received);
  const at = now();
  const outcome = await database.write(schoolId, async (store) => {
    const added = await addEvidence(store, schoolId, { id, ...sent, ...kept, uploadedAt: at }, studentIds);
    if (added === "added")
      await noteChange(store, grant, { action: "evidence.add", at, subjectId: id, after: { studentIds } });
    return added;
  });
  if (outcome === "conflict") throw new Problem("evidence-id-conflict");
  if (!(await pictures.hasAll(schoolId, kept))) await pictures.keep(schoolId, received);
  return { id, width: kept.width, height: kept.height };
}

/** The membership by which the caller teaches all of these children, whose families all agree to photos. */
async function grantToPhotograph(deps: Deps, caller: Caller, studentIds: readonly string[]): Promise<Grant> {
  for (const grant of grantsInSchools(caller).filter((g) => isGranted("evidence.add", g.standings))) {
    const { schoolId, membershipId } = grant;
    const { enrollments, assignments, agreed } = await deps.database.read(schoolId, async (store) => ({
      enrollments: await enrollmentsOf(store, schoolId, studentIds),
      assignments: await assignmentsOf(store, schoolId, membershipId),
      agreed: await agreedTo(store, schoolId, "photo", studentIds),
    }));
    if (enrollments.length === 0) continue;
    const today = localDayOf(deps.now().getTime(), (await deps.frames.of(schoolId)).timeZone);
    for (const studentId of studentIds) {
      const ofStudent = enrollments.filter((e) => e.studentId === studentId);
      if (ofStudent.length === 0) throw new Problem("student-not-found");
      const standings = ofStudent
        .filter((e) => covers(e, today))
        .flatMap((e) => teaching(assignments, e.class.id, today));
      if (!isGranted("evidence.add-for-student", standings)) throw new Problem("student-not-taught");
      if (!agreed.has(studentId)) throw new Problem("photo-consent-missing");
    }
    return grant;
  }
  throw new Problem("student-not-found");
}

export interface PictureFile {
  readonly bytes: Buffer;
  /** Of the file: the same name is the same picture. */
  readonly sha256: string;
}

/**
 * A picture that belongs to an award of this child.
 * @throws Problem evidence-not-found, evidence-removed
 */
export async function evidencePicture(
  deps: Deps,
  { schoolId, standings }: Grant,
  studentId: string,
  evidenceId: string,
  size: PictureSize,
): Promise<PictureFile> {
  const picture = await deps.database.read(schoolId, (store) =>
    pictureOfStudent(store, schoolId, studentId, evidenceId),
  );
  if (!picture) throw new Problem("evidence-not-found");
  if (picture.isVoided && !isGranted("evidence.read-voided", standings))
    throw new Problem("evidence-not-found");
  if (picture.isRemoved) throw new Problem("evidence-removed");
  const sha256 = size === "large" ? picture.largeSha256 : picture.smallSha256;
  const bytes = await deps.pictures.read(schoolId, sha256);
  if (!bytes) throw new Problem("evidence-removed");
  return { bytes, sha256 };
}
