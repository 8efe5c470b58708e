/** The lists of people begin with the pupils. */
import { redirect } from "@sveltejs/kit";

export const load = () => redirect(307, "/office/people/pupils");
