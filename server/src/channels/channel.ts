/** Ways out of the product, as the configuration opens them. Knows what a message is, nothing of whom it is for or why. */
import type { Config } from "../config.ts";
import { type Mailer, mailerOf } from "./mail.ts";
import { type Messenger, messengerOf } from "./webhook.ts";

/** What is not configured is undefined: nothing is put down to be sent that way. */
export interface Channels {
  readonly mail: Mailer | undefined;
  readonly webhook: Messenger | undefined;
}

/** @throws ConfigError where the webhook's secret cannot be read */
export async function channelsOf(config: Config): Promise<Channels> {
  return { mail: mailerOf(config), webhook: await messengerOf(config) };
}
