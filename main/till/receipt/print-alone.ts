import type { PrintLine } from "#core/receipt/document.ts";
import type { TillContext } from "#main/till/context.ts";
import { hasPrinter } from "#main/till/view/status-view.ts";

/** What waits for a printer this long is not printed: it is not left lying in a queue. Milliseconds. */
const printWithinMs = 20_000;

/** Whether something can be printed past the queue, whose papers lie in the books. */
export function canPrintAlone(till: TillContext): boolean {
  return hasPrinter(till) && till.deps.devices.print !== undefined && till.deps.isTraining !== true;
}

/** Prints what must not be in the books. True once it is on paper, or may be. */
export function printAlone(till: TillContext, lines: readonly PrintLine[]): Promise<boolean> {
  const { devices, clock, newId } = till.deps;
  const jobId = newId();
  return new Promise((resolve) => {
    const giveUp = clock.after(printWithinMs, () => devices.cancelPrint?.(jobId));
    devices.print?.(jobId, lines, ({ state }) => {
      if (state === "waiting" || state === "sending") return;
      giveUp();
      resolve(state !== "not-sent");
    });
  });
}
