/**
 * Signing in by 钉钉 (DingTalk): OAuth 2.0 with endpoints of its own, no discovery, no PKCE and no ID token. Anybody in the
 * world has a DingTalk account: only who chose this school's organisation comes through.
 * @source 钉钉开放平台, 实现登录第三方网站: oauth2/auth, userAccessToken, contact/users/me
 */
import { askProvider, codeOf, textOf } from "./answers.ts";
import { type Provider, ProviderFailure } from "./provider.ts";

export interface DingtalkSettings extends Pick<Provider, "id" | "name" | "claims" | "schools"> {
  readonly corpId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly endpoints: { readonly authorize: string; readonly token: string; readonly user: string };
}

export const DINGTALK_ENDPOINTS: DingtalkSettings["endpoints"] = {
  authorize: "https://login.dingtalk.com/oauth2/auth",
  token: "https://api.dingtalk.com/v1.0/oauth2/userAccessToken",
  user: "https://api.dingtalk.com/v1.0/contact/users/me",
};

export function dingtalkProvider(settings: DingtalkSettings): Provider {
  const { id, name, claims, schools, corpId, clientId, clientSecret, endpoints } = settings;
  return {
    id,
    name,
    claims,
    schools,
    async addressOf({ redirectUri, state }) {
      const address = new URL(endpoints.authorize);
      address.search = new URLSearchParams({
        redirect_uri: redirectUri,
        response_type: "code",
        client_id: clientId,
        scope: "openid corpid",
        state,
        prompt: "consent",
      }).toString();
      return address;
    },
    async identityOf(back, { state }) {
      const code = codeOf(back, "authCode", state);
      const granted = await askProvider(new URL(endpoints.token), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ clientId, clientSecret, code, grantType: "authorization_code" }),
      });
      if (granted["corpId"] !== corpId) throw new ProviderFailure("cancelled");
      const headers = { "x-acs-dingtalk-access-token": textOf(granted, "accessToken") };
      const who = await askProvider(new URL(endpoints.user), { headers });
      const subject = textOf(who, "unionId");
      const nick = typeof who["nick"] === "string" ? who["nick"] : subject;
      return { issuer: `dingtalk:${corpId}`, subject, claims: {}, shownAs: nick };
    },
  };
}
