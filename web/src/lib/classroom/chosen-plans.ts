/** Which seating plan and which groups this device shows of a class. Holds ids and nothing about children. */
const chosenIn = (storedAs: string) => {
  const read = () => JSON.parse(localStorage.getItem(storedAs) ?? "{}") as Record<string, string>;
  return {
    of: (classId: string): string | undefined => read()[classId],
    choose(classId: string, id: string): void {
      localStorage.setItem(storedAs, JSON.stringify({ ...read(), [classId]: id }));
    },
  };
};

export const chosenPlans = chosenIn("doudou.seating-shown");
export const chosenGroups = chosenIn("doudou.groups-shown");
