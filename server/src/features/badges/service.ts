/** What other features ask of badges: an award moves the quests it counts for, and a child's badges are told. */
export { badgesWithin, hasSettled, moveQuests } from "./quests.ts";
export { badgesOfChild } from "./striving.ts";
