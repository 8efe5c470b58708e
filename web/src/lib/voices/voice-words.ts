/** The words for what a guardian tells of home. Reactive to the language. */
import type { HomeTopic } from "@doudou/shared/domain/voices.ts";
import { m } from "#lib/paraglide/messages.js";

export function homeTopic(about: HomeTopic): string {
  switch (about) {
    case "home-labour":
      return m.voice_home_labour();
    case "home-reading":
      return m.voice_home_reading();
    case "home-sleep":
      return m.voice_home_sleep();
    case "home-exercise":
      return m.voice_home_exercise();
  }
}
