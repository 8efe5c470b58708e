/** What SvelteKit carries between our pages: the shape of an error a page may show. */
declare global {
  namespace App {
    interface Error {
      status: number;
      message: string;
      /** `offline` when the network is at fault, so that the page offers to try again rather than apologises. */
      reason: "offline" | "problem" | "fault";
    }
  }
}

export {};
