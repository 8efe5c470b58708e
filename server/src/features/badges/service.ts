/** What others ask of badges: an award moves the quests it counts for, a child's badges are told, and both are verified. */
export { badgesWithin, hasSettled, moveQuests, standingOn } from "./quests.ts";
export { badgesOfChild } from "./striving.ts";
