/** `/api/v1/students/:studentId/reminders`: private words about a child, for the adults who care for it. */
import Type from "typebox";
import { Id } from "@doudou/shared/contract/common.ts";
import {
  ReminderInput,
  ReminderList,
  ReminderResult,
  WithdrawResult,
} from "@doudou/shared/contract/reminders.ts";
import type { Deps } from "../../deps.ts";
import { type Api, errorsOf } from "../../http/api.ts";
import { remindersAbout, withdrawReminder, writeReminder } from "./service.ts";

export function reminderRoutes(api: Api, deps: Deps): void {
  api.route({
    method: "GET",
    url: "/students/:studentId/reminders",
    config: { access: { to: "student", action: "reminder.read" } },
    schema: {
      summary: "Reminders of the running term; a guardian gets those meant for guardians",
      tags: ["reminders"],
      params: Type.Object({ studentId: Id }),
      response: { 200: ReminderList, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => remindersAbout(deps, grant, params.studentId),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/reminders",
    config: { access: { to: "student", action: "reminder.write" } },
    schema: {
      summary: "Write a reminder; sending it again changes nothing",
      tags: ["reminders"],
      params: Type.Object({ studentId: Id }),
      body: ReminderInput,
      response: { 200: ReminderResult, ...errorsOf(400, 401, 403, 404, 409, 413, 415, 422) },
    },
    handler: ({ grant, params, body }) => writeReminder(deps, grant, params.studentId, body),
  });

  api.route({
    method: "POST",
    url: "/students/:studentId/reminders/:reminderId/withdraw",
    config: { access: { to: "student", action: "reminder.withdraw" } },
    schema: {
      summary: "Withdraw a reminder: nobody is shown it any more",
      tags: ["reminders"],
      params: Type.Object({ studentId: Id, reminderId: Id }),
      response: { 200: WithdrawResult, ...errorsOf(400, 401, 403, 404) },
    },
    handler: ({ grant, params }) => withdrawReminder(deps, grant, params.studentId, params.reminderId),
  });
}
