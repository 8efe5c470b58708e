/**
 * The folder that backups lie in: what they are called, which are there, and which may go. The name tells when a backup
 * was taken; whatever is called otherwise is none of our business and is never touched.
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { backupsToKeep, type Retention } from "@doudou/shared/domain/backups.ts";

const ENDING = ".tar.gz.age";
const NAME = /^doudou-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.tar\.gz\.age$/;
/** A backup that is not finished. */
export const PARTIAL = ".partial";

export interface KeptBackup {
  readonly file: string;
  readonly takenAt: Date;
}

/** `doudou-2026-11-11T02-30-00Z.tar.gz.age`: sorts by time, and has no character that a file system minds. */
export function backupName(takenAt: Date): string {
  const instant = `${takenAt.toISOString().slice(0, 19)}Z`;
  return `doudou-${instant.replaceAll(":", "-")}${ENDING}`;
}

/** The backups of a folder, oldest first; none where there is no such folder. */
export async function backupsIn(folder: string): Promise<KeptBackup[]> {
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if ((error as { code?: unknown }).code === "ENOENT") return [];
    throw error;
  });
  return names.sort().flatMap((name) => {
    const [, day, hours, minutes, seconds] = NAME.exec(name) ?? [];
    if (day === undefined) return [];
    const takenAt = new Date(`${day}T${hours}:${minutes}:${seconds}Z`);
    return Number.isNaN(takenAt.getTime()) ? [] : [{ file: join(folder, name), takenAt }];
  });
}

/** Removes the backups that need not be kept. @returns their files */
export async function removeOldBackups(
  folder: string,
  { retention, timeZone }: { readonly retention: Retention; readonly timeZone: string },
): Promise<string[]> {
  const backups = await backupsIn(folder);
  const kept = backupsToKeep(
    backups.map(({ takenAt }) => takenAt.getTime()),
    retention,
    timeZone,
  );
  const old = backups.filter(({ takenAt }) => !kept.has(takenAt.getTime()));
  for (const { file } of old) await rm(file, { force: true });
  return old.map(({ file }) => file);
}

/** Removes what interrupted backups have left. To be called while no other is being made. */
export async function removePartialBackups(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (NAME.test(name.slice(0, -PARTIAL.length)) && name.endsWith(PARTIAL))
      await rm(join(folder, name), { force: true });
}
