// What a sound is taken apart into. Beside `sound.ts` and without its dictionary, which would cost every start a tenth of
// its time: whoever searches compares with what stands in the file.

/** The syllables in the likeliest reading, and in each with one of them read differently. */
export function readingsOf(sound: string): readonly (readonly string[])[] {
  if (sound === "") return [];
  const places = sound.split(" ").map((place) => place.split(","));
  const likeliest = places.map(([first = ""]) => first);
  const others = places.flatMap((place, at) => place.slice(1).map((other) => likeliest.with(at, other)));
  return [likeliest, ...others];
}

export function initialsOf(syllables: readonly string[]): string {
  return syllables.map((syllable) => syllable.slice(0, 1)).join("");
}
