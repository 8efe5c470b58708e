/**
 * Takes in a transfer file for a child: held against its own signature, read, and its files made over as works are. It then
 * waits for a guardian, who is told so; nothing of it is shown before. Of one that is refused nothing stays.
 */
import type { Readable } from "node:stream";
import {
  addTransfer,
  type NewTransferFile,
  transferById,
  transfersOf,
} from "@doudou/db/repositories/transfers.ts";
import { TransferredPortfolio } from "@doudou/shared/contract/transfers.ts";
import {
  LARGEST_PORTFOLIO,
  LARGEST_SIGNATURE,
  LARGEST_TRANSFER,
  MOST_TRANSFER_BYTES,
  MOST_TRANSFERS,
  PORTFOLIO_NAME,
  SIGNATURE_NAME,
  TRANSFER_FORMAT,
} from "@doudou/shared/domain/transfer.ts";
import { LARGEST_FILES } from "@doudou/shared/domain/works.ts";
import { v7 as uuidv7 } from "uuid";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { shapeOf } from "../../http/schemas.ts";
import type { ReceivedPicture } from "../../pictures/picture-files.ts";
import { tellGuardians } from "../inbox/service.ts";
import { currentTerm } from "../schools/service.ts";
import { keepLooked, lookAt, removeNow } from "../works/service.ts";
import { type Archive, openArchive } from "./archive.ts";
import { hashInName, sha256Of, type Verified, verified } from "./signature.ts";

const portfolioShape = shapeOf(TransferredPortfolio);

interface Brought {
  readonly studentId: string;
  /** Made by the client when the file was chosen. */
  readonly transferId: string;
  readonly incoming: Readable;
}

/**
 * Sending the same again, under its id or another, changes nothing.
 * @throws Problem transfer-id-conflict, transfer-enough, transfer-too-large, transfer-not-read, transfer-version,
 * transfer-unsigned, transfer-altered, transfer-file-refused
 */
export async function bringTransfer(deps: Deps, grant: Grant, brought: Brought): Promise<void> {
  const limit = { largest: LARGEST_TRANSFER, beyond: "transfer-too-large" } as const;
  const received = await deps.pictures.receive(brought.incoming, limit);
  try {
    if (await isHere(deps, grant, brought, received.sha256)) return;
    const archive = await openArchive(received.path, received.size);
    const signature = await verified(deps, await signatureIn(archive));
    const portfolio = await portfolioIn(archive, signature);
    await takeIn(deps, grant, { ...brought, archive, signature, portfolio, sentSha256: received.sha256 });
  } finally {
    await deps.pictures.discard(received);
  }
}

/** Whether it was brought before and stands. */
async function isHere(
  { database }: Deps,
  { schoolId }: Grant,
  { studentId, transferId }: Brought,
  sha256: string,
): Promise<boolean> {
  const { same, all } = await database.read(schoolId, async (store) => ({
    same: await transferById(store, schoolId, transferId),
    all: await transfersOf(store, schoolId, studentId),
  }));
  if (same && (same.studentId !== studentId || same.sentSha256 !== sha256))
    throw new Problem("transfer-id-conflict");
  const standing = all.filter(({ portfolio }) => portfolio !== null);
  if (same || standing.some(({ sentSha256 }) => sentSha256 === sha256)) return true;
  if (standing.length >= MOST_TRANSFERS) throw new Problem("transfer-enough");
  return false;
}

async function signatureIn(archive: Archive): Promise<string> {
  if (!archive.names.includes(PORTFOLIO_NAME)) throw new Problem("transfer-not-read");
  if (!archive.names.includes(SIGNATURE_NAME)) throw new Problem("transfer-unsigned");
  return (await archive.text(SIGNATURE_NAME, LARGEST_SIGNATURE)).toString("utf8").trim();
}

/** The portfolio, where it and the list of files are what was signed. */
async function portfolioIn(archive: Archive, { manifest }: Verified): Promise<TransferredPortfolio> {
  if (manifest.format !== TRANSFER_FORMAT) throw new Problem("transfer-version");
  const text = await archive.text(PORTFOLIO_NAME, LARGEST_PORTFOLIO);
  const { [PORTFOLIO_NAME]: sha256, ...files } = manifest.files;
  const names = Object.keys(files);
  const isWhole =
    archive.names.length === names.length + 2 && names.every((name) => archive.names.includes(name));
  if (sha256 !== sha256Of(text) || !isWhole) throw new Problem("transfer-altered");
  const portfolio = parsed(text.toString("utf8"));
  if (!portfolioShape.matches(portfolio)) throw new Problem("transfer-not-read");
  const isOfManifest =
    portfolio.format === manifest.format &&
    portfolio.madeAt === manifest.madeAt &&
    portfolio.school.id === manifest.school.id &&
    portfolio.files.length === names.length &&
    portfolio.files.every(({ name }) => files[name] === hashInName(name));
  const bytes = portfolio.files.reduce((sum, file) => sum + file.bytes, 0);
  if (!isOfManifest || bytes > MOST_TRANSFER_BYTES) throw new Problem("transfer-not-read");
  return portfolio;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // which is no portfolio
  }
}

interface Checked extends Brought {
  readonly archive: Archive;
  readonly signature: Verified;
  readonly portfolio: TransferredPortfolio;
  readonly sentSha256: string;
}

async function takeIn(deps: Deps, grant: Grant, checked: Checked): Promise<void> {
  const { studentId, transferId: id, signature, portfolio, sentSha256 } = checked;
  const { schoolId, membershipId: broughtBy } = grant;
  const files: NewTransferFile[] = [];
  let isAdded = false;
  try {
    for (const file of portfolio.files) files.push(await keepFile(deps, schoolId, checked.archive, file));
    const at = deps.now();
    const frame = await deps.frames.of(schoolId);
    // A school without a term yet has no notices.
    const termId = (currentTerm(frame, at) ?? frame.terms[0])?.id;
    const { keyId, isKnownKey } = signature;
    const fromSchool = portfolio.school.name;
    const row = { id, studentId, sentSha256, fromSchool, keyId, isKnownKey, portfolio, broughtBy };
    isAdded = await deps.database.write(schoolId, async (store) => {
      const dates = { madeAt: new Date(portfolio.madeAt), broughtAt: at };
      if (!(await addTransfer(store, schoolId, { ...row, ...dates }, files))) return false;
      const after = { key: keyId, isKnownKey, files: files.length };
      await noteChange(store, grant, { action: "transfer.bring", at, studentId, subjectId: id, after });
      const told = { kind: "transfer-waits", event: `transfer/${id}`, studentId, at } as const;
      if (termId !== undefined) await tellGuardians(deps, store, schoolId, { ...told, termId });
      return true;
    });
  } finally {
    const names = files.flatMap(({ fileName, smallFileName }) => [fileName, smallFileName]);
    if (!isAdded) await removeNow(deps, schoolId, [...new Set(names)]);
  }
}

/** A file, once it is what it was signed as and what it says it is: made over, or looked at and kept. */
async function keepFile(
  deps: Deps,
  schoolId: string,
  archive: Archive,
  { name, kind, bytes }: TransferredPortfolio["files"][number],
): Promise<NewTransferFile> {
  const limit = { largest: LARGEST_FILES[kind], beyond: "transfer-file-refused" } as const;
  const received = await deps.pictures.receive(await archive.piece(name), limit);
  try {
    if (received.sha256 !== hashInName(name)) throw new Problem("transfer-altered");
    const looked = await lookedAt(received, kind);
    const kept = await keepLooked(deps, schoolId, received, looked).catch(refuseFile);
    return {
      id: uuidv7(),
      name,
      kind,
      bytes,
      fileName: kept.largeSha256,
      smallFileName: kept.smallSha256,
      width: kept.width,
      height: kept.height,
    };
  } finally {
    await deps.pictures.discard(received);
  }
}

async function lookedAt(received: ReceivedPicture, kind: TransferredPortfolio["files"][number]["kind"]) {
  const looked = await lookAt(received, kind === "audio" ? "audio/*" : "").catch(refuseFile);
  if (looked.kind !== kind) throw new Problem("transfer-file-refused");
  return looked;
}

/** What is wrong with a file by itself is told of the archive. */
function refuseFile(failure: unknown): never {
  throw failure instanceof Problem ? new Problem("transfer-file-refused") : failure;
}
