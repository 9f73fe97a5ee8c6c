import { pageStore } from "../../till/desk.ts";
import { createStore } from "../../till/store.ts";

/** The code of an unknown scan that a manager makes an item of; null where the page is opened for its own sake. */
export const scannedCodeStore = createStore<string | null>(null);

let before: ReturnType<typeof pageStore.get> = "till";

/** The page of goods, from wherever it was asked for. */
export function openGoodsPage(scannedCode: string | null = null): void {
  const page = pageStore.get();
  if (page !== "goods") before = page;
  scannedCodeStore.set(scannedCode);
  pageStore.set("goods");
}

export function leaveGoodsPage(): void {
  scannedCodeStore.set(null);
  pageStore.set(before);
}
