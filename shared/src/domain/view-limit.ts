/** For how many minutes of a day a child may look at its own pages. Its school sets it, or sets no limit; nobody else is limited. */

/** Minutes: the least and the most a school may set, and what holds until it does. */
export const VIEW_MINUTES = { least: 10, most: 120, atFirst: 30 } as const;
