/**
 * A copy of everything about one child, as a ZIP: a page to read, the same as JSON, term summaries as PDF, pictures, works. Made
 * as it is sent, a file at a time; the page comes last, since it tells which files the school has lost. That it was taken is in the audit log before its first byte.
 */
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteRead } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { type ArchiveFile, zipped } from "../../http/zip.ts";
import { paperOf } from "../summaries/service.ts";
import { recordPage } from "./page.ts";
import { broughtName, childRecord, type ChildRecord, fileNameOf, pictureName } from "./record.ts";

export interface ChildExport {
  readonly fileName: string;
  readonly bytes: AsyncGenerator<Uint8Array>;
}

/** @throws Problem not-found */
export async function exportChild(
  deps: Deps,
  grant: Grant,
  studentId: string,
  locale: Locale,
): Promise<ChildExport> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  const isWhole = isGranted("child.export-all", grant.standings);
  const record = await deps.database.read(schoolId, (store) =>
    childRecord(store, frame, studentId, { isWhole, at, readerId: grant.membershipId }),
  );
  if (!record) throw new Problem("not-found");
  await deps.database.write(schoolId, (store) =>
    noteRead(store, grant, { action: "child.export", at, studentId }),
  );
  const name = record.json.child.name;
  const day = localDayOf(at.getTime(), frame.timeZone);
  return {
    fileName: locale === "en" ? `${name} record ${day}.zip` : `${name} 成长记录 ${day}.zip`,
    bytes: zipped(filesOf(deps, frame, record, locale)),
  };
}

async function* filesOf(
  deps: Deps,
  frame: SchoolFrame,
  record: ChildRecord,
  locale: Locale,
): AsyncGenerator<ArchiveFile> {
  const { pictures } = deps;
  const { schoolId } = frame;
  const missing: string[] = [];
  for (const [name, read] of [
    ...record.summaries.map(
      (summary) =>
        [
          `summaries/${summary.snapshot.term.startsOn}.pdf`,
          () => paperOf(deps, frame, summary, locale),
        ] as const,
    ),
    ...record.pictures.map(
      (picture) => [pictureName(picture), () => pictures.read(schoolId, picture.largeSha256)] as const,
    ),
    ...record.files.map((file) => [fileNameOf(file), () => pictures.read(schoolId, file.fileName)] as const),
    ...record.broughtFiles.map(
      (file) => [broughtName(file), () => pictures.read(schoolId, file.fileName)] as const,
    ),
  ]) {
    const bytes = await read();
    if (bytes) yield { name, bytes, isPacked: true };
    else missing.push(name);
  }
  const told = { ...record.json, missing };
  const text = (name: string, content: string): ArchiveFile => ({
    name,
    bytes: new TextEncoder().encode(content),
    isPacked: false,
  });
  yield text("index.html", recordPage(told, locale, frame.timeZone));
  yield text("record.json", `${JSON.stringify(told, undefined, 2)}\n`);
}
