/** What goes outside: mail to who confirmed an address, and a signed call to the school's messenger. Real servers on both ends. */
import { createHmac } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deliverDue } from "@doudou/server/features/deliveries/service.ts";
import type { OwnMail } from "@doudou/shared/contract/mail-address.ts";
import type { ClassSummaries, TermSummary } from "@doudou/shared/contract/summaries.ts";
import type { Nudged, WaitingFamilies } from "@doudou/shared/contract/summary-nudges.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { type MailServer, startMailServer, wordsOf } from "../support/mail-server.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const quiet = { warn: () => {}, error: () => {} };

interface Called {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let mail: MailServer;
  let messenger: Server;
  let folder: string;
  let homeroom: Client;
  let guardian: Client;
  const called: Called[] = [];
  let answers: number[] = [];
  let at = WORLD_NOW.getTime();
  beforeAll(async () => {
    mail = await startMailServer();
    folder = await mkdtemp(join(tmpdir(), "doudou-secret-"));
    await writeFile(join(folder, "secret"), `${SECRET}\n`);
    messenger = createServer((request, response) => {
      void text(request).then((body) => {
        called.push({ headers: request.headers, body });
        response.writeHead(answers.shift() ?? 204, { location: "/elsewhere" }).end();
      });
    });
    await new Promise<void>((listening) => {
      messenger.listen(0, "127.0.0.1", () => listening());
    });
    const { port } = messenger.address() as { port: number };
    world = await createWorld(engine, {
      DOUDOU_SMTP_URL: mail.url,
      DOUDOU_MAIL_FROM: "豆豆成长 <doudou@example.edu.cn>",
      DOUDOU_ORIGIN: "https://doudou.example.edu.cn",
      DOUDOU_WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
      DOUDOU_WEBHOOK_SECRET_FILE: join(folder, "secret"),
    });
    homeroom = await clientOf(world, world.school.homeroom);
    guardian = await clientOf(world, world.school.guardian);
  });
  beforeEach(() => later(DAY));
  afterAll(async () => {
    await world.close();
    await mail.close();
    messenger.closeAllConnections();
    await new Promise((closed) => messenger.close(closed));
    await rm(folder, { recursive: true });
  });

  const later = (ms: number) => world.setNow(new Date((at += ms)));
  const deliver = () => deliverDue(world.deps, quiet, { draw: () => 0 });
  const summary = () => `/students/${world.school.children[0]!.id}/summaries/${world.school.termId}`;
  const publish = async (comment: string) => {
    const { commentVersion } = await homeroom.get<TermSummary>(summary());
    await homeroom.ask("PUT", `${summary()}/comment`, { comment, commentVersion });
    expect((await homeroom.ask("POST", `${summary()}/publish`)).status).toBe(200);
  };
  const newest = () => mail.mails.at(-1)!;
  const codeIn = (sent: { source: string }) => /\b\d{6}\b/.exec(wordsOf(sent))![0];
  const headerOf = (name: string, { source }: { source: string }) =>
    new RegExp(`^${name}:[ ]?((?:.|\\r\\n[ \\t])*)`, "im").exec(source)?.[1]?.replaceAll(/\r\n[ \t]/g, "");

  test("an address gets nothing but its code until that is given back, once and in time", async () => {
    const enter = (address: string) => guardian.ask("PUT", "/inbox/mail", { address });
    const confirm = (code: string) => guardian.ask("POST", "/inbox/mail/confirm", { code });
    expect((await guardian.get<OwnMail>("/inbox/mail")).isOffered).toBe(true);
    expect((await enter("lin@example.edu.cn")).status).toBe(200);
    expect((await enter("lin@example.edu.cn")).code).toBe("mail-code-too-soon");
    await publish("你爱提问。");
    later(MINUTE);
    await deliver();
    expect(mail.mails.map(({ to }) => to)).toEqual([["lin@example.edu.cn"]]);
    const code = codeIn(newest());
    expect((await confirm(code === "000000" ? "000001" : "000000")).code).toBe("mail-code-wrong");
    later(31 * MINUTE);
    expect((await confirm(code)).code).toBe("mail-code-wrong");
    await enter("lin@example.edu.cn");
    await deliver();
    const second = codeIn(newest());
    expect(JSON.parse((await confirm(second)).body)).toMatchObject({ isConfirmed: true, isOn: true });
    expect((await confirm(second)).code).toBe("mail-code-wrong");
  });

  test("a mail says that something is there, and nothing of the child", async () => {
    const before = mail.mails.length;
    await publish("你爱提问，也爱帮助别人。");
    await deliver();
    expect(mail.mails.length).toBe(before); // it waits a little, for what else may come
    later(MINUTE);
    await Promise.all([deliver(), deliver()]);
    await deliver();
    expect(mail.mails.length).toBe(before + 1);
    const words = wordsOf(newest());
    expect(words).toContain("您的孩子的学期成长报告有更正");
    expect(words).toContain("https://doudou.example.edu.cn/inbox");
    expect(words).not.toContain(world.school.children[0]!.name);
    expect(words).not.toContain("提问");
    expect(headerOf("Message-ID", newest())).toMatch(/^<[0-9a-f-]{36}@doudou\.example\.edu\.cn>$/);
  });

  test("a server that is busy or gone is tried again under the same id; one that refuses the receiver is not", async () => {
    await publish("你爱提问，也爱画画。");
    later(MINUTE);
    const before = mail.mails.length;
    mail.refuse(451, 1);
    await deliver();
    await deliver();
    expect(mail.mails.length).toBe(before);
    const { port } = mail;
    await mail.close();
    later(10 * MINUTE);
    await deliver(); // nobody answers
    mail = await startMailServer(port);
    later(60 * MINUTE);
    await deliver();
    expect(mail.mails).toHaveLength(1);

    await publish("你爱提问，也爱唱歌。");
    later(MINUTE);
    mail.refuse(550, 1);
    await deliver();
    later(DAY);
    await deliver();
    expect(mail.mails).toHaveLength(1);
  });

  test("what a server had claimed when it died is sent by the next one", async () => {
    await publish("你爱提问，也爱跳绳。");
    later(MINUTE);
    await world.database.write(world.school.id, async (store) => {
      const { delivery } = store.tables;
      await store.db.update(delivery).set({ dueAt: new Date(at + 2 * MINUTE), attempts: 1 });
    });
    const before = mail.mails.length;
    await deliver();
    expect(mail.mails.length).toBe(before);
    later(3 * MINUTE);
    await deliver();
    expect(mail.mails.length).toBe(before + 1);
  });

  test("a family that has not signed is reminded by hand, and not again for three days", async () => {
    const path = `/classes/${world.school.classId}/summaries/nudges`;
    const { termId } = world.school;
    const studentIds = [world.school.children[0]!.id];
    const nudge = async () =>
      JSON.parse((await homeroom.ask("POST", path, { termId, studentIds })).body) as Nudged;
    const waiting = () => homeroom.get<WaitingFamilies>(`${path}?termId=${termId}`);
    expect((await waiting()).families).toMatchObject([
      { studentId: studentIds[0], guardians: 1, byMail: 1, nudgedAt: null, mayBeNudged: true },
    ]);
    expect(await nudge()).toEqual({ studentIds });
    expect(await nudge()).toEqual({ studentIds: [] });
    expect((await waiting()).families).toMatchObject([
      { nudgedAt: new Date(at).toISOString(), mayBeNudged: false },
    ]);
    const { students } = await homeroom.get<ClassSummaries>(
      `/classes/${world.school.classId}/summaries?termId=${world.school.termId}`,
    );
    expect(students.find(({ id }) => id === studentIds[0])?.nudgedAt).toBe(new Date(at).toISOString());
    later(MINUTE);
    const before = mail.mails.length;
    await deliver();
    expect(mail.mails.length).toBe(before + 1);
    expect(wordsOf(newest())).toContain("在等您阅读和签名");
    later(3 * DAY);
    expect(await nudge()).toEqual({ studentIds });
    const foreign = { termId, studentIds: [world.neighbour.children[0]!.id] };
    expect((await homeroom.ask("POST", path, foreign)).code).toBe("not-found");
    for (const person of ["subject", "admin", "guardian"] as const) {
      const by = await clientOf(world, world.school[person]);
      expect((await by.ask("POST", path, { termId, studentIds })).code).toBe("forbidden");
    }
    // Once it is signed, there is nothing to remind of.
    const { revision } = await guardian.get<TermSummary>(summary());
    await guardian.ask("PUT", `${summary()}/signature`, { revision, name: "林妈妈" });
    later(3 * DAY);
    expect(await nudge()).toEqual({ studentIds: [] });
    expect((await waiting()).families).toEqual([]);
  });

  test("one click in the mailbox ends all mail, without a sign-in; a link that is none changes nothing", async () => {
    const stop = new URL(headerOf("List-Unsubscribe", newest())!.slice(1, -1));
    expect(headerOf("List-Unsubscribe-Post", newest())).toBe("List-Unsubscribe=One-Click");
    const click = (url: string) =>
      world.app.server.inject({
        method: "POST",
        url,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        payload: "List-Unsubscribe=One-Click",
      });
    const wrong = stop.pathname + stop.search.slice(0, -4) + "AAAA";
    expect((await click(wrong)).statusCode).toBe(204);
    expect((await guardian.get<OwnMail>("/inbox/mail")).isOn).toBe(true);
    expect((await click(stop.pathname + stop.search)).statusCode).toBe(204);
    expect((await guardian.get<OwnMail>("/inbox/mail")).isOn).toBe(false);
    const before = mail.mails.length;
    await publish("你爱提问，也爱远足。");
    later(DAY);
    await deliver();
    expect(mail.mails.length).toBe(before);
    await guardian.ask("PUT", "/inbox/mail/switch", { isOn: true });
    expect((await guardian.ask("DELETE", "/inbox/mail")).status).toBe(204);
    expect(await guardian.get<OwnMail>("/inbox/mail")).toMatchObject({ address: null, isOn: false });
  });

  test("the school's messenger is told by a signed call that names nobody, and again where it failed or pointed elsewhere", async () => {
    later(DAY);
    await deliver();
    called.length = 0;
    await publish("你爱提问，也爱劳动。");
    later(MINUTE);
    answers = [500, 302];
    await deliver();
    later(10 * MINUTE);
    await deliver();
    later(60 * MINUTE);
    await deliver();
    await deliver();
    expect(called).toHaveLength(3);
    expect(new Set(called.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    for (const { headers, body } of called) {
      const { "webhook-id": id, "webhook-timestamp": timestamp } = headers;
      const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
      const signature = createHmac("sha256", key)
        .update(`${String(id)}.${String(timestamp)}.${body}`)
        .digest("base64");
      expect(headers["webhook-signature"]).toBe(`v1,${signature}`);
      expect(JSON.parse(body)).toEqual({
        type: "summary-corrected",
        timestamp: expect.any(String),
        data: { schoolId: world.school.id },
      });
    }
  });
});
