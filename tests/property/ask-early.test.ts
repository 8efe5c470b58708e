/** What the shell asked before the app was there is taken up once, and only where it is as good as asking now. */
import { afterEach, expect, test } from "vitest";
import { type Carrier, request } from "../../web/src/lib/api/request.ts";

const PATH = "/classes/a-class/roster";
const EARLY = "asked early";

/** A call as the page makes it. @returns what it brought, and whether the network was asked for it */
async function ask(call: { method?: "GET" | "POST"; path?: string; accountId?: string } = {}) {
  let wasSent = false;
  const carrier: Carrier = async () => {
    wasSent = true;
    return Response.json("asked now");
  };
  const { path = PATH, ...how } = { accountId: "teacher", ...call };
  return { answer: await request<string>(path, { ...how, carrier }), wasSent };
}

function askedEarly(by: string, answer: () => Response | Promise<Response> = () => Response.json(EARLY)) {
  const response = Promise.resolve().then(answer);
  const asked = response.then((of) => {
    of.headers.set("doudou-account", by);
    return { response: of, answeredAt: Date.now() };
  });
  asked.catch(() => {});
  globalThis.doudouEarly = { askedAt: Date.now(), answers: new Map([[`/api/v1${PATH}`, asked]]) };
}

const NOW = { answer: "asked now", wasSent: true };

afterEach(() => {
  globalThis.doudouEarly = undefined;
});

test("the first call that asks the same has the answer, and the next one asks", async () => {
  askedEarly("teacher");
  expect(await ask({ path: "/classes" })).toEqual(NOW);
  expect(await ask()).toEqual({ answer: EARLY, wasSent: false });
  expect(await ask()).toEqual(NOW);
});

test("an answer made to somebody else, a refusal and a failure are not taken up", async () => {
  askedEarly("another");
  expect(await ask()).toEqual(NOW);
  askedEarly("teacher", () => new Response("{}", { status: 403 }));
  expect(await ask()).toEqual(NOW);
  askedEarly("teacher", () => Promise.reject(new TypeError("no network")));
  expect(await ask()).toEqual(NOW);
});

test("after something was sent nothing that was asked before is taken up", async () => {
  askedEarly("teacher");
  await ask({ method: "POST", path: "/awards" });
  expect(await ask()).toEqual(NOW);
});
