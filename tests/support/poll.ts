/** How long a thing may take on a busy two-core machine before it is taken for never. Milliseconds. */
const patienceMs = 20_000;
const betweenMs = 15;

/** Asks until the answer is neither null, undefined nor false; rejects with `what` when it never is. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  withinMs = patienceMs,
): Promise<NonNullable<Exclude<T, false>>> {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    // Narrowed by the check; TypeScript does not follow the conditional type.
    if (answer !== null && answer !== undefined && answer !== false) return answer as NonNullable<Exclude<T, false>>;
    if (performance.now() > end) throw new Error(`never within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, betweenMs));
  }
}
