import type { Cashier } from "#core/access/role.ts";
import type { Result } from "#core/result.ts";

/** Between the till and its training: each has its own books, and only a start of the till goes from one to the other. */
export interface TrainingDoor {
  /** The till's books beside which training lies, or training's own. */
  readonly isTraining: boolean;
  /** Lays out a fresh training with this till's goods and people, durably; nothing of it is in these books. */
  enter(by: Cashier): Promise<Result<null, "training-not-made">>;
  leave(by: Cashier): Result<null, "training-not-left">;
  /** Ends the till and starts it again, on the other side; returns at once. */
  restart(): void;
}
