import { pageStore } from "../../till/desk.ts";

let before = pageStore.get();

/** The page of labels, from wherever it was asked for. */
export function openLabelsPage(): void {
  const page = pageStore.get();
  if (page !== "labels") before = page;
  pageStore.set("labels");
}

export function leaveLabelsPage(): void {
  pageStore.set(before);
}
