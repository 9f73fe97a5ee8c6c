import { StoreUnavailable } from "./sql.ts";

/** Times a transaction is tried. Conflicts of two uploads end in one or two; more means the engine is in trouble. */
export const mostAttempts = 6;
/** Pause before the n-th retry: random up to this, doubled each time, so that rivals part. Milliseconds. */
const firstPauseMs = 20;
const longestPauseMs = 1_000;

/** Runs `attempt` again where `reasonOf` names a passing trouble; anything else is thrown on at once. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  reasonOf: (error: unknown) => StoreUnavailable["reason"] | null,
): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      if (count >= mostAttempts) {
        const detail = error instanceof Error ? error.message : String(error);
        throw new StoreUnavailable(reason, `gave up after ${count} attempts: ${detail}`, { cause: error });
      }
      const pauseMs = Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** (count - 1));
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/** The `code` of an error of Node, SQLite or PostgreSQL; empty where there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
