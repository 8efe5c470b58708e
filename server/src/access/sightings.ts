/** With what and from where a session is used, for its owner to see. No more of a browser is kept than a person would call it by. */
import Bowser from "bowser";
import type { FastifyRequest } from "fastify";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { noteSessionSeen } from "@doudou/db/repositories/accounts.ts";
import type { Device, DeviceKind } from "@doudou/shared/domain/devices.ts";
import type { Deps } from "../deps.ts";

const NOTED_EVERY_MS = 10 * 60_000;
const LONGEST_NAME = 40;

const KINDS: Readonly<Record<string, DeviceKind>> = {
  desktop: "computer",
  tablet: "tablet",
  mobile: "phone",
};

/** Notes a session's use, unless it was noted a short while ago. */
export async function noteSeen(
  deps: Deps,
  request: FastifyRequest,
  { sessionId, seenAt }: { readonly sessionId: string; readonly seenAt: Date | null },
): Promise<void> {
  const now = deps.now();
  if (seenAt !== null && now.getTime() - seenAt.getTime() < NOTED_EVERY_MS) return;
  const sighting = { device: deviceOf(request.headers["user-agent"]), address: request.ip, seenAt: now };
  await deps.database.write(EVERY_SCHOOL, (store) => noteSessionSeen(store, sessionId, sighting));
}

/** What a browser says of itself, in the words of its maker. */
function deviceOf(userAgent: string | undefined): Device {
  if (userAgent === undefined || userAgent.trim() === "")
    return { kind: "other", browser: null, system: null };
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    kind: KINDS[platform.type ?? ""] ?? "other",
    browser: browser.name?.slice(0, LONGEST_NAME) || null,
    system: os.name?.slice(0, LONGEST_NAME) || null,
  };
}
