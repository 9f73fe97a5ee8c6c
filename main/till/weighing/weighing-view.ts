import type { WeighingView } from "#contract/ipc/weighing-view.ts";
import { fen, isFen, type Fen } from "#core/money/fen.ts";
import { rawPriceOf } from "#core/quantity/price-of.ts";
import { milli } from "#core/quantity/quantity.ts";
import { judgeTray, type TrayState } from "#core/weighing/judge-tray.ts";
import type { TillContext } from "#main/till/context.ts";

export function weighingView(till: TillContext): WeighingView | null {
  const { weighing, tray } = till.state;
  if (weighing === null) return null;
  const { item, tareGrams } = weighing;
  const now = trayState(till);
  const { scale } = till.deps.config.devices;
  const mayBeTaken = now.kind === "ready" || now.kind === "same-again";
  return {
    nameZh: item.nameZh,
    nameEn: item.nameEn,
    unitPriceFen: item.priceFen,
    tray: whereIs(till, now),
    grams: now.kind === "silent" ? null : (tray.last?.reading.grams ?? null),
    tareGrams,
    netGrams: mayBeTaken ? now.netGrams : null,
    amountFen: mayBeTaken ? amountOf(item.priceFen, now.netGrams) : null,
    minGrams: scale?.minGrams ?? 1,
    maxGrams: scale?.maxGrams ?? 0,
  };
}

/** What lies on the tray now, by the rules of `judgeTray`. */
export function trayState(till: TillContext): TrayState {
  const { weighing, tray } = till.state;
  return judgeTray({
    ...tray,
    nowMs: till.deps.clock.now(),
    tareGrams: weighing?.tareGrams ?? 0,
    minGrams: till.deps.config.devices.scale?.minGrams ?? 1,
  });
}

function whereIs(till: TillContext, now: TrayState): WeighingView["tray"] {
  if (till.deps.config.devices.scale === undefined) return "none";
  if (now.kind !== "silent") return now.kind;
  const status = till.state.deviceStatuses.find(({ role }) => role === "scale");
  return status?.state === "ready" ? "silent" : "away";
}

/** The very sum the line will cost: the same function prices it. Null beyond what a till handles. */
function amountOf(unitPriceFen: Fen, grams: number): Fen | null {
  const amount = rawPriceOf(unitPriceFen, milli(grams));
  return isFen(amount) ? fen(amount) : null;
}
