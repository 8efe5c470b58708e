/** A real SMTP server on this machine, which keeps what it is given and refuses what a test tells it to. */
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

export interface MailServer {
  readonly url: string;
  readonly port: number;
  /** As they came over the wire. */
  readonly mails: { readonly to: readonly string[]; readonly source: string }[];
  /** Answers the next so many receivers with this. */
  refuse(code: number, times: number): void;
  close(): Promise<void>;
}

/** @param port one that a stopped server had, or any */
export async function startMailServer(port = 0): Promise<MailServer> {
  const mails: MailServer["mails"] = [];
  let refusal = { code: 0, left: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo(_address, _session, done) {
      if (refusal.left === 0) return done();
      refusal.left -= 1;
      return done(Object.assign(new Error("not now"), { responseCode: refusal.code }));
    },
    async onData(stream, { envelope }, done) {
      const source = await text(stream);
      mails.push({ to: envelope.rcptTo.map(({ address }) => address), source });
      done();
    },
  });
  await new Promise<void>((listening) => {
    server.listen(port, "127.0.0.1", () => listening());
  });
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("the mail server has no port");
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    mails,
    refuse: (code, times) => (refusal = { code, left: times }),
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

/** What a mail says, whichever way its parts are written for the wire. */
export function wordsOf({ source }: { readonly source: string }): string {
  return source
    .split(/\r\n--[^\r\n]+/)
    .map((part) => {
      const [head = "", ...body] = part.split("\r\n\r\n");
      const words = body.join("\r\n\r\n");
      return /base64/.test(head) ? Buffer.from(words, "base64").toString() : withoutEscapes(words);
    })
    .join("\n");
}

/** Quoted-printable, read. */
function withoutEscapes(words: string): string {
  return decodeURIComponent(
    words
      .replaceAll("=\r\n", "")
      .replaceAll("%", "%25")
      .replaceAll(/=([0-9A-F]{2})/g, "%$1"),
  );
}
