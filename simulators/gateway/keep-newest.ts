/** A list that forgets its oldest entries. */
export function keepNewest<T>(most: number): { readonly add: (entry: T) => void; readonly all: () => readonly T[] } {
  const entries: T[] = [];
  return {
    add(entry) {
      entries.push(entry);
      if (entries.length > most) entries.shift();
    },
    all: () => [...entries],
  };
}
