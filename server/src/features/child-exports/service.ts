/**
 * A copy of everything about one child, as a ZIP: a page to read, the same as JSON, term summaries as PDF, pictures, works. Made
 * as it is sent, a file at a time. That it was taken is in the audit log before its first byte.
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
  const text = (name: string, content: string): ArchiveFile => ({
    name,
    bytes: new TextEncoder().encode(content),
    isPacked: false,
  });
  yield text("index.html", recordPage(record.json, locale, frame.timeZone));
  yield text("record.json", `${JSON.stringify(record.json, undefined, 2)}\n`);
  for (const summary of record.summaries) {
    const bytes = await paperOf(deps, frame, summary, locale);
    if (bytes) yield { name: `summaries/${summary.snapshot.term.startsOn}.pdf`, bytes, isPacked: true };
  }
  for (const picture of record.pictures) {
    const bytes = await pictures.read(schoolId, picture.largeSha256);
    if (bytes) yield { name: pictureName(picture), bytes, isPacked: true };
  }
  for (const file of record.files) {
    const bytes = await pictures.read(schoolId, file.fileName);
    if (bytes) yield { name: fileNameOf(file), bytes, isPacked: true };
  }
  for (const file of record.broughtFiles) {
    const bytes = await pictures.read(schoolId, file.fileName);
    if (bytes) yield { name: broughtName(file), bytes, isPacked: true };
  }
}
