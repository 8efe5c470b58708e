/** What services and routes are given. Time and chance come in here, so that tests and the demo own both. */
import type { Database } from "@doudou/db/engines/database.ts";
import type { Seal } from "./access/seal.ts";
import type { Sessions } from "./access/sessions.ts";
import type { Channels } from "./channels/channel.ts";
import type { Config } from "./config.ts";
import type { Documents } from "./documents/term-summary.ts";
import type { PictureFiles } from "./pictures/picture-files.ts";
import type { Frames } from "./features/schools/service.ts";
import type { Live } from "./live/live.ts";
import type { Providers } from "./providers/provider.ts";
import type { Tables } from "./spreadsheets/tables.ts";

export interface Deps {
  readonly config: Config;
  readonly database: Database;
  readonly sessions: Sessions;
  readonly seal: Seal;
  readonly providers: Providers;
  readonly channels: Channels;
  readonly frames: Frames;
  readonly documents: Documents;
  readonly live: Live;
  readonly pictures: PictureFiles;
  readonly tables: Tables;
  readonly now: () => Date;
  /** A whole number from 0 up to, but not including, `limit`; in a running server nobody can foretell it. */
  readonly drawBelow: (limit: number) => number;
}
