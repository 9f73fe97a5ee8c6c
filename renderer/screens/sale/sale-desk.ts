import { pieces, type Milli } from "#core/quantity/quantity.ts";
import { act, inTurn, openDialog, showHint } from "../../till/desk.ts";
import { createStore } from "../../till/store.ts";
import { currentView, send } from "../../till-client.ts";
import { focusSearch, searchStore } from "../search/search-desk.ts";
import { isFinishedByKey } from "../returns/exchange-due.ts";
import { asCode, asTimes } from "./entry.ts";

/** What the keys of the sale screen do. Every one of them is also a button. */

/** Digits typed by hand and not used yet. */
export const entryStore = createStore("");

/** `3*`: tells main how many the next scan or tap counts. */
export function multiply(): void {
  const times = asTimes(entryStore.get());
  if (times === null) {
    showHint("bad-times");
    return;
  }
  entryStore.set("");
  void act("set-multiplier", { quantity: times });
}

/** Takes back what was typed, then the multiplier. False when there was neither. */
export function clearEntry(): boolean {
  if (entryStore.get() !== "") entryStore.set("");
  else if (currentView().sale.multiplier !== null) void act("set-multiplier", { quantity: null });
  else return false;
  return true;
}

/** Enter: a typed code is rung up like a scanned one; a shorter number is searched for. False when nothing was typed. */
export function enterTyped(): boolean {
  const code = asCode(entryStore.get());
  if (code === null) return false;
  entryStore.set("");
  // What a scan cannot do stands on the notice strip already: main answers a typed code exactly like a scanned one.
  if (code.kind === "code") void send("scan", { text: code.text, by: "typed" });
  else focusSearch(code.text);
  return true;
}

export function addItem(sku: string, by: "search" | "tile"): void {
  void act("add-item", { sku, quantity: pieces(1), by });
}

/** `+` and `−` on the line that changed last. */
export function changeQuantity(by: 1 | -1): Promise<void> {
  return inTurn(async () => {
    const line = currentLine();
    if (line === null) return showHint("no-line");
    if (line.isQuantityFixed || line.unit === "kg") return showHint("weighed");
    const next = line.quantity + by * 1000;
    if (next < 1000) return showHint("use-delete");
    await act("set-quantity", { lineId: line.lineId, quantity: next });
  });
}

/** F3: typed digits are the quantity at once; otherwise a dialog asks. */
export function askQuantity(): void {
  const line = currentLine();
  if (line === null) return showHint("no-line");
  const times: Milli | null = asTimes(entryStore.get());
  if (times === null) return openDialog({ kind: "quantity", lineId: line.lineId });
  entryStore.set("");
  void act("set-quantity", { lineId: line.lineId, quantity: times });
}

export function askDiscount(): void {
  if (currentView().sale.lines.length === 0) return showHint("no-line");
  openDialog({ kind: "discount", lineId: currentLine()?.lineId ?? null });
}

/** F11: the price of the current line, coupons and members. */
export function askPrice(): void {
  const line = currentLine();
  if (line === null) return showHint("no-line");
  openDialog({ kind: "price", lineId: line.lineId });
}

export function voidCurrentLine(): Promise<void> {
  return inTurn(async () => {
    const line = currentLine();
    if (line === null) return showHint("no-line");
    await act("void-line", { lineId: line.lineId });
  });
}

/** A tap on a line. While a payment's end is not known the cart stands still, and a tap on it means nothing. */
export function selectLine(lineId: string): void {
  const attempt = currentView().payment?.attempt;
  if (attempt?.word !== "not-known") void act("select-line", { lineId });
}

/** Arrow keys; the selection moves in main, so that a crash of the window keeps it. */
export function selectNeighbour(by: 1 | -1): Promise<void> {
  return inTurn(async () => {
    const { lines, currentLineId } = currentView().sale;
    const at = lines.findIndex((line) => line.lineId === currentLineId);
    const next = lines[Math.min(Math.max(at + by, 0), lines.length - 1)];
    if (next !== undefined && next.lineId !== currentLineId) await act("select-line", { lineId: next.lineId });
  });
}

export function takePayment(): void {
  entryStore.set("");
  searchStore.set({ text: "", isFocused: false });
  void act(isFinishedByKey(currentView().sale) ? "finish-exchange" : "take-payment", {});
}

export function askVoidSale(): void {
  if (currentView().sale.lines.length > 0) openDialog({ kind: "void-sale" });
}

export async function reprintLast(): Promise<void> {
  const last = currentView().lastSales[0];
  if (last === undefined) return;
  const result = await act("reprint-receipt", { saleId: last.saleId });
  if (result.ok) showHint("reprinted");
}

export function currentLine() {
  const { lines, currentLineId } = currentView().sale;
  return lines.find((line) => line.lineId === currentLineId) ?? null;
}
