/** Mail by the school's own SMTP server. Gives up soon, so that one dead server never holds up what else is to be sent. */
import type { Transporter } from "nodemailer";
import type { Config } from "../config.ts";
import { Undeliverable } from "./undeliverable.ts";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for every attempt, so that a mailbox may know what comes twice. */
  readonly id: string;
  readonly sentAt: Date;
  /** Where one call without a sign-in ends all mail; none for mail that was asked for just now. */
  readonly stopAddress: string | undefined;
}

export interface Mailer {
  /** What links in mails begin with. */
  readonly origin: string;
  /** @throws Undeliverable where the server refuses it for good; any other error: later perhaps */
  send(mail: Mail): Promise<void>;
}

const CONNECT_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 20_000;

/** @returns undefined where no SMTP server is configured */
export function mailerOf({ smtpUrl, mailFrom, publicOrigin }: Config): Mailer | undefined {
  if (smtpUrl === undefined || mailFrom === undefined || publicOrigin === undefined) return undefined;
  const { origin, hostname } = new URL(publicOrigin);
  const newTransport = async () => {
    const { createTransport } = await import("nodemailer");
    return createTransport({
      url: smtpUrl,
      connectionTimeout: CONNECT_WITHIN_MS,
      greetingTimeout: CONNECT_WITHIN_MS,
      socketTimeout: ANSWER_WITHIN_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  };
  let transport: Transporter | undefined;
  return {
    origin,
    async send({ to, subject, text, html, id, sentAt, stopAddress }) {
      transport ??= await newTransport();
      try {
        await transport.sendMail({
          // An address alone: what a person typed names no second receiver.
          to: { name: "", address: to },
          from: mailFrom,
          subject,
          text,
          html,
          messageId: `<${id}@${hostname}>`,
          date: sentAt,
          headers: {
            "Auto-Submitted": "auto-generated",
            // RFC 8058: one click in the mailbox, no page in between.
            ...(stopAddress !== undefined && {
              "List-Unsubscribe": `<${stopAddress}>`,
              "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }),
          },
        });
      } catch (error) {
        const { responseCode, command } = error as { responseCode?: number; command?: string };
        const isAboutThisMail = command === "RCPT TO" || command === "DATA";
        if (isAboutThisMail && responseCode !== undefined && responseCode >= 500)
          throw new Undeliverable(`the server answered ${responseCode}`, { cause: error });
        throw error;
      }
    },
  };
}
