/** Files of works and honours: taken in, looked at, kept; and sent to who may see the child. */
import type { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import send from "@fastify/send";
import { agreedTo } from "@doudou/db/repositories/consents.ts";
import {
  addPortfolioFile,
  bytesOfChild,
  portfolioFileOf,
  portfolioFileSent,
  type PortfolioFile,
} from "@doudou/db/repositories/portfolio-files.ts";
import { honourById } from "@doudou/db/repositories/honours.ts";
import { workById } from "@doudou/db/repositories/works.ts";
import type { PictureSize } from "@doudou/shared/contract/evidence.ts";
import type { PortfolioFileRef } from "@doudou/shared/contract/works.ts";
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import {
  type FileKind,
  LARGEST_FILES,
  MOST_BYTES_OF_TERM,
  needsPhotoConsent,
} from "@doudou/shared/domain/works.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { kindOfFile, mediaTypeOf } from "../../pictures/file-kind.ts";
import { blankNotes } from "../../pictures/film-notes.ts";
import type { Ending, KeptPicture, ReceivedPicture } from "../../pictures/picture-files.ts";
import { currentTerm } from "../schools/service.ts";
import type { NoteOpening } from "./openings.ts";

const ANY_FILE = { largest: LARGEST_FILES.video, beyond: "file-too-large" } as const;

export interface FileUpload {
  readonly studentId: string;
  /** Made by the client when the file was chosen. */
  readonly fileId: string;
  /** The media type the sender says it is: see `kindOfFile`. */
  readonly said: string;
  readonly incoming: Readable;
}

/**
 * Takes in a file of a child. Sending it again changes nothing and answers the same; when this returns it is on the disk.
 * @throws Problem work-consent-missing, works-full, portfolio-file-conflict, file-too-large, file-kind-not-taken,
 * file-unreadable, and what `PictureFiles` says of a picture
 */
export async function uploadFile(deps: Deps, grant: Grant, upload: FileUpload): Promise<PortfolioFileRef> {
  const { schoolId } = grant;
  const { studentId, incoming } = upload;
  const hasConsent = await deps.database.read(schoolId, async (store) =>
    (await agreedTo(store, schoolId, "photo", [studentId])).has(studentId),
  );
  const received = await deps.pictures.receive(incoming, ANY_FILE);
  try {
    return await takeIn(deps, grant, upload, received, hasConsent);
  } finally {
    await deps.pictures.discard(received);
  }
}

async function takeIn(
  deps: Deps,
  grant: Grant,
  { studentId, fileId: id, said }: FileUpload,
  received: ReceivedPicture,
  hasConsent: boolean,
): Promise<PortfolioFileRef> {
  const { database, pictures } = deps;
  const { schoolId, membershipId: uploaderId } = grant;
  const sent = { studentId, uploaderId, sentSha256: received.sha256 };
  const before = await database.read(schoolId, (store) => portfolioFileSent(store, schoolId, id));
  if (before) return repeated(before, sent);
  const looked = await lookAt(received, said);
  if (needsPhotoConsent(looked.kind) && !hasConsent) throw new Problem("work-consent-missing");
  await refuseBeyondRoom(deps, schoolId, studentId, received.size);

  const keep = () => keepLooked(deps, schoolId, received, looked);
  const kept = await keep();
  const at = deps.now();
  const file = {
    id,
    ...sent,
    kind: looked.kind,
    bytes: received.size,
    uploadedAt: at,
    fileName: kept.largeSha256,
    smallFileName: kept.smallSha256,
    width: kept.width,
    height: kept.height,
  };
  const isAdded = await database.write(schoolId, async (store) => {
    if (!(await addPortfolioFile(store, schoolId, file))) return false;
    const after = { kind: file.kind, bytes: file.bytes };
    await noteChange(store, grant, { action: "portfolio-file.add", at, studentId, subjectId: id, after });
    return true;
  });
  if (!(await pictures.hasAll(schoolId, kept))) await keep();
  if (isAdded) return fileRef({ ...file, isRemoved: false });
  const meanwhile = await database.read(schoolId, (store) => portfolioFileSent(store, schoolId, id));
  if (!meanwhile) throw new Problem("portfolio-file-conflict");
  return repeated(meanwhile, sent);
}

interface Looked {
  readonly kind: FileKind;
  readonly ending: Ending | undefined;
}

/**
 * @returns what it is; without an ending where it is a picture, which is made over
 * @throws Problem file-unreadable, file-kind-not-taken, file-too-large
 */
export async function lookAt(received: ReceivedPicture, said: string): Promise<Looked> {
  const looked = await lookedInto(received, said);
  if (received.size > LARGEST_FILES[looked.kind]) throw new Problem("file-too-large");
  return looked;
}

async function lookedInto(received: ReceivedPicture, said: string): Promise<Looked> {
  if (["jpeg", "png", "webp", "heic"].includes(received.kind)) return { kind: "picture", ending: undefined };
  const found = await kindOfFile(received.path, received.size, said);
  if (found === "broken") throw new Problem("file-unreadable");
  if (found === "unknown") throw new Problem("file-kind-not-taken");
  return found;
}

/** Puts a file where it stays: a picture made over, anything else without the notes of the phone that made it. */
export async function keepLooked(
  { pictures }: Deps,
  schoolId: string,
  received: ReceivedPicture,
  { ending }: Looked,
): Promise<
  Omit<KeptPicture, "width" | "height"> & { readonly width: number | null; readonly height: number | null }
> {
  if (ending === undefined) return await pictures.keep(schoolId, received);
  if (ending === "mp4" || ending === "m4a") await blankNotes(received.path, received.size);
  const name = await pictures.keepAsIs(schoolId, received, ending);
  return { largeSha256: name, smallSha256: name, width: null, height: null };
}

async function refuseBeyondRoom(deps: Deps, schoolId: string, studentId: string, size: number) {
  const frame = await deps.frames.of(schoolId);
  const term = currentTerm(frame, deps.now());
  if (!term) throw new Problem("outside-term");
  const since = new Date(startOfDay(term.startsOn, frame.timeZone));
  const taken = await deps.database.read(schoolId, (store) =>
    bytesOfChild(store, schoolId, studentId, since),
  );
  if (taken + size > MOST_BYTES_OF_TERM) throw new Problem("works-full");
}

function repeated(
  kept: Omit<PortfolioFile, "isRemoved">,
  sent: Pick<PortfolioFile, "studentId" | "uploaderId" | "sentSha256">,
): PortfolioFileRef {
  const isSame =
    kept.studentId === sent.studentId &&
    kept.uploaderId === sent.uploaderId &&
    kept.sentSha256 === sent.sentSha256;
  if (!isSame) throw new Problem("portfolio-file-conflict");
  return fileRef({ ...kept, isRemoved: false });
}

/** A file as the contract shows it. */
export function fileRef({
  id,
  kind,
  width,
  height,
  bytes,
  isRemoved,
}: Pick<PortfolioFile, "id" | "kind" | "width" | "height" | "bytes" | "isRemoved">): PortfolioFileRef {
  return { id, kind, width, height, bytes, isRemoved };
}

export interface SentFile {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly stream: NodeJS.ReadableStream;
}

/** Whatever it is, it is shown or saved as that and nothing in it is ever run; looked after anew, since consent may end. */
const HEADERS = {
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; sandbox",
  "cache-control": "private, no-cache",
  "x-content-type-options": "nosniff",
};

/**
 * A file of this child, whole or the part that was asked for by `Range`. The small picture of a list is read with the
 * list, and in the log as that; anything else is noted as an opening.
 * @throws Problem portfolio-file-not-found, portfolio-file-removed
 */
export async function sendFile(
  deps: Deps & { readonly noteOpening: NoteOpening },
  grant: Grant,
  of: { readonly studentId: string; readonly fileId: string; readonly size: PictureSize },
  request: FastifyRequest,
): Promise<SentFile> {
  const { schoolId } = grant;
  const file = await deps.database.read(schoolId, async (store) => {
    const found = await portfolioFileOf(store, schoolId, of.studentId, of.fileId);
    if (!found) return undefined;
    const work = found.workId === null ? undefined : await workById(store, schoolId, found.workId);
    const honour = found.honourId === null ? undefined : await honourById(store, schoolId, found.honourId);
    if (!work && !honour) return found.uploaderId === grant.membershipId ? found : undefined;
    const isShown = work
      ? work.hiddenAt === null || isGranted("work.read-hidden", grant.standings)
      : honour !== undefined &&
        (honour.state === "confirmed" || isGranted("honour.read-unsettled", grant.standings));
    return isShown ? found : undefined;
  });
  if (!file) throw new Problem("portfolio-file-not-found");
  if (file.isRemoved) throw new Problem("portfolio-file-removed");
  const isOfList = file.kind === "picture" && of.size === "small";
  if (!isOfList) await deps.noteOpening(grant, { ...of, range: request.headers.range });
  return await sendKept(deps, schoolId, file, of.size, request);
}

/**
 * A file that is kept, whole or the part that was asked for, as what it is.
 * @throws Problem portfolio-file-removed where it is there no more
 */
export async function sendKept(
  deps: Deps,
  schoolId: string,
  file: Pick<PortfolioFile, "id" | "kind" | "fileName" | "smallFileName">,
  size: PictureSize,
  request: FastifyRequest,
): Promise<SentFile> {
  const name = size === "large" ? file.fileName : file.smallFileName;
  const { root, path } = deps.pictures.locate(schoolId, name);
  const sent = await send(request.raw, path, { root, cacheControl: false, dotfiles: "deny", index: false });
  if (sent.type !== "file" && sent.statusCode === 404) throw new Problem("portfolio-file-removed");
  return {
    status: sent.statusCode,
    headers: {
      ...sent.headers,
      ...HEADERS,
      ...(sent.type === "file" ? typeHeaders(file.kind, file.fileName, file.id) : {}),
    },
    stream: sent.stream,
  };
}

/** A PDF is saved, never opened in the page: what is in it, no browser of ours runs. */
function typeHeaders(kind: FileKind, name: string, id: string): Record<string, string> {
  if (kind === "picture") return { "content-type": "image/webp", "content-disposition": "inline" };
  const type = { "content-type": mediaTypeOf(name) };
  return kind === "pdf"
    ? { ...type, "content-disposition": `attachment; filename="${id}.pdf"` }
    : { ...type, "content-disposition": "inline" };
}
