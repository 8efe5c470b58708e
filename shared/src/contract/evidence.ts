/** Evidence: a picture that shows what an award was for. */
import Type, { type Static } from "typebox";
import { Id, oneOf } from "./common.ts";

/** A picture as the ledger names it. The id is made once, when the picture is taken; sending it again changes nothing. */
export const EvidenceRef = Type.Object({
  id: Id,
  width: Type.Integer({ minimum: 1, description: "of the large size, in pixels" }),
  height: Type.Integer({ minimum: 1 }),
  isRemoved: Type.Boolean({
    description: "consent was withdrawn: there was a picture, and it is no longer shown",
  }),
});
export type EvidenceRef = Static<typeof EvidenceRef>;

export const UploadedEvidence = Type.Object({
  id: Id,
  width: Type.Integer({ minimum: 1, description: "of the large size, in pixels" }),
  height: Type.Integer({ minimum: 1 }),
});
export type UploadedEvidence = Static<typeof UploadedEvidence>;

/** `large` is at most 1600 pixels on its longer side, `small` at most 320. */
export const PictureSize = oneOf(["large", "small"] as const, { default: "large" });
export type PictureSize = Static<typeof PictureSize>;
