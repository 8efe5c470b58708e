/**
 * The configuration: the only reader of `process.env`. Every variable has a default or a reason to be asked for,
 * is checked at start, and is listed in the README from `VARIABLES`.
 */
import { isIP } from "node:net";
import { isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { DailyAt, Retention } from "@doudou/shared/domain/backups.ts";

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly isDemo: boolean;
  readonly demoSeed: number;
  readonly logLevel: "silent" | "error" | "warn" | "info" | "debug";
  readonly trustProxy: boolean;
  readonly publicOrigin: string | undefined;
  readonly requiresSecondFactor: boolean;
  readonly secretKeyFile: string | undefined;
  readonly providersFile: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string | undefined;
  readonly webhookUrl: string | undefined;
  readonly webhookSecretFile: string | undefined;
  readonly maxQueuedWrites: number;
  readonly groupCommit: boolean;
  readonly documentWorkers: number;
  readonly requestsPerMinute: number;
  readonly backupDir: string | undefined;
  readonly backupPassphraseFile: string | undefined;
  readonly backupAt: DailyAt;
  readonly backupKeep: Retention;
  readonly webDir: string;
}

/** A variable that cannot be used as it is; the message names all of them, so that one start shows every mistake. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

interface Variable<T> {
  readonly fallback: string;
  readonly meaning: string;
  readonly read: (value: string) => T;
}

const repositoryRoot = resolve(fileURLToPath(import.meta.url), "../../..");

const wholeNumber = (from: number, to: number) => (value: string) => {
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < from || parsed > to) {
    throw new Error(`must be a whole number from ${from} to ${to}, not "${value}"`);
  }
  return parsed;
};

const yesOrNo = (value: string) => {
  if (value !== "0" && value !== "1") throw new Error(`must be 1 (yes) or 0 (no), not "${value}"`);
  return value === "1";
};

const yesNoOr =
  <const Word extends string>(word: Word) =>
  (value: string): boolean | Word =>
    value === word ? word : yesOrNo(value);

const oneOf =
  <const T extends string>(...values: readonly T[]) =>
  (value: string): T => {
    const found = values.find((known) => known === value);
    if (found === undefined) throw new Error(`must be one of ${values.join(", ")}, not "${value}"`);
    return found;
  };

const optionalUrl =
  (...protocols: readonly string[]) =>
  (value: string): string | undefined => {
    if (value === "") return undefined;
    const url = URL.parse(value);
    if (!url || !protocols.includes(url.protocol)) {
      throw new Error(`must be a URL beginning with ${protocols.map((p) => `${p}//`).join(" or ")}`);
    }
    return value;
  };

/** `doudou@example.edu.cn`, or `豆豆成长 <doudou@example.edu.cn>` */
const optionalSender = (value: string): string | undefined => {
  if (value === "") return undefined;
  if (!/^([^<>@\r\n]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(value))
    throw new Error("must be an address such as doudou@example.edu.cn");
  return value;
};

/** `127.0.0.1`, `::`, `school-server.lan`; no port and no `http://` */
const hostName = (value: string): string => {
  if (isIP(value) === 0 && !/^(?![\d.]+$)[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(value))
    throw new Error(`must be an address of this machine such as 127.0.0.1 or 0.0.0.0, not "${value}"`);
  return value;
};

const folder = (value: string) => (isAbsolute(value) ? value : resolve(repositoryRoot, value));

const optionalPath = (value: string) => (value === "" ? undefined : folder(value));

/** `02:30 Asia/Shanghai` */
const timeOfDay = (value: string): DailyAt => {
  const [, hour, minute, timeZone] = /^([01]\d|2[0-3]):([0-5]\d) (\S+)$/.exec(value) ?? [];
  if (timeZone === undefined || !isTimeZone(timeZone)) {
    throw new Error(`must be a time and a time zone such as 02:30 Asia/Shanghai, not "${value}"`);
  }
  return { hour: Number(hour), minute: Number(minute), timeZone };
};

const isTimeZone = (name: string) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

/** `7 4 12` */
const retention = (value: string): Retention => {
  const [, days, weeks, months] = /^(\d{1,3}) (\d{1,3}) (\d{1,3})$/.exec(value) ?? [];
  if (months === undefined) throw new Error(`must be three whole numbers such as 7 4 12, not "${value}"`);
  return { days: Number(days), weeks: Number(weeks), months: Number(months) };
};

/** Every variable the server reads, with its default and what it is for. */
export const VARIABLES = {
  PORT: { fallback: "3000", meaning: "port to listen on", read: wholeNumber(0, 65535) },
  HOST: {
    fallback: "127.0.0.1",
    meaning: "address to listen on; 0.0.0.0 for the whole network",
    read: hostName,
  },
  DATA_DIR: {
    fallback: "data",
    meaning: "folder of the database and files, kept out of the code",
    read: folder,
  },
  DATABASE_URL: {
    fallback: "",
    meaning: "postgres://… to use PostgreSQL; empty for the embedded SQLite file in DATA_DIR",
    read: optionalUrl("postgres:", "postgresql:"),
  },
  DOUDOU_DEMO: {
    fallback: "1",
    meaning: "1 fills an empty database with the demo schools; 0 never does",
    read: yesOrNo,
  },
  DOUDOU_DEMO_SEED: {
    fallback: "1",
    meaning: "seed number of the demo schools",
    read: wholeNumber(0, 2 ** 31 - 1),
  },
  DOUDOU_LOG: {
    fallback: "warn",
    meaning: "silent, error, warn, info or debug",
    read: oneOf("silent", "error", "warn", "info", "debug"),
  },
  DOUDOU_TRUST_PROXY: {
    fallback: "0",
    meaning: "1 behind one reverse proxy that sets X-Forwarded-For and -Proto",
    read: yesOrNo,
  },
  DOUDOU_ORIGIN: {
    fallback: "",
    meaning: "public address such as https://doudou.example.edu.cn, if it differs from the Host header",
    read: optionalUrl("http:", "https:"),
  },
  DOUDOU_REQUIRE_TOTP: {
    fallback: "unless-demo",
    meaning:
      "1: administrators need a code of a second device to sign in, 0: nobody has to; unless-demo: 1 where DOUDOU_DEMO is 0",
    read: yesNoOr("unless-demo"),
  },
  DOUDOU_SECRET_KEY_FILE: {
    fallback: "",
    meaning:
      "file whose first line (32 characters or more) seals the secrets of second devices and of schools' signatures in the database",
    read: optionalPath,
  },
  DOUDOU_SIGN_IN_PROVIDERS_FILE: {
    fallback: "",
    meaning:
      "JSON file of the providers that staff may sign in by: OpenID Connect, 企业微信, 钉钉 (docs/operate.md)",
    read: optionalPath,
  },
  DOUDOU_SMTP_URL: {
    fallback: "",
    meaning: "smtp://… or smtps://… of the mail server, with user and password; empty: no mail is sent",
    read: optionalUrl("smtp:", "smtps:"),
  },
  DOUDOU_MAIL_FROM: {
    fallback: "",
    meaning: "who mail is from, such as doudou@example.edu.cn; needed with DOUDOU_SMTP_URL",
    read: optionalSender,
  },
  DOUDOU_WEBHOOK_URL: {
    fallback: "",
    meaning:
      "where the school's own messenger is told, by a signed POST, that there is something new; empty: nowhere",
    read: optionalUrl("http:", "https:"),
  },
  DOUDOU_WEBHOOK_SECRET_FILE: {
    fallback: "",
    meaning:
      "file whose first line (24 bytes or more, or whsec_ and base64) signs what goes to DOUDOU_WEBHOOK_URL",
    read: optionalPath,
  },
  DOUDOU_MAX_QUEUED_WRITES: {
    fallback: "2000",
    meaning: "writes that may wait; beyond it the answer is 503 with Retry-After",
    read: wholeNumber(1, 1_000_000),
  },
  DOUDOU_GROUP_COMMIT: {
    fallback: "1",
    meaning: "0 commits every write alone (slower; for measuring only)",
    read: yesOrNo,
  },
  DOUDOU_REQUESTS_PER_MINUTE: {
    fallback: "60000",
    meaning: "requests one address may make in a minute; a whole school sits behind one",
    read: wholeNumber(1, 1_000_000_000),
  },
  DOUDOU_DOCUMENT_WORKERS: { fallback: "1", meaning: "threads that make PDFs", read: wholeNumber(1, 16) },
  DOUDOU_BACKUP_DIR: {
    fallback: "",
    meaning: "folder for backups, best on another disk; empty: the server makes none by itself",
    read: optionalPath,
  },
  DOUDOU_BACKUP_PASSPHRASE_FILE: {
    fallback: "",
    meaning: "file whose first line is the passphrase of backups",
    read: optionalPath,
  },
  DOUDOU_BACKUP_AT: {
    fallback: "02:30 Asia/Shanghai",
    meaning: "when the server makes its daily backup; one that was missed is made at the next start",
    read: timeOfDay,
  },
  DOUDOU_BACKUP_KEEP: {
    fallback: "7 4 12",
    meaning: "how many days, weeks and months keep their latest backup",
    read: retention,
  },
} as const satisfies Record<string, Variable<unknown>>;

/**
 * Reads and checks the configuration.
 * @throws ConfigError naming every variable that is wrong and why
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const mistakes: string[] = [];
  const value = <K extends keyof typeof VARIABLES>(name: K): ReturnType<(typeof VARIABLES)[K]["read"]> => {
    const variable = VARIABLES[name];
    const text = env[name] ?? variable.fallback;
    try {
      return variable.read(text) as ReturnType<(typeof VARIABLES)[K]["read"]>;
    } catch (error) {
      mistakes.push(`${name} ${(error as Error).message}`);
      return variable.read(variable.fallback) as ReturnType<(typeof VARIABLES)[K]["read"]>;
    }
  };
  const config = {
    port: value("PORT"),
    host: value("HOST"),
    dataDir: value("DATA_DIR"),
    databaseUrl: value("DATABASE_URL"),
    isDemo: value("DOUDOU_DEMO"),
    demoSeed: value("DOUDOU_DEMO_SEED"),
    logLevel: value("DOUDOU_LOG"),
    trustProxy: value("DOUDOU_TRUST_PROXY"),
    publicOrigin: value("DOUDOU_ORIGIN"),
    requiresSecondFactor: value("DOUDOU_REQUIRE_TOTP"),
    secretKeyFile: value("DOUDOU_SECRET_KEY_FILE"),
    providersFile: value("DOUDOU_SIGN_IN_PROVIDERS_FILE"),
    smtpUrl: value("DOUDOU_SMTP_URL"),
    mailFrom: value("DOUDOU_MAIL_FROM"),
    webhookUrl: value("DOUDOU_WEBHOOK_URL"),
    webhookSecretFile: value("DOUDOU_WEBHOOK_SECRET_FILE"),
    maxQueuedWrites: value("DOUDOU_MAX_QUEUED_WRITES"),
    groupCommit: value("DOUDOU_GROUP_COMMIT"),
    documentWorkers: value("DOUDOU_DOCUMENT_WORKERS"),
    requestsPerMinute: value("DOUDOU_REQUESTS_PER_MINUTE"),
    backupDir: value("DOUDOU_BACKUP_DIR"),
    backupPassphraseFile: value("DOUDOU_BACKUP_PASSPHRASE_FILE"),
    backupAt: value("DOUDOU_BACKUP_AT"),
    backupKeep: value("DOUDOU_BACKUP_KEEP"),
    webDir: resolve(repositoryRoot, "web/build"),
  };
  if (config.backupDir !== undefined && config.backupPassphraseFile === undefined)
    mistakes.push("DOUDOU_BACKUP_PASSPHRASE_FILE is needed where DOUDOU_BACKUP_DIR is set");
  if (config.smtpUrl !== undefined && config.mailFrom === undefined)
    mistakes.push("DOUDOU_MAIL_FROM is needed where DOUDOU_SMTP_URL is set");
  if (config.smtpUrl !== undefined && config.publicOrigin === undefined)
    mistakes.push("DOUDOU_ORIGIN is needed where DOUDOU_SMTP_URL is set: mails carry links");
  if (config.webhookUrl !== undefined && config.webhookSecretFile === undefined)
    mistakes.push("DOUDOU_WEBHOOK_SECRET_FILE is needed where DOUDOU_WEBHOOK_URL is set");
  if (mistakes.length > 0)
    throw new ConfigError(`The configuration has mistakes:\n${mistakes.map((m) => `  - ${m}`).join("\n")}`);
  const { isDemo, requiresSecondFactor } = config;
  return {
    ...config,
    requiresSecondFactor: requiresSecondFactor === "unless-demo" ? !isDemo : requiresSecondFactor,
  };
}

/** What another process of ours needs in its environment to work on the same data, and nothing else. */
export function environmentOf(config: Config): Readonly<Record<string, string>> {
  const { hour, minute, timeZone } = config.backupAt;
  const { days, weeks, months } = config.backupKeep;
  const twoDigits = (part: number) => String(part).padStart(2, "0");
  return {
    DATA_DIR: config.dataDir,
    DATABASE_URL: config.databaseUrl ?? "",
    DOUDOU_BACKUP_DIR: config.backupDir ?? "",
    DOUDOU_BACKUP_PASSPHRASE_FILE: config.backupPassphraseFile ?? "",
    DOUDOU_BACKUP_AT: `${twoDigits(hour)}:${twoDigits(minute)} ${timeZone}`,
    DOUDOU_BACKUP_KEEP: `${days} ${weeks} ${months}`,
  };
}
