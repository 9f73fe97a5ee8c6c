import type { TillContext } from "#main/till/context.ts";
import { notifyOnce, withdrawNotices } from "#main/till/notices.ts";
import { done, type Outcome } from "#main/till/outcome.ts";
import type { RecountPlace, StockDisagreement } from "#main/till/ports/stock-store.ts";
import { resumeBooking } from "./booking-takes.ts";
import { maySet } from "./stock-rights.ts";

/** After the start, when the queue in front of the till is served. */
const firstMs = 60_000;
/** Between two slices of a millisecond or two, and between two whole recounts. */
const sliceMs = 500;
const restMs = 300_000;

/** Takes up what was being booked, and has all moves added up again and again for as long as the till is open. */
export function startStock(till: TillContext): void {
  const { clock, store } = till.deps;
  resumeBooking(till);
  tell(till, store.stockDisagreements());
  let from: RecountPlace | null = null;
  let found: readonly StockDisagreement[] = [];
  const turn = (): void => {
    let isOver = true;
    try {
      const slice = store.recountStock(from);
      from = slice.next;
      found = [...found, ...slice.found];
      isOver = from === null;
      if (isOver) {
        noteFound(till, found);
        found = [];
      }
    } catch (cause) {
      till.deps.logFault("recount the stock", cause);
      [from, found] = [null, []];
    }
    clock.after(isOver ? restMs : sliceMs, turn);
  };
  clock.after(firstMs, turn);
}

/** By a manager: levels that were found wrong become what their moves add up to. */
export function repairStock(till: TillContext): Outcome {
  const allowed = maySet(till);
  if (!allowed.ok) return allowed;
  till.deps.store.repairStock(allowed.value.id);
  withdrawNotices(till, ({ kind }) => kind === "stock-disagreed");
  till.changed("status");
  return done;
}

function noteFound(till: TillContext, found: readonly StockDisagreement[]): void {
  till.deps.store.noteStockRecount(found);
  if (found.length > 0) till.changed("status");
  tell(till, found);
}

function tell(till: TillContext, found: readonly StockDisagreement[]): void {
  if (found.length === 0) return withdrawNotices(till, ({ kind }) => kind === "stock-disagreed");
  notifyOnce(till, { kind: "stock-disagreed", count: found.length });
}
