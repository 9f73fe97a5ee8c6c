/** The members that have a value: one that is there and undefined says nothing, and must not hide what lies below it. */
export function defined<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Entries whose value is undefined are gone, which is all that the type says.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
