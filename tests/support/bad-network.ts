/**
 * A network that a test can spoil, on a real socket before a real server: gone, or passing every question on and losing
 * the answers to some of them. What is asked always arrives whole; nothing of it is changed.
 */
import { createServer, type IncomingMessage, request as ask } from "node:http";
import type { AddressInfo } from "node:net";

export interface BadNetwork {
  /** Where the browser finds the server. */
  readonly address: string;
  /** Answers lost so far. */
  readonly lost: number;
  /** The most questions to a path that were under way at the same time since the network was last fine. */
  mostAtOnce(path: string): number;
  /** Where the server is now. */
  leadTo(address: string): void;
  fine(): void;
  /** The cable is out. */
  down(): void;
  /** Takes the questions that fit to the server, and cuts the line before the answer. */
  loseAnswers(to: (question: IncomingMessage) => boolean): void;
  close(): Promise<void>;
}

export async function openBadNetwork(): Promise<BadNetwork> {
  let server = new URL("http://127.0.0.1:1");
  let isDown = false;
  let isLost: (question: IncomingMessage) => boolean = () => false;
  let lost = 0;
  const underWay = new Map<string, number>();
  const mostUnderWay = new Map<string, number>();
  const line = createServer((question, answer) => {
    if (isDown) return void question.socket.destroy();
    const { method, url: path = "/", headers } = question;
    const now = (underWay.get(path) ?? 0) + 1;
    underWay.set(path, now);
    mostUnderWay.set(path, Math.max(now, mostUnderWay.get(path) ?? 0));
    const over = () => void underWay.set(path, (underWay.get(path) ?? 1) - 1);
    answer.once("finish", over).once("close", () => {
      if (!answer.writableFinished) over();
    });
    const forwarded = ask({ host: server.hostname, port: server.port, method, path, headers }, (given) => {
      if (isLost(question)) {
        given.resume().once("end", () => {
          lost += 1;
          question.socket.destroy();
        });
        return;
      }
      answer.writeHead(given.statusCode ?? 502, given.rawHeaders);
      given.pipe(answer);
    });
    question.pipe(forwarded);
    forwarded.once("error", () => question.socket.destroy());
    answer.once("close", () => forwarded.destroy());
  });
  await new Promise<void>((listening) => line.listen(0, "127.0.0.1", listening));
  return {
    address: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    get lost() {
      return lost;
    },
    mostAtOnce: (path) => mostUnderWay.get(path) ?? 0,
    leadTo: (address) => void (server = new URL(address)),
    fine() {
      isDown = false;
      isLost = () => false;
      mostUnderWay.clear();
    },
    down() {
      isDown = true;
      line.closeAllConnections();
    },
    loseAnswers(to) {
      isDown = false;
      isLost = to;
    },
    async close() {
      line.closeAllConnections();
      await new Promise((closed) => line.close(closed));
    },
  };
}
