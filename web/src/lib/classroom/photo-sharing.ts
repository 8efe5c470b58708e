/**
 * Who of the selected children gets a point with the photo, who without, and who not at all: a photo goes only to
 * children whose families agree to photos, and some points need one. Pure.
 */
import type { AwardablePoint } from "@doudou/shared/contract/classes.ts";

interface Photographed {
  readonly student: { readonly mayBePhotographed: boolean };
}

export interface Sharing<Of> {
  readonly withPhoto: readonly Of[];
  readonly withoutPhoto: readonly Of[];
  /** They cannot be given this point now. */
  readonly leftOut: readonly Of[];
}

export function shareOut<Of extends Photographed>(
  need: AwardablePoint["evidence"],
  children: readonly Of[],
  hasPhoto: boolean,
): Sharing<Of> {
  const withPhoto = hasPhoto ? children.filter(({ student }) => student.mayBePhotographed) : [];
  const others = children.filter((child) => !withPhoto.includes(child));
  return need === "required"
    ? { withPhoto, withoutPhoto: [], leftOut: others }
    : { withPhoto, withoutPhoto: others, leftOut: [] };
}

/** Whether one tap would do something the teacher has to know first. */
export function hasToBeAsked({ withoutPhoto, leftOut }: Sharing<unknown>, hasPhoto: boolean): boolean {
  return leftOut.length > 0 || (hasPhoto && withoutPhoto.length > 0);
}
