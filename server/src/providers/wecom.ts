/**
 * Signing in by 企业微信 (WeCom): OAuth 2.0 with endpoints of its own, no discovery, no PKCE and no ID token. What binds
 * the way back is the state, and a code that is good once, for five minutes, for this app alone.
 * @source 企业微信开发者中心, 企业微信登录: sso/login, gettoken, auth/getuserinfo
 */
import { askProvider, codeOf, textOf, type Answered } from "./answers.ts";
import { type Provider, ProviderFailure } from "./provider.ts";

export interface WecomSettings extends Pick<Provider, "id" | "name" | "claims" | "schools"> {
  readonly corpId: string;
  readonly agentId: string;
  readonly clientSecret: string;
  readonly endpoints: { readonly authorize: string; readonly token: string; readonly user: string };
}

export const WECOM_ENDPOINTS: WecomSettings["endpoints"] = {
  authorize: "https://login.work.weixin.qq.com/wwlogin/sso/login",
  token: "https://qyapi.weixin.qq.com/cgi-bin/gettoken",
  user: "https://qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo",
};

export function wecomProvider(settings: WecomSettings): Provider {
  const { id, name, claims, schools, corpId, agentId, clientSecret, endpoints } = settings;
  return {
    id,
    name,
    claims,
    schools,
    async addressOf({ redirectUri, state }) {
      return addressWith(endpoints.authorize, {
        login_type: "CorpApp",
        appid: corpId,
        agentid: agentId,
        redirect_uri: redirectUri,
        state,
      });
    },
    async identityOf(back, { state }) {
      const code = codeOf(back, "code", state);
      const query = { corpid: corpId, corpsecret: clientSecret };
      const token = textOf(checked(await askProvider(addressWith(endpoints.token, query))), "access_token");
      const who = checked(await askProvider(addressWith(endpoints.user, { access_token: token, code })));
      // Who is no member of the enterprise gets an openid instead: such a one is nobody here.
      if (who["userid"] === undefined) throw new ProviderFailure("cancelled");
      const userid = textOf(who, "userid");
      return { issuer: `wecom:${corpId}`, subject: userid, claims: { userid }, shownAs: userid };
    },
  };
}

/** It answers 200 whatever happens, and says in the body whether it went well. */
function checked(answer: Answered): Answered {
  if (answer["errcode"] !== undefined && answer["errcode"] !== 0) throw new ProviderFailure("interrupted");
  return answer;
}

function addressWith(endpoint: string, query: Readonly<Record<string, string>>): URL {
  const address = new URL(endpoint);
  for (const [key, value] of Object.entries(query)) address.searchParams.set(key, value);
  return address;
}
