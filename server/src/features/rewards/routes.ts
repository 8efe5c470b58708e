/** The reward shop: the office's offers, a class's shop, a child's own; `rewards-off` everywhere where there is none. */
import type { FastifyReply, FastifyRequest } from "fastify";
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import { ScreenQuery } from "@doudou/shared/contract/live.ts";
import {
  ClassShop,
  FamilyObjection,
  FamilyWishes,
  RequestAnswer,
  RequestMoved,
  RewardAsked,
  RewardAsking,
  RewardDesk,
  RewardInput,
  Saving,
  SchoolShop,
  ShopCounter,
  Shopkeepers,
  ShopSwitch,
} from "@doudou/shared/contract/rewards.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf, NoContent } from "../../http/api.ts";
import { answerWith, EventStreamAnswer, wishOf } from "../../live/http.ts";
import {
  answerRequest,
  classShop,
  handOver,
  handOverAtCounter,
  object,
  setShopkeepers,
  shopCounter,
} from "./answering.ts";
import { type FollowedShop, followShop } from "./following.ts";
import { saveClassReward, saveSchoolReward, schoolShop, switchSchoolShop } from "./offers.ts";
import { ask, chooseSaving, familyWishes, rewardDesk, withdraw } from "./asking.ts";

const TAGS = ["rewards"];
const OfClass = Type.Object({ classId: Id });
const OfStudent = Type.Object({ studentId: Id });
const OfClassRequest = Type.Object({ classId: Id, requestId: Id });
const OfStudentRequest = Type.Object({ studentId: Id, requestId: Id });

export function rewardRoutes(api: Api, deps: Deps): void {
  officeRoutes(api, deps);
  classRoutes(api, deps);
  childRoutes(api, deps);
  counterRoutes(api, deps);
  familyRoutes(api, deps);
  liveRoutes(api, deps);
}

function officeRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/reward-shop",
    config: { access: { to: "members", action: "reward.list" } },
    schema: {
      summary: "The school's offers, and in which classes something waits",
      tags: TAGS,
      response: { 200: SchoolShop, ...errorsOf(401, 403) },
    },
    handler: ({ grant }) => schoolShop(deps, grant),
  });

  api.route({
    method: "PUT",
    url: "/reward-shop",
    config: { access: { to: "members", action: "reward-shop.switch" } },
    schema: {
      summary: "Open a shop for the school, or close it whole",
      tags: TAGS,
      body: ShopSwitch,
      response: { 200: ShopSwitch, ...errorsOf(400, 401, 403, 413, 415) },
    },
    handler: ({ grant, body }) => switchSchoolShop(deps, grant, body),
  });

  api.route({
    method: "PUT",
    url: "/rewards/:rewardId",
    config: { access: { to: "members", action: "reward.change" } },
    schema: {
      summary: "Write an offer of the school, new or over what it was",
      tags: TAGS,
      params: Type.Object({ rewardId: Id }),
      body: RewardInput,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params, body }, reply) => {
      await saveSchoolReward(deps, grant, params.rewardId, body);
      return await reply.code(204).send(null);
    },
  });
}

function classRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/classes/:classId/rewards",
    config: { access: { to: "class", action: "reward.read-class" } },
    schema: {
      summary: "A class's own offers, what its children wait for, and who keeps its shop",
      tags: TAGS,
      params: OfClass,
      response: { 200: ClassShop, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => classShop(deps, grant, params.classId),
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/rewards/:rewardId",
    config: { access: { to: "class", action: "reward.change-class" } },
    schema: {
      summary: "Write an offer of a class, new or over what it was",
      tags: TAGS,
      params: Type.Object({ classId: Id, rewardId: Id }),
      body: RewardInput,
      response: { 204: NoContent, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: async ({ grant, params: { classId, rewardId: id }, body }, reply) => {
      await saveClassReward(deps, grant, { classId, id }, body);
      return await reply.code(204).send(null);
    },
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/reward-requests/:requestId/answer",
    config: { access: { to: "class", action: "reward.answer" } },
    schema: {
      summary: "Approve or decline what a child asked for, with a word for the child alone",
      tags: TAGS,
      params: OfClassRequest,
      body: RequestAnswer,
      response: { 200: RequestMoved, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: ({ grant, params: { classId, requestId: id }, body }) =>
      answerRequest(deps, grant, { classId, id }, body),
  });

  api.route({
    method: "POST",
    url: "/classes/:classId/reward-requests/:requestId/hand-over",
    config: { access: { to: "class", action: "reward.hand-over" } },
    schema: {
      summary: "The child has got what was approved",
      tags: TAGS,
      params: OfClassRequest,
      response: { 200: RequestMoved, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: ({ grant, params: { classId, requestId: id } }) => handOver(deps, grant, { classId, id }),
  });

  api.route({
    method: "PUT",
    url: "/classes/:classId/shopkeepers",
    config: { access: { to: "class", action: "reward.choose-shopkeepers" } },
    schema: {
      summary: "Choose the pupils who keep the shop this week",
      tags: TAGS,
      params: OfClass,
      body: Shopkeepers,
      response: { 200: Shopkeepers, ...errorsOf(400, 401, 403, 404, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => setShopkeepers(deps, grant, params.classId, body),
  });
}

function childRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/reward-desk",
    config: { access: { to: "student", action: "reward.ask" } },
    schema: {
      summary: "A child's beans to use, what it may ask for, and its wishes",
      tags: TAGS,
      params: OfStudent,
      response: { 200: RewardDesk, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => rewardDesk(deps, grant, params.studentId),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/reward-requests",
    config: { access: { to: "student", action: "reward.ask" } },
    schema: {
      summary: "Ask for something; its price is reserved, and sending it again changes nothing",
      tags: TAGS,
      params: OfStudent,
      body: RewardAsking,
      response: { 200: RewardAsked, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => ask(deps, grant, params.studentId, body),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/reward-requests/:requestId/withdraw",
    config: { access: { to: "student", action: "reward.ask" } },
    schema: {
      summary: "Take back what one has not got yet; the beans come back",
      tags: TAGS,
      params: OfStudentRequest,
      response: { 200: RequestMoved, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: ({ grant, params }) => withdraw(deps, grant, params.studentId, params.requestId),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/reward-saving",
    config: { access: { to: "student", action: "reward.ask" } },
    schema: {
      summary: "Choose what to save for, or nothing",
      tags: TAGS,
      params: OfStudent,
      body: Saving,
      response: { 200: Saving, ...errorsOf(400, 401, 403, 404, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => chooseSaving(deps, grant, params.studentId, body),
  });
}

function counterRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/shop-counter",
    config: { access: { to: "student", action: "reward.keep-shop" } },
    schema: {
      summary: "What a pupil shopkeeper hands over this week: names and things, no beans",
      tags: TAGS,
      params: OfStudent,
      response: { 200: ShopCounter, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => shopCounter(deps, grant, params.studentId),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/shop-counter/:requestId/hand-over",
    config: { access: { to: "student", action: "reward.keep-shop" } },
    schema: {
      summary: "A pupil shopkeeper has handed a classmate what was approved",
      tags: TAGS,
      params: OfStudentRequest,
      response: { 200: RequestMoved, ...errorsOf(400, 401, 403, 404, 409) },
    },
    handler: ({ grant, params }) => handOverAtCounter(deps, grant, params.studentId, params.requestId),
  });
}

function familyRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/reward-requests",
    config: { access: { to: "student", action: "reward.read-wishes" } },
    schema: {
      summary: "What a child asked for, for its guardian",
      tags: TAGS,
      params: OfStudent,
      response: { 200: FamilyWishes, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => familyWishes(deps, grant, params.studentId),
  });

  api.route({
    method: "PUT",
    url: "/students/:studentId/reward-requests/:requestId/objection",
    config: { access: { to: "student", action: "reward.object" } },
    schema: {
      summary: "Tell the homeroom teacher: not this, please",
      tags: TAGS,
      params: OfStudentRequest,
      body: FamilyObjection,
      response: { 200: FamilyObjection, ...errorsOf(400, 401, 403, 404, 409, 413, 415) },
    },
    handler: ({ grant, params: { studentId, requestId: id }, body }) =>
      object(deps, grant, { studentId, id }, body),
  });
}

function liveRoutes(api: Api, deps: Deps): void {
  const summary = (page: string) =>
    `Says when ${page} is to be read anew, and never what there is (event \`reload\`)`;
  const answer = async (request: FastifyRequest, reply: FastifyReply, shop: FollowedShop) =>
    answerWith(reply, await followShop(deps, request.caller, request.grant, shop, wishOf(request).screen));

  api.route({
    method: "GET",
    url: "/classes/:classId/rewards/live",
    exposeHeadRoute: false,
    config: { access: { to: "class", action: "reward.read-class" } },
    schema: {
      summary: summary("a class's shop"),
      tags: TAGS,
      params: OfClass,
      querystring: ScreenQuery,
      response: { 200: EventStreamAnswer, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request, reply) => answer(request, reply, { of: "class", classId: request.params.classId }),
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/reward-desk/live",
    exposeHeadRoute: false,
    config: { access: { to: "student", action: "reward.ask" } },
    schema: {
      summary: summary("a child's shop, or the counter it keeps,"),
      tags: TAGS,
      params: OfStudent,
      querystring: ScreenQuery,
      response: { 200: EventStreamAnswer, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request, reply) => answer(request, reply, { of: "child", studentId: request.params.studentId }),
  });

  api.route({
    method: "GET",
    url: "/students/:studentId/reward-requests/live",
    exposeHeadRoute: false,
    config: { access: { to: "student", action: "reward.read-wishes" } },
    schema: {
      summary: summary("what a child asked for"),
      tags: TAGS,
      params: OfStudent,
      querystring: ScreenQuery,
      response: { 200: EventStreamAnswer, ...errorsOf(400, 401, 403, 404) },
    },
    handler: (request, reply) =>
      answer(request, reply, { of: "family", studentId: request.params.studentId }),
  });
}
