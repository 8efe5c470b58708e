/**
 * Makes a transfer file: the portfolio as text, the school's signature over everything, and the files. Made as it is sent;
 * that it was made is in the audit log before its first byte, and nothing of it is kept.
 */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { Store } from "@doudou/db/engines/database.ts";
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { PORTFOLIO_NAME, SIGNATURE_NAME } from "@doudou/shared/domain/transfer.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { type ArchiveFile, zipped } from "../../http/zip.ts";
import { sign, signingKey } from "../credentials/service.ts";
import { gatherPortfolio, type TakenFile } from "./gathering.ts";
import { manifestOf } from "./signature.ts";

export interface MadeTransfer {
  readonly fileName: string;
  /** About how large it will be, for who shows how far it is. */
  readonly expectedBytes: number;
  /** How many files are not in it, for who makes it. */
  readonly leftOut: number;
  readonly bytes: AsyncGenerator<Uint8Array>;
}

/** @throws Problem not-found, transfer-not-leaving */
export async function makeTransfer(
  deps: Deps,
  grant: Grant,
  studentId: string,
  { origin, locale }: { readonly origin: string; readonly locale: Locale },
): Promise<MadeTransfer> {
  const { schoolId } = grant;
  const mayTake = await deps.database.read(schoolId, (store) => mayMake(store, grant, studentId));
  if (!mayTake) throw new Problem("transfer-not-leaving");
  const { portfolio, files } = await gatherPortfolio(deps, grant, studentId, locale);
  const text = new TextEncoder().encode(canonicalJson(portfolio));
  const key = await signingKey(deps, grant);
  const jws = await sign(deps, { schoolId, origin, key }, manifestOf(portfolio, text));
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const after = { key: key.id, files: files.length };
    await noteChange(store, grant, { action: "transfer.make", at, studentId, after });
  });
  const { timeZone } = await deps.frames.of(schoolId);
  const day = localDayOf(at.getTime(), timeZone);
  const title = locale === "en" ? "transfer file" : "转学档案";
  return {
    fileName: `${portfolio.child.name} ${title} ${day}.zip`.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, "-"),
    expectedBytes: files.reduce((sum, { bytes }) => sum + bytes, text.length),
    leftOut: portfolio.leftOut,
    bytes: zipped(archived(deps, schoolId, { text, jws, files })),
  };
}

/** A guardian always; the office once the last stay of the child has an end. */
export async function mayMake(
  store: Store,
  { schoolId, standings }: Grant,
  studentId: string,
): Promise<boolean> {
  if (standings.has("guardian:child")) return true;
  const stays = await enrollmentsOf(store, schoolId, [studentId]);
  return stays.length > 0 && stays.every(({ endsOn }) => endsOn !== null);
}

async function* archived(
  { pictures }: Deps,
  schoolId: string,
  of: { readonly text: Uint8Array; readonly jws: string; readonly files: readonly TakenFile[] },
): AsyncGenerator<ArchiveFile> {
  yield { name: PORTFOLIO_NAME, bytes: of.text, isPacked: false };
  yield { name: SIGNATURE_NAME, bytes: new TextEncoder().encode(of.jws), isPacked: true };
  for (const file of of.files) {
    if ("bytesOf" in file) {
      yield { name: file.name, bytes: file.bytesOf, isPacked: true };
      continue;
    }
    const { root, path } = pictures.locate(schoolId, file.keptAs);
    yield { name: file.name, bytes: createReadStream(join(root, path)), isPacked: true };
  }
}
