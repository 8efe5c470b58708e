/** What a start says to the operator: where the product answers, and what is to be mended where it cannot. */
import { isIP } from "node:net";
import { DatabaseInUse, DatabaseTooNew } from "@doudou/db/engines/database.ts";
import { ConfigError } from "./config.ts";

/** Where a browser on this machine finds a server that listens on this host. */
export function addressToOpen(host: string, port: number | string): string {
  // What listens on every address, and on the usual one of the machine itself, has this name; another has its own.
  if (["0.0.0.0", "::", "127.0.0.1"].includes(host)) return `http://localhost:${port}`;
  return `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

/** What an operator needs to know of an error that is theirs to mend; undefined for all others. */
export function explanationOf(error: unknown): string | undefined {
  for (const known of [ConfigError, DatabaseTooNew, DatabaseInUse])
    if (error instanceof known) return error.message;
  const { code, address, port, hostname, syscall, path } = error as NodeJS.ErrnoException & {
    readonly address?: string;
    readonly port?: number;
    readonly hostname?: string;
  };
  const place = `port ${port} of ${address}`;
  if (code === "EADDRINUSE")
    return `Another program listens on ${place}: stop it, or set PORT to a free one.`;
  if (code === "EACCES" && port !== undefined)
    return `This user may not listen on ${place}: set PORT to 1024 or more.`;
  if (code === "ECONNREFUSED")
    return "The database of DATABASE_URL does not answer: is PostgreSQL running there?";
  if (code === "EADDRNOTAVAIL") return `This machine has no address ${address}: set HOST to one that it has.`;
  if (syscall === "getaddrinfo")
    return `No address is known of ${hostname} (${code}): write HOST, or the host in DATABASE_URL, as it is known here.`;
  if (syscall === "mkdir")
    return `${path} cannot be made a folder (${code}): set DATA_DIR to one that this user may write to.`;
  if (code === "SQLITE_CANTOPEN" || code === "SQLITE_READONLY" || code === "SQLITE_NOTADB")
    return `The database in DATA_DIR cannot be used (${code}): may this user write to the folder and to doudou.sqlite?`;
  return undefined;
}
