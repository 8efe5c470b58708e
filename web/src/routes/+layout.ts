/** The whole app runs in the browser: no page is drawn on a server. */
export const ssr = false;
