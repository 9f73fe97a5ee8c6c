import { may } from "#core/access/permissions.ts";
import type { TillContext } from "#main/till/context.ts";
import { type Outcome, refuse } from "#main/till/outcome.ts";

/** Does `work` with what this till has of it, for whoever may change settings; refused where it has nothing. */
export function forWhoMaySetUp<Part, Answer extends Outcome<unknown> | Promise<Outcome<unknown>>>(
  till: TillContext,
  part: Part | null | undefined,
  work: (part: Part) => Answer,
): Answer | ReturnType<typeof refuse> {
  const { cashier } = till.state;
  if (cashier === null) return refuse("not-signed-in");
  const mayChange = may(cashier.role, { kind: "change-settings" }) === "yes";
  return mayChange && part !== null && part !== undefined ? work(part) : refuse("not-allowed");
}
