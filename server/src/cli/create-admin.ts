/**
 * `doudou create-admin`: makes the first administrator of a school, and the school itself where its code is new.
 * All of it in one transaction. Never prints or keeps a password that was given to it.
 */
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import { accountByLogin, createAccounts, normalisedLogin } from "@doudou/db/repositories/accounts.ts";
import {
  addAcademicYears,
  addCalendarExceptions,
  addMemberships,
  addSchool,
  addTerms,
} from "@doudou/db/repositories/office.ts";
import { schoolByCode } from "@doudou/db/repositories/schools.ts";
import { holidaysBetween } from "@doudou/db/seed/holidays.ts";
import { type PlannedYear, plannedYear } from "@doudou/db/seed/school-years.ts";
import { createDefaultScheme, defaultScheme } from "@doudou/db/seed/scheme.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "@doudou/shared/domain/passwords.ts";
import { passwordFault } from "../access/passwords.ts";
import { newReadableCode } from "../access/readable-codes.ts";
import { hashPassword } from "../access/sessions.ts";
import { Refused } from "../operate/refused.ts";
import { asUsageError, type Command, UsageError } from "./command.ts";

const TIME_ZONE = "Asia/Shanghai";

export const createAdmin: Command = {
  summary: "make a school's first administrator, and the school",
  help: `Usage: pnpm doudou create-admin --code forest --school 森林小学 --login admin --name 校长 [options]

  --code CODE        the school's short code: letters, digits and hyphens
  --school NAME      the school's name; not needed when the code is known already
  --login LOGIN      what the administrator signs in with
  --name NAME        the administrator's name
  --password-stdin   take the password from standard input (10 characters or more)
  --json             answer in JSON

Where the code is new, the school is opened with its current academic year, two terms, the public holidays and the
default indicator scheme. Without --password-stdin a password is made up and shown once.
Exit code 0 when done; 1 when it cannot be done, with the reason.`,
  parse(args) {
    const { values } = asUsageError(() =>
      parseArgs({
        args: [...args],
        options: {
          code: { type: "string" },
          school: { type: "string" },
          login: { type: "string" },
          name: { type: "string" },
          "password-stdin": { type: "boolean", default: false },
          json: { type: "boolean", default: false },
        },
      }),
    );
    const wanted: Wanted = {
      code: required("code", values.code).toLowerCase(),
      schoolName: values.school?.trim(),
      login: normalisedLogin(required("login", values.login)),
      name: required("name", values.name),
    };
    if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(wanted.code)) {
      throw new UsageError("--code takes up to 40 letters, digits and hyphens.");
    }
    return async (database) => {
      const given = values["password-stdin"] ? (await text(process.stdin)).replace(/\r?\n$/, "") : undefined;
      const password = given ?? newReadableCode();
      try {
        await refuseUnfit(password, wanted);
        const passwordHash = await hashPassword(password);
        const scheme = await defaultScheme();
        const created = await database.write(EVERY_SCHOOL, (store) =>
          addAdministrator(store, wanted, { passwordHash, scheme, now: new Date() }),
        );
        const shown = given === undefined ? { password } : {};
        console.log(
          values.json ? JSON.stringify({ ...created, ...shown }) : inWords(created, wanted, shown.password),
        );
        return 0;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        console.error(error.message);
        return 1;
      }
    };
  },
};

interface Wanted {
  readonly code: string;
  readonly schoolName: string | undefined;
  readonly login: string;
  readonly name: string;
}

interface Created {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly membershipId: string;
  readonly login: string;
  /** What the school was opened with; null where it was there already. */
  readonly opened: (Pick<PlannedYear, "name" | "terms"> & { readonly observationPoints: number }) | null;
}

interface Means {
  readonly passwordHash: string;
  readonly scheme: Awaited<ReturnType<typeof defaultScheme>>;
  readonly now: Date;
}

function required(option: string, value: string | undefined): string {
  const trimmed = value?.trim() ?? "";
  if (trimmed === "") throw new UsageError(`--${option} is missing.`);
  if (trimmed.length > 200) throw new UsageError(`--${option} is too long.`);
  return trimmed;
}

async function refuseUnfit(password: string, { login, name, schoolName, code }: Wanted): Promise<void> {
  if (password.length > LONGEST_PASSWORD)
    throw new Refused(`The password is too long: ${LONGEST_PASSWORD} characters are the most.`);
  const fault = await passwordFault(password, [login, name, code, schoolName ?? ""]);
  if (fault === "password-too-short")
    throw new Refused(`The password is too short: take ${SHORTEST_PASSWORD} characters or more.`);
  if (fault)
    throw new Refused("The password is easily guessed: take one that is not common, and not a name.");
}

async function addAdministrator(store: Store, wanted: Wanted, means: Means): Promise<Created> {
  const { code, login, name } = wanted;
  if (await accountByLogin(store, login)) throw new Refused(`The login ${login} is taken.`);
  const known = await schoolByCode(store, code);
  if (known && wanted.schoolName !== undefined && known.name !== wanted.schoolName) {
    throw new Refused(`The code ${code} belongs to ${known.name}.`);
  }
  const school = known ?? { id: uuidv7(), name: newSchoolName(wanted) };
  const opened = known ? null : await openSchool(store, school, code, means);

  const accountId = uuidv7();
  const membershipId = uuidv7();
  const { passwordHash, now: createdAt } = means;
  await createAccounts(store, [
    { id: accountId, login, displayName: name, locale: "zh-CN", passwordHash, createdAt },
  ]);
  await addMemberships(store, school.id, [
    { id: membershipId, accountId, role: "school-admin", displayName: name, studentId: null, endedAt: null },
  ]);
  return { schoolId: school.id, schoolName: school.name, membershipId, login, opened };
}

function newSchoolName({ code, schoolName }: Wanted): string {
  if (schoolName === undefined || schoolName === "") {
    throw new Refused(`There is no school with the code ${code} yet: name it with --school.`);
  }
  return schoolName;
}

/** A school that can be worked with: its year, terms, holidays, and what may be awarded. */
async function openSchool(
  store: Store,
  { id: schoolId, name }: { readonly id: string; readonly name: string },
  code: string,
  { scheme, now }: Means,
): Promise<Created["opened"]> {
  await addSchool(store, { schoolId, code, name, timeZone: TIME_ZONE, locale: "zh-CN", createdAt: now });
  const year = yearToWorkIn(localDayOf(now.getTime(), TIME_ZONE));
  const academicYearId = uuidv7();
  await addAcademicYears(store, schoolId, [
    { id: academicYearId, name: year.name, startsOn: year.startsOn, endsOn: year.endsOn },
  ]);
  const schemeId = await createDefaultScheme(store, schoolId, academicYearId, {
    scheme,
    version: 1,
    publishedAt: now,
    newId: uuidv7,
  });
  await addTerms(
    store,
    schoolId,
    year.terms.map((term) => ({ ...term, id: uuidv7(), academicYearId, schemeId })),
  );
  await addCalendarExceptions(store, schoolId, holidaysBetween(year.startsOn, year.endsOn));
  const observationPoints = scheme.indicators.reduce((sum, { points }) => sum + points.length, 0);
  return { name: year.name, terms: year.terms, observationPoints };
}

/** From the first of August a school prepares the year that begins in September. */
function yearToWorkIn(today: string): PlannedYear {
  const year = Number(today.slice(0, 4));
  return plannedYear(today.slice(5) < "08-01" ? year - 1 : year);
}

function inWords(
  { schoolName, login, opened }: Created,
  wanted: Wanted,
  password: string | undefined,
): string {
  const lines = [];
  if (opened) {
    lines.push(
      `${schoolName} (code ${wanted.code}) is open with ${opened.observationPoints} observation points.`,
    );
    lines.push(`${opened.name}; please check these dates against your own calendar:`);
    for (const { nameZh, startsOn, endsOn } of opened.terms)
      lines.push(`  ${nameZh}  ${startsOn} to ${endsOn}`);
  }
  lines.push(`${wanted.name} is an administrator of ${schoolName} and signs in as ${login}.`);
  if (password !== undefined) lines.push(`Password, shown only this once: ${password}`);
  return lines.join("\n");
}
