/** Guardians in front of the real app: letters with their codes read off the paper, and people who join by them. */
import { extractText, getDocumentProxy } from "unpdf";
import type { NewGuardian } from "@doudou/shared/contract/joining.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type { Client } from "./client.ts";
import type { World } from "./world.ts";

/** The codes on a PDF of letters or cards, in the order they are printed, in groups on one line or two. */
export async function codesOn(pdf: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(pdf.slice()), { mergePages: true });
  return [...text.matchAll(/[0-9A-HJKMNP-TV-Z]{4}(?:\s[0-9A-HJKMNP-TV-Z]{4}){3}/g)].map(([code]) =>
    code.replaceAll("\n", " "),
  );
}

/** Prints letters for children of a class. @returns their codes */
export async function printLetters(
  staff: Client,
  classId: string,
  ...studentIds: string[]
): Promise<string[]> {
  const answer = await staff.ask("POST", `/classes/${classId}/guardian-letters`, { studentIds });
  if (answer.status !== 200) throw new Error(`letters: ${answer.body}`);
  return await codesOn(answer.bytes);
}

export interface Joined {
  readonly code: string | number;
  readonly cookie: string;
  readonly view: SessionView | undefined;
}

let addresses = 0;

/** Somebody with a letter and no account, somewhere else every time. */
export async function joinAs(
  world: World,
  code: string,
  person: Partial<NewGuardian> = {},
  address = `10.3.${Math.floor(++addresses / 250)}.${addresses % 250}`,
): Promise<Joined> {
  const response = await world.app.server.inject({
    method: "POST",
    url: "/api/v1/join",
    remoteAddress: address,
    payload: {
      code,
      relation: "mother",
      name: "林妈妈",
      phone: "13800000001",
      login: `g${crypto.randomUUID()}`,
      password: "a long enough one",
      agreesTo: "3",
      ...person,
    },
  });
  const isProblem = String(response.headers["content-type"]).includes("problem");
  const cookie = response.cookies.find(({ name }) => name === "doudou_session");
  return {
    code: isProblem ? response.json<{ code: string }>().code : response.statusCode,
    cookie: `doudou_session=${cookie?.value}`,
    view: response.statusCode === 200 ? response.json<SessionView>() : undefined,
  };
}
