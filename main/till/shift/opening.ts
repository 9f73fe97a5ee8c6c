import type { IntentArgs } from "#contract/ipc/intents.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { ok } from "#core/result.ts";
import { businessDate, localIso } from "#core/sale/business-date.ts";
import type { TillContext } from "#main/till/context.ts";
import { withdrawNotices } from "#main/till/notices.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { readPieces } from "#main/till/shift/pieces.ts";

/** Opens a shift with the cash that lies in the drawer, counted by denomination or as a total. */
export function openShift(till: TillContext, args: IntentArgs<"open-shift">): Outcome<{ readonly floatFen: Fen }> {
  const { deps, state } = till;
  if (state.cashier === null) return refuse("not-signed-in");
  if (state.shift !== null) return refuse("shift-already-open");
  const pieces = readPieces(args.pieces, args.floatFen);
  if (!pieces.ok) return pieces;
  const { utcOffsetMinutes, dayCutOffMinutes } = deps.config.store;
  const nowMs = deps.clock.now();
  const floatFen = fen(args.floatFen);
  const shift = {
    shiftId: deps.newId(),
    openedAt: localIso(nowMs, utcOffsetMinutes),
    openedBy: state.cashier.id,
    openedByName: state.cashier.name,
    businessDate: businessDate(nowMs, utcOffsetMinutes, dayCutOffMinutes),
    floatFen,
    ...(pieces.value === null ? {} : { floatPieces: pieces.value }),
    closedAt: null,
  };
  deps.store.openShift(shift);
  state.shift = shift;
  withdrawNotices(till, (notice) => notice.kind === "scan-while-not-selling" && notice.why === "no-shift");
  till.changed("shift", "status");
  return ok({ floatFen });
}
