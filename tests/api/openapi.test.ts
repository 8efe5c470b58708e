/** The description of the API: valid, complete, and to be browsed in a real browser without the internet. */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Validator } from "@seriousme/openapi-schema-validator";
import fastJson, { type Schema } from "fast-json-stringify";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { validatorOf } from "@doudou/server/http/schemas.ts";
import { ensureBrowser, launchBrowser } from "../support/browser.ts";
import { createWorld, type World } from "../support/world.ts";

interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: Record<string, unknown> }>>;
}

interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<Record<string, Answer>>;
}

interface Document {
  readonly openapi: string;
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly required?: string[] }>> };
}

let world: World;
let document: Document;
beforeAll(async () => {
  world = await createWorld();
  document = (await world.app.server.inject("/api/v1/openapi.json")).json<Document>();
});
afterAll(() => world.close());

function isSchema(value: unknown): value is Schema & object {
  return typeof value === "object" && value !== null && "~kind" in value;
}

/** Every route of the API as it was declared, beside what the document says of it. */
function described() {
  return world.app.routes
    .filter(({ method, url }) => method !== "HEAD" && url !== "/api/v1/openapi.json")
    .map(({ method, url, access }) => {
      const path = url.replaceAll(/:(\w+)/g, "{$1}");
      const operation = document.paths[path]?.[method.toLowerCase()];
      return { name: `${method} ${path}`, method, access, operation };
    });
}

test("what comes in can be checked and what goes out can be written, though neither is made before it is used", async () => {
  const folder = fileURLToPath(new URL("../../shared/src/contract/", import.meta.url));
  let count = 0;
  for (const file of globSync("*.ts", { cwd: folder })) {
    const contract = (await import(`@doudou/shared/contract/${file}`)) as Record<string, unknown>;
    for (const [name, schema] of Object.entries(contract)) {
      if (!isSchema(schema) || "$id" in schema) continue; // the one with an id is for the document alone
      count += 1;
      const validate = validatorOf({ schema: { type: "object", properties: { part: schema } } });
      expect([name, validate({})]).toEqual([name, { value: expect.anything() }]);
      expect(() => fastJson(schema)).not.toThrow();
    }
  }
  expect(count).toBeGreaterThan(150);
});

test("it is valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate({ ...document });
  expect([valid, errors]).toEqual([true, undefined]);
  expect([document.openapi, validator.version]).toEqual(["3.1.0", "3.1"]);
});

test("it refers to nothing that is not in it", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to ?? "");
  expect(references.length).toBeGreaterThan(0);
  for (const reference of new Set(references)) {
    const found = reference
      .slice("#/".length)
      .split("/")
      .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document);
    expect([reference, typeof found]).toEqual([reference, "object"]);
  }
});

test("it has every route, and no other", () => {
  const routes = described();
  expect(routes.filter(({ operation }) => !operation).map(({ name }) => name)).toEqual([]);
  const told = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(told.sort()).toEqual(routes.map(({ name }) => name).sort());
  expect(routes.length).toBeGreaterThan(15);
});

test("each route says what it does, where it belongs, and what comes back", () => {
  for (const { name, operation } of described()) {
    expect([name, operation?.summary, operation?.tags]).toEqual([
      name,
      expect.stringMatching(/^[A-Z].{5,}/),
      [expect.stringMatching(/^[a-z]+$/)],
    ]);
    // A browser on its way to a provider and back is led on: 303.
    const successes = Object.entries(operation?.responses ?? {}).filter(([status]) =>
      /^2|^303$/.test(status),
    );
    expect([name, successes.length]).toEqual([name, 1]);
    for (const [status, { content }] of successes) {
      expect([name, ["204", "303"].includes(status) || content !== undefined]).toEqual([name, true]);
    }
  }
});

test("each route tells every error it may answer, as problem details", () => {
  for (const { name, method, access, operation } of described()) {
    const expected = new Set([429, 500, 503]);
    if (access.to !== "everybody") expected.add(401);
    if (access.to === "members" || access.to === "class" || access.to === "student") expected.add(403);
    if (access.to === "class" || access.to === "student") expected.add(404);
    if (method !== "GET") expected.add(403);
    if (operation?.parameters?.length) expected.add(400);
    if (operation?.requestBody) for (const status of [400, 413, 415]) expected.add(status);
    const told = Object.keys(operation?.responses ?? {}).map(Number);
    expect([name, [...expected].filter((status) => !told.includes(status))]).toEqual([name, []]);
    for (const [status, { content }] of Object.entries(operation?.responses ?? {})) {
      if (!/^[45]/.test(status)) continue;
      expect([name, status, content]).toEqual([
        name,
        status,
        { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      ]);
    }
  }
  expect(document.components.schemas["Problem"]?.required).toEqual(["type", "title", "status", "code"]);
});

test("only the ways in, a logo, the end of mail, the privacy notice, public keys and whether something is genuine need no session", () => {
  expect(document.security).toEqual([{ session: [] }]);
  const open = described().filter(({ operation }) => operation?.security?.length === 0);
  expect(open.map(({ name }) => name)).toEqual([
    "POST /api/v1/session",
    "POST /api/v1/session/passkey/begin",
    "POST /api/v1/session/passkey",
    "GET /api/v1/sign-in-providers",
    "GET /api/v1/sign-in/{providerId}",
    "GET /api/v1/sign-in/{providerId}/callback",
    "POST /api/v1/sign-in/code",
    "POST /api/v1/staff-links/look",
    "POST /api/v1/staff-links/use",
    "GET /api/v1/tablet",
    "POST /api/v1/session/pin",
    "POST /api/v1/session/card/look",
    "POST /api/v1/session/card",
    "POST /api/v1/board",
    "GET /api/v1/schools/{schoolId}/logo/{sha256}",
    "POST /api/v1/join/look",
    "POST /api/v1/join",
    "GET /api/v1/summary-verification",
    "POST /api/v1/mail-stop",
    "GET /api/v1/privacy-notice",
    "POST /api/v1/credential-verification",
    "GET /api/v1/schools/{schoolId}/issuer",
    "GET /api/v1/schools/{schoolId}/keys",
    "GET /api/v1/schools/{schoolId}/keys/{keyId}",
  ]);
});

test("every parameter in an address is described, and required", () => {
  for (const { name, operation } of described()) {
    const inPath = (operation?.parameters ?? []).filter((parameter) => parameter.in === "path");
    const named = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    expect([name, inPath.map((parameter) => parameter.name)]).toEqual([name, named]);
    expect([name, inPath.every(({ required }) => required)]).toEqual([name, true]);
  }
});

describe("the reference at /api/docs", () => {
  test("names no other host that anything would be loaded from", async () => {
    const { server } = world.app;
    const page = await server.inject("/api/docs/");
    expect([page.statusCode, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? "");
    expect(files.filter((file) => file.endsWith(".js")).length).toBeGreaterThan(0);
    for (const file of files) {
      expect(file).not.toMatch(/^(https?:)?\/\//);
      const { body, statusCode, headers } = await server.inject(new URL(file, "http://x/api/docs/").pathname);
      expect([file, statusCode]).toEqual([file, 200]);
      if (!String(headers["content-type"]).includes("css")) continue;
      expect(body).not.toMatch(/@import|url\(["']?(https?:)?\/\//);
    }
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain("script-src 'self';");
    // Many a school has the server in its own house, without TLS.
    expect(policy).not.toMatch(/https?:|upgrade-insecure-requests|swagger\.io/);
  });

  test(
    "opens in a browser, under its policy, without a word to the outside",
    { timeout: 180_000 },
    async () => {
      ensureBrowser();
      const address = await world.app.server.listen({ port: 0, host: "127.0.0.1" });
      const browser = await launchBrowser();
      onTestFinished(() => browser.close());
      const page = await browser.newPage();
      page.setDefaultTimeout(120_000);
      const complaints: string[] = [];
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => {
        if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) complaints.push(request.url());
      });
      await page.goto(`${address}/api/docs/`);
      // Of so many calls the reference draws those that are scrolled to.
      const recording = page.getByText("Record awards; each row has its own result");
      const scrolled = async () => {
        await page.mouse.move(600, 400);
        await page.mouse.wheel(0, 1_000);
        return await recording.count();
      };
      await expect.poll(scrolled, { timeout: 60_000, interval: 200 }).toBeGreaterThan(0);
      expect(complaints).toEqual([]);
    },
  );
});
