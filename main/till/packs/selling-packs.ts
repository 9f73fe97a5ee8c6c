import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { StaleState } from "#contract/ipc/stale-pack.ts";
import type { TradeItem } from "#core/barcode/gs1/trade-item.ts";
import { packStateOn, plainPack, type Pack } from "#core/pack/pack.ts";
import { takeMultiplier } from "#main/till/adding.ts";
import { approve } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { findByGtin } from "#main/till/finding-items.ts";
import { notify, withdrawNotices } from "#main/till/notices.ts";
import { addItemLine } from "#main/till/open-price/asking-price.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { needsWeighing, packLine } from "#main/till/packs/pack-line.ts";
import type { FoundPack, StoppedPack } from "#main/till/packs/stopped-pack.ts";
import { beginWeighing } from "#main/till/weighing/weighing.ts";
import { heed, say } from "#main/till/scan-words.ts";
import { today } from "#main/till/today.ts";

/**
 * A scanned pack with GS1 data: into the cart by its printed weight, price or count, with its lot and dates on the line.
 * One past its expiry is stopped, by the shop's own business day. So is one past best before (保质期): food past it may not
 * be sold in China. Where the date is a promise of quality only, a shop has it sold with a warning (`goods.pastBestBefore`).
 */
export function addTradeItem(till: TillContext, tradeItem: TradeItem): Outcome {
  const match = findByGtin(till.deps.catalog, tradeItem.gtin);
  // As short as the number stands on the pack: it is what a cashier compares.
  if (match === null) return say(till, { kind: "unknown-barcode", text: tradeItem.gtin.replace(/^0/, "") });
  const found: FoundPack = { match, tradeItem, multiplier: takeMultiplier(till) };
  const pack = tradeItem.pack ?? plainPack;
  const state = packStateOn(pack, today(till));
  const stopsPastBestBefore = till.deps.config.goods.pastBestBefore === "stop";
  if (state === "expired" || (state === "past-best-before" && stopsPastBestBefore))
    return stopPack(till, found, pack, state);
  const outcome = putPack(till, found);
  if (outcome.ok && state === "past-best-before")
    notify(till, { kind: "pack-past-best-before", ...stalePack(found, pack, state) });
  return outcome;
}

/** A manager's word for this one pack, journaled with its lot and dates. */
export async function sellStoppedPack(till: TillContext, args: IntentArgs<"sell-stopped-pack">): Promise<Outcome> {
  const stopped = standing(till, args.stopId);
  if (stopped === null) return refuse("no-such-pack");
  const approval = await approve(till, { kind: "sell-expired" }, args.approvalPin);
  if (!approval.ok) return approval;
  // The PIN took a moment: the pack may have been put back, or its customer be gone.
  if (standing(till, args.stopId) === null) return refuse("no-such-pack");
  const line = packLine(till.deps.newId(), stopped);
  if (!line.ok) return refuse(line.fault.kind === "quantity-out-of-range" ? line.fault.kind : "amount-out-of-range");

  const { match, tradeItem, saleId } = stopped;
  const body = {
    ...{ saleId, cashierId: till.state.cashier?.id, approvedBy: approval.value, businessDate: today(till) },
    ...{ sku: match.item.sku, barcode: match.barcode, pack: tradeItem.pack },
  };
  const outcome = addItemLine(till, match.item, line.value, { kind: "expired-pack-sold", body });
  if (!outcome.ok) return outcome;
  withdrawNotices(till, (notice) => notice.kind === "pack-stopped" && notice.stopId === args.stopId);
  return outcome;
}

/** Into the cart, with a sentence on the strip where it cannot be. */
function putPack(till: TillContext, found: FoundPack): Outcome {
  const { match, tradeItem } = found;
  if (needsWeighing(found)) {
    const { pack } = tradeItem;
    const wanted = { item: match.item, barcode: match.barcode, source: "scan", ...(pack && { pack }) } as const;
    return heed(till, beginWeighing(till, wanted), match.barcode);
  }
  const line = packLine(till.deps.newId(), found);
  if (!line.ok) {
    const { kind } = line.fault;
    return kind === "quantity-out-of-range"
      ? say(till, { kind: "scan-refused", fault: kind }, { kind })
      : say(till, { kind: "label-refused", why: kind });
  }
  const outcome = addItemLine(till, match.item, line.value);
  if (outcome.ok || outcome.fault.kind !== "serial-already-in-cart") return heed(till, outcome, match.barcode);
  const { nameZh, nameEn } = match.item;
  return say(till, { kind: "double-scan", nameZh, nameEn, serial: tradeItem.pack?.serial ?? "" }, outcome.fault);
}

function stopPack(till: TillContext, found: FoundPack, pack: Pack, why: StaleState): Outcome {
  const { state, deps } = till;
  const { saleId } = state.draft.cart;
  const noticed = state.stoppedPacks.filter(({ stopId }) => isNoticed(till, stopId));
  const known = noticed.find((one) => one.saleId === saleId && isSamePack(one, found));
  const stopped: StoppedPack = known ?? { ...found, saleId, stopId: deps.newId() };
  state.stoppedPacks = known === undefined ? [...noticed, stopped] : noticed;
  return say(till, { kind: "pack-stopped", stopId: stopped.stopId, why, ...stalePack(found, pack, why) });
}

/** The stop, as long as its sentence stands on the strip and its sale is the one being rung up. */
function standing(till: TillContext, stopId: string): StoppedPack | null {
  const stopped = till.state.stoppedPacks.find((one) => one.stopId === stopId && isNoticed(till, stopId));
  return stopped?.saleId === till.state.draft.cart.saleId ? stopped : null;
}

function isNoticed(till: TillContext, stopId: string): boolean {
  return till.state.notices.some((notice) => notice.kind === "pack-stopped" && notice.stopId === stopId);
}

function isSamePack(one: FoundPack, other: FoundPack): boolean {
  return JSON.stringify([one.tradeItem, one.multiplier]) === JSON.stringify([other.tradeItem, other.multiplier]);
}

function stalePack({ match }: FoundPack, pack: Pack, why: StaleState) {
  const { nameZh, nameEn } = match.item;
  const date = (why === "expired" ? pack.expiresOn : pack.bestBefore) ?? "";
  return { nameZh, nameEn, lot: pack.lot, date };
}
