/**
 * `doudou rotate-secrets`: ends at once whatever lets people in without their password. Cookies and links carry random
 * tokens, of which the database has only hashes; what DOUDOU_SECRET_KEY_FILE seals is set up anew.
 */
import { parseArgs } from "node:util";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { revokeEveryBoardLink } from "@doudou/db/repositories/boards.ts";
import { endEveryLetter } from "@doudou/db/repositories/guardians.ts";
import { retireSchoolKey } from "@doudou/db/repositories/school-keys.ts";
import { schoolByCode, schoolIds } from "@doudou/db/repositories/schools.ts";
import {
  endSessions,
  forgetCards,
  forgetPins,
  forgetSecondFactors,
} from "@doudou/db/repositories/secrets.ts";
import { forgetSignInAttempts } from "@doudou/db/repositories/sign-in-providers.ts";
import { revokeStaffLinks } from "@doudou/db/repositories/staff-accounts.ts";
import { Refused } from "../operate/refused.ts";
import { asUsageError, type Command, UsageError } from "./command.ts";

const DAY_MS = 86_400_000;

export const rotateSecrets: Command = {
  summary: "end every session, tablet PIN, board link and staff link of a school, or of all",
  help: `Usage: pnpm doudou rotate-secrets (--code CODE | --every-school) --yes [options]

  --code CODE      the people of one school; who belongs to another school too is signed out there as well
  --every-school   everybody
  --cards          put an end to children's cards too: all have to be printed anew
  --second-factors forget everybody's second device and recovery codes too: administrators set up new ones
  --school-keys    retire the keys that schools sign credentials with: the private half is gone, what it signed stands
  --yes            yes, really
  --json           answer in JSON

For when a tablet is lost, a device was left signed in, or a copy of the database may be in other hands. What lets
people in are random tokens, of which the database has only hashes. This ends them all:
  - sessions: everybody signs in again with the password
  - PINs on shared tablets: no tablet knows anybody any longer
  - board links: every projector goes dark
  - links for staff that nobody has used yet: invitations and resets are made anew
  - letters for guardians that still open: the class prints new ones
  - sign-ins by a provider that are under way: they are begun anew
  - with --cards: children's cards with their PINs
  - with --second-factors: second devices
  - with --school-keys: the keys that sign; a new one is made when it is next needed
The last two are needed where the key of DOUDOU_SECRET_KEY_FILE is lost or changed.
Passwords stay, and so does who may sign in by which provider: see 学校事务 · 统一登录; the provider's own secret is in
the file that DOUDOU_SIGN_IN_PROVIDERS_FILE names. What waits on a device to be sent is kept there and sent after signing
in again. A running server heeds it at once; streams that are open end within half a minute.
The passphrase of backups is not kept here: change the file of DOUDOU_BACKUP_PASSPHRASE_FILE; older backups keep theirs.
Exit code 0 when done; 1 when there is no such school; 2 when called wrongly.`,
  parse(args) {
    const { values } = asUsageError(() =>
      parseArgs({
        args: [...args],
        options: {
          code: { type: "string" },
          "every-school": { type: "boolean", default: false },
          cards: { type: "boolean", default: false },
          "second-factors": { type: "boolean", default: false },
          "school-keys": { type: "boolean", default: false },
          yes: { type: "boolean", default: false },
          json: { type: "boolean", default: false },
        },
      }),
    );
    const { code, cards } = values;
    if ((code === undefined) !== values["every-school"])
      throw new UsageError("Say whose: either --code CODE or --every-school.");
    if (!values.yes)
      throw new UsageError("Everybody has to sign in again afterwards: say --yes if so it shall be.");
    return async (database) => {
      const ended = await database.write(EVERY_SCHOOL, async (store) => {
        const school = code === undefined ? undefined : await schoolByCode(store, code.toLowerCase());
        if (code !== undefined && !school) throw new Refused(`There is no school with the code ${code}.`);
        const whose = school ? { schoolId: school.id } : "everybody";
        let boardLinks = 0;
        let staffLinks = 0;
        let letters = 0;
        let schoolKeys = 0;
        const at = new Date();
        // Nobody knows yet whose they are: those of all go.
        await forgetSignInAttempts(store, new Date(at.getTime() + DAY_MS));
        for (const schoolId of school ? [school.id] : await schoolIds(store)) {
          boardLinks += await revokeEveryBoardLink(store, schoolId, at);
          letters += await endEveryLetter(store, schoolId, at);
          if (values["school-keys"] && (await retireSchoolKey(store, schoolId, at))) schoolKeys += 1;
          staffLinks += await revokeStaffLinks(store, schoolId, "all", { membershipId: null, at });
        }
        return {
          sessions: await endSessions(store, whose),
          pins: await forgetPins(store, whose),
          boardLinks,
          staffLinks,
          letters,
          cards: cards ? await forgetCards(store, whose) : 0,
          secondFactors: values["second-factors"] ? await forgetSecondFactors(store, whose) : 0,
          schoolKeys,
        };
      });
      if (values.json) console.log(JSON.stringify(ended));
      else
        console.log(
          `Ended ${ended.sessions} sessions, ${ended.pins} PINs on tablets, ${ended.boardLinks} board links, ` +
            `${ended.staffLinks} links for staff, ${ended.letters} letters for guardians, ${ended.cards} cards, ${ended.secondFactors} second devices and ` +
            `${ended.schoolKeys} keys of schools.`,
        );
      return 0;
    };
  },
};
