/** `/api/v1/session`: sign in, who am I, sign out; `/api/v1/account`: one's own settings. */
import Type from "typebox";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { setAccountLocale } from "@doudou/db/repositories/accounts.ts";
import { Account, AccountChange, SessionView, SignIn } from "@doudou/shared/contract/session.ts";
import {
  clearSessionCookie,
  refuseOtherAccount,
  requireSignedIn,
  signedInBy,
  tabletTokenOf,
} from "../../access/cookie.ts";
import { changeHands } from "../../access/hands.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { Problem } from "../../http/problem.ts";
import { forgetOnEveryTablet, passwordGivenOn } from "../tablets/service.ts";
import { sessionView, signIn } from "./service.ts";

const Everywhere = Type.Object({ everywhere: Type.Boolean({ default: false }) });

export function sessionRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "POST",
    url: "/session",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "Sign in",
      tags: ["session"],
      security: [],
      body: SignIn,
      response: { 200: SessionView, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: async (request, reply) => {
      const opened = await signIn(deps, { ...request.body, address: request.ip });
      await passwordGivenOn(deps, tabletTokenOf(request), opened.view.account.id);
      return await changeHands(deps, request, reply, opened);
    },
  });

  api.route({
    method: "GET",
    url: "/session",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "Who am I",
      tags: ["session"],
      response: { 200: SessionView, ...errorsOf(401) },
    },
    handler: async (request, reply) => {
      return await sessionView(deps, await requireSignedIn(deps, request, reply));
    },
  });

  api.route({
    method: "DELETE",
    url: "/session",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "Sign out here; with `everywhere` on all devices",
      tags: ["session"],
      querystring: Everywhere,
      response: { 204: NoContent, ...errorsOf(400, 403) },
    },
    handler: async (request, reply) => {
      const signedIn = await signedInBy(deps, request);
      if (signedIn) refuseOtherAccount(request, signedIn);
      if (signedIn && request.query.everywhere) {
        if (signedIn.isConfined || signedIn.isLocked) throw new Problem("session-confined");
        await deps.sessions.closeAll(signedIn.account.id);
        await forgetOnEveryTablet(deps, signedIn.account.id);
      } else if (signedIn) await deps.sessions.close(signedIn.sessionId);
      clearSessionCookie(request, reply);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "PATCH",
    url: "/account",
    config: { access: { to: "signed-in", beforeSecondFactor: true } },
    schema: {
      summary: "Change one's own settings",
      tags: ["session"],
      body: AccountChange,
      response: { 200: Account, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: async ({ body, caller }) => {
      const { locale } = body;
      if (locale === undefined) return caller.account;
      await deps.database.write(EVERY_SCHOOL, (store) => setAccountLocale(store, caller.account.id, locale));
      return { ...caller.account, locale };
    },
  });
}
