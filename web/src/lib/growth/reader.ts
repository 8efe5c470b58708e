/** Who reads a portfolio. The same child and the same records; only the words differ. */
import { callName } from "@doudou/shared/domain/child-name.ts";

export type Reader = "self" | "guardian" | "teacher";

/** What a child is called to this reader: teachers keep the name of the roster. */
export function nameFor(reader: Reader, fullName: string): string {
  return reader === "teacher" ? fullName : callName(fullName);
}
