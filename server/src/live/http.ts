/** Streams of events over HTTP: what a request asks for, and how the answer goes out. */
import type { FastifyReply, FastifyRequest } from "fastify";
import Type from "typebox";
import { type FeedPosition, readPosition } from "@doudou/shared/domain/feed-position.ts";
import type { EventStream } from "./event-stream.ts";

export const EVENT_STREAM = "text/event-stream";

export const EventStreamAnswer = {
  description: "server-sent events, until one side ends it",
  content: { [EVENT_STREAM]: { schema: Type.Unsafe<EventStream>({ type: "string" }) } },
} as const;

/** Where the reader wants to go on: what its browser says when it comes back counts more than its address. */
export function wishOf(request: FastifyRequest): { from: FeedPosition | undefined; screen: string } {
  const { from, screen } = request.query as { from?: string; screen?: string };
  const last = request.headers["last-event-id"];
  return {
    from: readPosition(typeof last === "string" ? last : undefined) ?? readPosition(from),
    screen: screen ?? request.id,
  };
}

/** The reader's going away ends the stream; the stream's end ends the answer. */
export function answerWith(reply: FastifyReply, stream: EventStream): EventStream {
  void reply.type(EVENT_STREAM).header("x-accel-buffering", "no"); // nginx would otherwise hold events back
  return stream;
}
