/** A call whose answer is a file, with all that every call brings along: the reader's language, whose page it is, refusals. */
import { type Call, request } from "./request.ts";

export interface FileAnswer {
  /** As the server named it. */
  readonly name: string;
  readonly file: Blob;
  /** How many things that belong into it could not be put in. */
  readonly leftOut: number;
}

/** How a file is called for; `through` looks at the answer as it comes in. */
type FileCall = Omit<Call, "carrier"> & { readonly through?: (response: Response) => Response };

/** @throws ProblemError where the server says no, OfflineError where it cannot be reached */
export async function requestFile(
  path: string,
  { through = (response) => response, ...call }: FileCall,
): Promise<FileAnswer> {
  let answer: FileAnswer | undefined;
  await request(path, {
    ...call,
    async carrier(address, init) {
      const response = await fetch(address, init);
      if (!response.ok) return response;
      const leftOut = Number(response.headers.get("doudou-left-out") ?? 0);
      answer = { name: nameIn(response.headers), file: await through(response).blob(), leftOut };
      return new Response("null", { headers: response.headers });
    },
  });
  if (!answer) throw new TypeError(`${path} gave no file`);
  return answer;
}

/** Hands a file to the reader, as a download. */
export function handOver({ name, file }: Pick<FileAnswer, "name" | "file">): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function nameIn(headers: Headers): string {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(headers.get("content-disposition") ?? "") ?? [];
  return encoded === undefined ? "" : decodeURIComponent(encoded);
}
