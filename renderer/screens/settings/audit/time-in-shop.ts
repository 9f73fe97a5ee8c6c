/** `2026-03-02 10:15:09` by the shop's clock, which is `utcOffsetMinutes` east of UTC. */
export function timeInShop(atMs: number, utcOffsetMinutes: number): string {
  return new Date(atMs + utcOffsetMinutes * 60_000).toISOString().slice(0, 19).replace("T", " ");
}
