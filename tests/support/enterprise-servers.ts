/**
 * Stand-ins for 企业微信 and 钉钉, which cannot be run here: HTTP servers that answer as their documentation says, take a code
 * once, and look at secrets and tokens. Not the real ones, and proof of no more than that we keep to their documentation.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { CLIENT_SECRET } from "./open-id-server.ts";

export interface EnterpriseServer {
  readonly origin: string;
  /** Codes that are good once, each for what it tells of a person. */
  readonly codes: Map<string, Record<string, unknown>>;
  close(): Promise<void>;
}

type Answer = (
  request: IncomingMessage,
  url: URL,
  codes: EnterpriseServer["codes"],
) => Promise<object> | object;

const TOKEN = "access-token-of-the-app";

export const wecomServer = () =>
  serving({
    "/cgi-bin/gettoken": (_, { searchParams }) =>
      searchParams.get("corpid") === "ww1" && searchParams.get("corpsecret") === CLIENT_SECRET
        ? { errcode: 0, errmsg: "ok", access_token: TOKEN, expires_in: 7200 }
        : { errcode: 40001, errmsg: "invalid credential" },
    "/cgi-bin/auth/getuserinfo": (_, { searchParams }, codes) => {
      if (searchParams.get("access_token") !== TOKEN)
        return { errcode: 40014, errmsg: "invalid access_token" };
      const code = searchParams.get("code") ?? "";
      const person = codes.get(code);
      codes.delete(code);
      return person ? { errcode: 0, errmsg: "ok", ...person } : { errcode: 40029, errmsg: "invalid code" };
    },
  });

export const dingtalkServer = () => {
  const granted = new Map<string, Record<string, unknown>>();
  return serving({
    "/v1.0/oauth2/userAccessToken": async (request, _, codes) => {
      const asked = (await json(request)) as Record<string, string>;
      const person = codes.get(asked["code"] ?? "");
      codes.delete(asked["code"] ?? "");
      if (!person || asked["clientSecret"] !== CLIENT_SECRET || asked["grantType"] !== "authorization_code")
        return { status: 400, code: "invalidParameter", message: "不合法的临时授权码" };
      const accessToken = `token-${granted.size}`;
      const { corpId, ...who } = person;
      granted.set(accessToken, who);
      return { accessToken, refreshToken: "r", expireIn: 7200, corpId };
    },
    "/v1.0/contact/users/me": (request) =>
      granted.get(String(request.headers["x-acs-dingtalk-access-token"])) ?? {
        status: 401,
        code: "InvalidAuthentication",
      },
  });
};

async function serving(answers: Readonly<Record<string, Answer>>): Promise<EnterpriseServer> {
  const codes: EnterpriseServer["codes"] = new Map();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://here");
    const answered = (await answers[url.pathname]?.(request, url, codes)) ?? { status: 404 };
    const { status = 200, ...body } = answered as {
      status?: number;
    };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    codes,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
