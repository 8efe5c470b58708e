/** A browser that goes to a provider and comes back: it keeps its cookies, host by host, and follows where it is led. */
import { CLIENT_SECRET, CLIENT_ID } from "./open-id-server.ts";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "./world.ts";

export const OUR_ORIGIN = "https://doudou.example.edu.cn";

/** The file of an operator who has set up one provider or several. @returns its path */
export async function providersFile(providers: readonly object[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "doudou-providers-"));
  await writeFile(join(folder, "secret"), `${CLIENT_SECRET}\n`);
  const file = join(folder, "providers.json");
  await writeFile(file, JSON.stringify(providers));
  return file;
}

export function campus(issuer: string, over: object = {}): object {
  return {
    kind: "oidc",
    id: "campus",
    name: { zh: "校园统一认证", en: "Campus sign-in" },
    issuer,
    clientId: CLIENT_ID,
    clientSecretFile: "secret",
    claims: ["email", "employee_number"],
    ...over,
  };
}

export class ProviderBrowser {
  readonly #world: World;
  readonly #jars = new Map<string, Map<string, string>>();
  constructor(world: World) {
    this.#world = world;
  }

  /** Begins at ours. @returns where the provider is asked, or where we lead instead */
  async begin(query = "", provider = "campus"): Promise<URL> {
    const { location } = await this.ours(`/api/v1/sign-in/${provider}${query}`);
    return new URL(location, OUR_ORIGIN);
  }

  /** Follows the provider's pages until it leads back to us. @returns the address that it leads back to */
  async through(asked: URL): Promise<URL> {
    for (let at = asked, steps = 0; steps < 10; steps += 1) {
      if (at.origin === OUR_ORIGIN) return at;
      const jar = this.#jar(at.origin);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(at, { redirect: "manual", headers: { cookie } });
      await response.body?.cancel();
      for (const line of response.headers.getSetCookie()) keep(jar, line);
      const location = response.headers.get("location");
      if (location === null) throw new Error(`${at.href} answered ${response.status} and led nowhere`);
      at = new URL(location, at);
    }
    throw new Error("the provider leads round in circles");
  }

  /** Comes back. @returns where we lead: a page of ours */
  async back({ pathname, search }: URL): Promise<string> {
    return (await this.ours(pathname + search)).location;
  }

  /** The whole way. @returns where it ends */
  async signIn(query = ""): Promise<string> {
    return await this.back(await this.through(await this.begin(query)));
  }

  async ours(url: string, payload?: object) {
    const jar = this.#jar(OUR_ORIGIN);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await this.#world.app.server.inject({
      method: payload ? "POST" : "GET",
      url,
      headers: { cookie },
      ...(payload && { payload }),
    });
    for (const line of [response.headers["set-cookie"] ?? []].flat()) keep(jar, line);
    return {
      status: response.statusCode,
      location: response.headers["location"] ?? "",
      body: response.body,
      setCookies: [response.headers["set-cookie"] ?? []].flat(),
    };
  }

  #jar(origin: string): Map<string, string> {
    const jar = this.#jars.get(origin) ?? new Map<string, string>();
    this.#jars.set(origin, jar);
    return jar;
  }
}

function keep(jar: Map<string, string>, line: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  const isOver = /max-age=0|expires=thu, 01 jan 1970/i.test(line);
  if (isOver || value === "") jar.delete(name);
  else jar.set(name, value);
}
