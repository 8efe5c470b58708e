/** The reward shop: what a school and its classes offer, what children wish for, and the beans they may use for it. */
import Type, { type Static } from "typebox";
import {
  REQUEST_STATES,
  REWARD_ICONS,
  REWARD_KINDS,
  REWARD_RULES,
  STOCK_PERIODS,
} from "../domain/rewards.ts";
import { ClassRef, Id, LocalDate, NewId, oneOf, WrittenText } from "./common.ts";

const { titleLength, wordsLength, answerLength, minPrice, maxPrice, mostStock, mostPerChild, shopkeepers } =
  REWARD_RULES;

const KindName = oneOf(REWARD_KINDS);
const IconName = oneOf(REWARD_ICONS);
const StateName = oneOf(REQUEST_STATES);
const Price = Type.Integer({ minimum: minPrice, maximum: maxPrice, description: "in beans" });
const Grade = Type.Integer({ minimum: 1, maximum: 9 });

/** An offer as it is written down. It is open or closed for all it is for: nobody comes first. */
export const RewardInput = Type.Object(
  {
    title: Type.String({ maxLength: titleLength, pattern: "^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$" }),
    words: WrittenText({ maxLength: wordsLength }),
    icon: IconName,
    kind: KindName,
    price: Price,
    stock: Type.Union(
      [
        Type.Object(
          { count: Type.Integer({ minimum: 1, maximum: mostStock }), per: oneOf(STOCK_PERIODS) },
          { additionalProperties: false },
        ),
        Type.Null(),
      ],
      { description: "null: as many as are asked for" },
    ),
    perChild: Type.Union([Type.Integer({ minimum: 1, maximum: mostPerChild }), Type.Null()], {
      description: "how often a child may have it in a term",
    }),
    gradeFrom: Grade,
    gradeTo: Grade,
    isOpen: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type RewardInput = Static<typeof RewardInput>;

export const Reward = Type.Object({ id: Id, ...RewardInput.properties });
export type Reward = Static<typeof Reward>;

export const ShopSwitch = Type.Object({ isOn: Type.Boolean() }, { additionalProperties: false });
export type ShopSwitch = Static<typeof ShopSwitch>;

/** The shop as the office sees it: no child, no name, no beans. */
export const SchoolShop = Type.Object({
  isOn: Type.Boolean(),
  rewards: Type.Array(Reward, { description: "the school's own; none while the shop is off" }),
  waiting: Type.Array(
    Type.Object({
      class: ClassRef,
      requested: Type.Integer({ minimum: 0, description: "for the homeroom teacher to answer" }),
      approved: Type.Integer({ minimum: 0, description: "to be handed over" }),
    }),
    { description: "this year's classes in which something waits" },
  ),
});
export type SchoolShop = Static<typeof SchoolShop>;

const Child = Type.Object({ id: Id, name: Type.String() });

/** Something a child asked for, as its homeroom teacher reads it. */
export const ClassWish = Type.Object({
  id: Id,
  student: Child,
  title: Type.String(),
  icon: IconName,
  kind: KindName,
  price: Price,
  day: LocalDate,
  state: StateName,
  familyAsksNot: Type.Boolean({ description: "a guardian has said: not this, please" }),
});
export type ClassWish = Static<typeof ClassWish>;

export const ClassShop = Type.Object({
  class: ClassRef,
  rewards: Type.Array(Reward, { description: "the class's own" }),
  schoolRewards: Type.Array(Reward, { description: "the school's that are open to this class" }),
  wishes: Type.Array(ClassWish, { description: "what waits, oldest first" }),
  children: Type.Array(Child, { description: "in class-list order" }),
  shopkeeperIds: Type.Array(Id, { description: "of this week" }),
});
export type ClassShop = Static<typeof ClassShop>;

export const RequestAnswer = Type.Object(
  {
    answer: oneOf(["approve", "decline"] as const),
    words: Type.Optional(WrittenText({ maxLength: answerLength })),
  },
  { additionalProperties: false },
);
export type RequestAnswer = Static<typeof RequestAnswer>;

export const Shopkeepers = Type.Object(
  { studentIds: Type.Array(Id, { maxItems: shopkeepers, uniqueItems: true }) },
  { additionalProperties: false },
);
export type Shopkeepers = Static<typeof Shopkeepers>;

/** Where a request stands now. `duplicate`: it stood there already. */
export const RequestMoved = Type.Object({
  id: Id,
  state: StateName,
  status: oneOf(["moved", "duplicate"] as const),
});
export type RequestMoved = Static<typeof RequestMoved>;

/** A child's own wish, as the child and its guardians read it. */
export const OwnWish = Type.Object({
  id: Id,
  title: Type.String(),
  icon: IconName,
  kind: KindName,
  price: Price,
  day: LocalDate,
  state: StateName,
  words: Type.Union([Type.String(), Type.Null()], { description: "the teacher's, with the answer" }),
  familyAsksNot: Type.Boolean(),
});
export type OwnWish = Static<typeof OwnWish>;

/** An offer on a child's page. How many are left nobody is told: whether one can be had now, yes. */
export const ShopOffer = Type.Object({
  id: Id,
  title: Type.String(),
  words: Type.String(),
  icon: IconName,
  kind: KindName,
  price: Price,
  isOfClass: Type.Boolean(),
  obstacle: Type.Union(
    [oneOf(["wishes-full", "child-limit", "stock-gone", "beans-short"] as const), Type.Null()],
    { description: "null: it can be asked for" },
  ),
});
export type ShopOffer = Static<typeof ShopOffer>;

export const RewardDesk = Type.Object({
  beans: Type.Object({
    earned: Type.Integer({ minimum: 0, description: "this school year; spending never makes it less" }),
    reserved: Type.Integer({ minimum: 0 }),
    spent: Type.Integer({ minimum: 0 }),
    toUse: Type.Integer({ minimum: 0 }),
  }),
  canAsk: Type.Boolean({ description: "false outside terms and classes" }),
  offers: Type.Array(ShopOffer, { description: "privileges, experiences, then things" }),
  wishes: Type.Array(OwnWish, { description: "of this term, newest first, and whatever still waits" }),
  savingFor: Type.Union([Id, Type.Null()], { description: "an offer" }),
  isShopkeeper: Type.Boolean({ description: "this week, of the own class" }),
});
export type RewardDesk = Static<typeof RewardDesk>;

/** What a child asks for, at the price it has seen. The id is made once; sending it again changes nothing. */
export const RewardAsking = Type.Object(
  {
    id: NewId,
    rewardId: Id,
    price: Price,
  },
  { additionalProperties: false },
);
export type RewardAsking = Static<typeof RewardAsking>;

export const RewardAsked = Type.Object({ id: Id, status: oneOf(["recorded", "duplicate"] as const) });
export type RewardAsked = Static<typeof RewardAsked>;

export const Saving = Type.Object(
  { rewardId: Type.Union([Id, Type.Null()]) },
  { additionalProperties: false },
);
export type Saving = Static<typeof Saving>;

/** What a pupil shopkeeper sees: whose turn it is and what to hand over; no price, no beans. */
export const ShopCounter = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String({ description: "call name" }),
      title: Type.String(),
      icon: IconName,
    }),
  ),
});
export type ShopCounter = Static<typeof ShopCounter>;

export const FamilyWishes = Type.Object({ wishes: Type.Array(OwnWish, { description: "newest first" }) });
export type FamilyWishes = Static<typeof FamilyWishes>;

export const FamilyObjection = Type.Object({ asksNot: Type.Boolean() }, { additionalProperties: false });
export type FamilyObjection = Static<typeof FamilyObjection>;
