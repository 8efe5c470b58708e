/** Where a school's logo is to be had. Known to everybody who knows its name: it is no secret, and needs no session. */
import { addressOf } from "#lib/api/request.ts";

export function logoAddress(schoolId: string, logo: string): string {
  return addressOf(`/schools/${schoolId}/logo/${logo}`);
}
