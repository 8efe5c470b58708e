/** Carries a file to the server and tells how much of it has been sent, which `fetch` cannot. Used as a call's carrier. */
import type { Carrier } from "./request.ts";

/** @param onSent is told the share that has been sent, 0 to 1 */
export function uploading(onSent: (share: number) => void): Carrier {
  return (address, { method = "PUT", headers, body, signal }) =>
    new Promise<Response>((resolve, reject) => {
      signal?.throwIfAborted();
      const sending = new XMLHttpRequest();
      sending.open(method, address);
      new Headers(headers).forEach((value, name) => sending.setRequestHeader(name, value));
      sending.upload.addEventListener("progress", ({ loaded, total }) =>
        onSent(total > 0 ? loaded / total : 0),
      );
      sending.addEventListener("load", () => {
        const told = sending.getAllResponseHeaders().trim().split(/\r?\n/);
        const pairs = told.map((line): [string, string] => {
          const colon = line.indexOf(":");
          return [line.slice(0, colon), line.slice(colon + 1).trim()];
        });
        resolve(new Response(sending.responseText, { status: sending.status, headers: pairs }));
      });
      sending.addEventListener("error", () => reject(new TypeError("The file could not be sent")));
      sending.addEventListener("abort", () =>
        reject(new DOMException("The sending was stopped", "AbortError")),
      );
      signal?.addEventListener("abort", () => sending.abort(), { once: true });
      sending.send(body instanceof Blob ? body : null);
    });
}
