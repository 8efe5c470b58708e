/** What a class's line tells. Shapes only. */
import type { LiveAward, LiveVoid } from "@doudou/shared/contract/live.ts";
import type { FeedPosition } from "@doudou/shared/domain/feed-position.ts";

export interface ClassNews {
  /** The position after it. */
  readonly at: FeedPosition;
  readonly news: ({ readonly of: "award" } & LiveAward) | ({ readonly of: "void" } & LiveVoid);
}
