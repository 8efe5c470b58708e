/** What other features ask of the reward shop: what a child, its family and a shopkeeper see of it, and what time moves. */
export { shopCounter } from "./answering.ts";
export { expireOldRequests, familyWishes, rewardDesk } from "./asking.ts";
