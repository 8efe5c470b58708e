/** Which seating plan and which groups an account has chosen for a class on this device. Holds ids and nothing about children. */
import { session } from "#lib/session.svelte.ts";

const chosenIn = (storedAs: string) => {
  const read = () => JSON.parse(localStorage.getItem(storedAs) ?? "{}") as Record<string, string>;
  const keyOf = (classId: string) => `${session.account?.id} ${classId}`;
  return {
    of: (classId: string): string | undefined => read()[keyOf(classId)],
    choose(classId: string, id: string): void {
      localStorage.setItem(storedAs, JSON.stringify({ ...read(), [keyOf(classId)]: id }));
    },
  };
};

export const chosenPlans = chosenIn("doudou.seating-shown");
export const chosenGroups = chosenIn("doudou.groups-shown");
