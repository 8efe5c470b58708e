/**
 * `/api/v1/tablet`: who is remembered on a shared tablet; opening it by PIN, lifting and restoring its confinement,
 * locking it.
 */
import { ChoosePin, Lift, PinSignIn, TabletTeachers } from "@doudou/shared/contract/tablets.ts";
import { SessionView } from "@doudou/shared/contract/session.ts";
import { markTablet, requireSignedIn, signedInBy, tabletTokenOf } from "../../access/cookie.ts";
import { changeHands } from "../../access/hands.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { sessionView } from "../sessions/service.ts";
import {
  choosePin,
  confineAgain,
  forgetHere,
  liftConfinement,
  lockDevice,
  signInByPin,
  teachersHere,
} from "./service.ts";

export function tabletRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/tablet",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "Teachers who agreed to be remembered on this tablet",
      tags: ["tablet"],
      security: [],
      response: { 200: TabletTeachers, ...errorsOf() },
    },
    handler: (request) => teachersHere(deps, tabletTokenOf(request)),
  });

  api.route({
    method: "POST",
    url: "/session/pin",
    config: { access: { to: "everybody" } },
    schema: {
      summary: "Sign in by PIN, on a tablet that remembers the teacher",
      tags: ["tablet"],
      security: [],
      body: PinSignIn,
      response: { 200: SessionView, ...errorsOf(400, 403, 413, 415) },
    },
    handler: async (request, reply) =>
      await changeHands(
        deps,
        request,
        reply,
        await signInByPin(deps, request.body, {
          token: tabletTokenOf(request),
          former: await signedInBy(deps, request),
        }),
      ),
  });

  api.route({
    method: "PUT",
    url: "/tablet/pin",
    config: { access: { to: "signed-in", whileConfined: true } },
    schema: {
      summary: "Be remembered on this tablet, with a PIN for it",
      tags: ["tablet"],
      body: ChoosePin,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: async (request, reply) => {
      const token = markTablet(request, reply);
      await choosePin(deps, request.caller, { ...request.body, token, address: request.ip });
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "DELETE",
    url: "/tablet/pin",
    config: { access: { to: "signed-in" } },
    schema: {
      summary: "No longer be remembered on this tablet",
      tags: ["tablet"],
      response: { 204: NoContent, ...errorsOf(401, 403) },
    },
    handler: async (request, reply) => {
      await forgetHere(deps, request.caller, tabletTokenOf(request));
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/session/lift",
    config: { access: { to: "signed-in", whileConfined: true } },
    schema: {
      summary: "Lift for some minutes what confines a session on a shared tablet to the class pages",
      tags: ["tablet"],
      body: Lift,
      response: { 200: SessionView, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: async (request, reply) => {
      const token = tabletTokenOf(request);
      await liftConfinement(deps, request.caller, { ...request.body, token, address: request.ip });
      return await sessionView(deps, await requireSignedIn(deps, request, reply));
    },
  });

  api.route({
    method: "DELETE",
    url: "/session/lift",
    config: { access: { to: "signed-in", whileConfined: true } },
    schema: {
      summary: "Confine a session on a shared tablet to the class pages again",
      tags: ["tablet"],
      response: { 204: NoContent, ...errorsOf(401, 403) },
    },
    handler: async (request, reply) => {
      await confineAgain(deps, request.caller);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/session/lock",
    config: { access: { to: "signed-in", whileConfined: true, whileLocked: true } },
    schema: {
      summary: "Lock the device: until it is opened by PIN or password it only brings in what waits there",
      tags: ["tablet"],
      response: { 204: NoContent, ...errorsOf(401, 403) },
    },
    handler: async (request, reply) => {
      await lockDevice(deps, request.caller);
      return await reply.code(204).send(null);
    },
  });
}
