import { createStore } from "../../till/store.ts";

/** What stands in the search field, and whether it wants the focus. */
export const searchStore = createStore<{ readonly text: string; readonly isFocused: boolean }>({
  text: "",
  isFocused: false,
});

/** F2, or "search" on a notice: puts the text into the field and the focus with it. */
export function focusSearch(text: string): void {
  searchStore.set({ text, isFocused: true });
}

export function leaveSearch(): void {
  searchStore.set({ text: "", isFocused: false });
}
