/** How long a thing may take on a busy two-core machine before it is taken for never. Milliseconds. */
const patienceMs = 20_000;
const betweenMs = 15;
/** A question that has no answer after this long will have none: longer than any page is waited for. Milliseconds. */
const unansweredMs = 60_000;

/**
 * Asks until the answer is neither null, undefined nor false; rejects with `what` when it never is, and when a question is
 * never answered at all.
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  withinMs = patienceMs,
): Promise<NonNullable<Exclude<T, false>>> {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await within(what, ask, unansweredMs);
    // Narrowed by the check; TypeScript does not follow the conditional type.
    if (answer !== null && answer !== undefined && answer !== false) return answer as NonNullable<Exclude<T, false>>;
    if (performance.now() > end) throw new Error(`never within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, betweenMs));
  }
}

/** What was asked, or a rejection with `what` where no answer comes in that time: Playwright waits for a page's for ever. */
export async function within<T>(what: string, ask: () => T | Promise<T>, withinMs = patienceMs): Promise<T> {
  let patience: NodeJS.Timeout | undefined;
  const unanswered = new Promise<never>((_, reject) => {
    patience = setTimeout(() => reject(new Error(`no answer within ${Math.round(withinMs)} ms: ${what}`)), withinMs);
  });
  try {
    return await Promise.race([ask(), unanswered]);
  } finally {
    clearTimeout(patience);
  }
}
