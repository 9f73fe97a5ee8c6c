import { codeOf } from "../store/retry.ts";
import { StoreUnavailable } from "../store/sql.ts";

/** An error on its way to another thread: a clone of it would lose its class and its code. */
export interface CarriedError {
  readonly message: string;
  readonly stack: string;
  /** Of Node, SQLite or PostgreSQL; empty where there is none. */
  readonly code: string;
  /** The database could not be used, and why. */
  readonly unavailable: StoreUnavailable["reason"] | null;
}

export function carried(error: unknown): CarriedError {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  const unavailable = error instanceof StoreUnavailable ? error.reason : null;
  return { message, stack, code: codeOf(error), unavailable };
}

export function errorOf({ message, stack, code, unavailable }: CarriedError): Error {
  if (unavailable !== null) return new StoreUnavailable(unavailable, message);
  return Object.assign(new Error(message), code === "" ? { stack } : { stack, code });
}
