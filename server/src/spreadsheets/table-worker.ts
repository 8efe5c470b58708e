/**
 * Runs in a thread of its own, for one file: reads a table and ends. Whatever a hostile file does here, it does within
 * the memory and the time of this thread.
 */
import { parentPort, workerData } from "node:worker_threads";
import { rowsOfCsv } from "./csv.ts";
import { tableOfPackage } from "./one-roster.ts";
import { NotRead, type ReadTable } from "./table-limits.ts";
import { unpacking } from "./unpacking.ts";
import { rowsOfXlsx } from "./xlsx.ts";

const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b];

parentPort?.postMessage(read(workerData as Uint8Array));

function read(bytes: Uint8Array): ReadTable {
  const startsWith = (mark: readonly number[]) => mark.every((byte, place) => bytes[place] === byte);
  try {
    // A password, too, puts an XLSX file into the old container.
    if (startsWith(OLD_EXCEL)) return { refusal: "table-old-excel" };
    const unpack = startsWith(ZIP) ? unpacking(bytes) : undefined;
    const ofPackage = unpack && tableOfPackage(unpack);
    if (ofPackage) return ofPackage;
    const rows = unpack ? rowsOfXlsx(unpack) : rowsOfCsv(bytes);
    return rows.length === 0 ? { refusal: "table-empty" } : { rows };
  } catch (error) {
    return { refusal: error instanceof NotRead ? error.refusal : "table-unreadable" };
  }
}
