/**
 * Which passwords are taken: long enough, and not easily guessed by somebody who knows the common ones, whose it is and
 * where. Keeps no password and tells none to anybody.
 */
import type { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { pinyin } from "pinyin-pro";
import { isLongEnough } from "@doudou/shared/domain/passwords.ts";
import { Problem } from "../http/problem.ts";

/**
 * Guesses below which a password counts as easily guessed: what signing in slows down to eight in five minutes holds
 * against this many, and the hash against a copy of the database.
 */
const FEWEST_GUESSES = 1e6;
/** More of it makes no weak password strong, and takes the time of everybody else. */
const LOOKED_AT = 64;

export type PasswordFault = "password-too-short" | "password-guessable";

/** Made when the first password is chosen, not at start: tens of thousands of common ones. */
let estimator: Promise<ZxcvbnFactory> | undefined;

/**
 * What speaks against a password.
 * @param names of the person, its login, its school: tried first by whoever knows them
 */
export async function passwordFault(
  password: string,
  names: readonly string[],
): Promise<PasswordFault | undefined> {
  if (!isLongEnough(password)) return "password-too-short";
  estimator ??= makeEstimator();
  const known = names.flatMap((name) => [folded(name), pinyinOf(name)]).filter((word) => word.length > 1);
  const { guesses } = (await estimator).check(folded(password).slice(0, LOOKED_AT), known);
  return guesses < FEWEST_GUESSES ? "password-guessable" : undefined;
}

/**
 * The same as a refusal.
 * @param path of the field it was given in
 * @throws Problem password-too-short, password-guessable
 */
export async function refusePassword(
  password: string,
  names: readonly string[],
  path = "/password",
): Promise<void> {
  const fault = await passwordFault(password, names);
  if (fault) throw new Problem(fault, { errors: [{ path, message: fault }] });
}

async function makeEstimator(): Promise<ZxcvbnFactory> {
  const [core, { adjacencyGraphs, dictionary }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new core.ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** A Chinese name as it is typed where only Latin letters are. */
function pinyinOf(name: string): string {
  return pinyin(name, { toneType: "none", surname: "head", v: true })
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
}
