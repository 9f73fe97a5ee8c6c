import { pageStore } from "../../till/desk.ts";

let before: ReturnType<typeof pageStore.get> = "till";

/** The page of stock, from wherever it was asked for. */
export function openStockPage(): void {
  const page = pageStore.get();
  if (page !== "stock") before = page;
  pageStore.set("stock");
}

export function leaveStockPage(): void {
  pageStore.set(before);
}
