import type { KeyAction } from "#core/keys/key-map.ts";
import { act, openDialog } from "../../till/desk.ts";
import { actionOf, isKeyOf } from "../../till/key-map.ts";
import { isOnButton, isTyping, useKeys } from "../../till/keys.ts";
import { currentView } from "../../till-client.ts";
import { focusSearch, leaveSearch, searchStore } from "../search/search-desk.ts";
import { typeInto } from "./entry.ts";
import * as desk from "./sale-desk.ts";

/** The keyboard of the sale screen; it hears nothing while a payment or a dialog lies over it. */
export function useSaleKeys(): void {
  useKeys("screen", (event) => {
    const command = commandOf(event);
    if (command !== undefined) {
      // A held key repeats only where more of the same is meant.
      if (!event.repeat || repeatable.has(event.key)) command();
      return true;
    }
    if (isTyping(event)) return false;
    return hearPlainKey(event);
  });
}

const repeatable = new Set(["+", "-", "ArrowUp", "ArrowDown", "Backspace"]);

/** Keys that mean the same wherever the focus is: all but the space bar, which types a blank and presses buttons. */
function commandOf(event: KeyboardEvent): (() => void) | undefined {
  const action = event.key === " " ? null : actionOf("sale", event);
  return action === null ? undefined : commands[action];
}

const commands: Readonly<Partial<Record<KeyAction, () => void>>> = {
  lock: () => void act("lock-screen", {}),
  search: () => focusSearch(searchStore.get().text),
  quantity: desk.askQuantity,
  discount: desk.askDiscount,
  hold: () => openDialog({ kind: "hold" }),
  recall: () => openDialog({ kind: "held" }),
  "void-line": () => void desk.voidCurrentLine(),
  refund: () => openDialog({ kind: "find-sale" }),
  drawer: openNoSale,
  rounding: () => openDialog({ kind: "rounding" }),
  price: desk.askPrice,
  member: () => openDialog({ kind: "member" }),
  more: () => openDialog({ kind: "more" }),
  pay: desk.takePayment,
};

function hearPlainKey(event: KeyboardEvent): boolean {
  const typed = typeInto(desk.entryStore.get(), event.key);
  if (typed !== null) {
    desk.entryStore.set(typed);
    return true;
  }
  const command = plainCommandOf(event);
  if (command === undefined) return false;
  if (!event.repeat || repeatable.has(event.key)) command();
  return true;
}

function plainCommandOf(event: KeyboardEvent): (() => void) | undefined {
  switch (event.key) {
    case "*":
      return desk.multiply;
    case "+":
      return () => void desk.changeQuantity(1);
    case "-":
      return () => void desk.changeQuantity(-1);
    case "ArrowUp":
      return () => void desk.selectNeighbour(-1);
    case "ArrowDown":
      return () => void desk.selectNeighbour(1);
    case "Delete":
      return event.shiftKey ? desk.askVoidSale : () => void desk.voidCurrentLine();
    case "Backspace":
      return () => desk.entryStore.set(desk.entryStore.get().slice(0, -1));
    case "Escape":
      return stepBack;
    case " ":
      return isOnButton(event) || !isKeyOf("pay", event) ? undefined : desk.takePayment;
    case "Enter":
      return isOnButton(event) ? undefined : enter;
    default:
      return undefined;
  }
}

function enter(): void {
  if (!desk.enterTyped()) desk.takePayment();
}

/** Esc takes back the last thing begun and never the cart: what was typed, then the search, then the loudest notice. */
function stepBack(): void {
  if (desk.clearEntry()) return;
  if (searchStore.get().text !== "") return leaveSearch();
  const notice = currentView().notices.at(-1);
  if (notice !== undefined) void act("dismiss-notice", { noticeId: notice.id });
}

function openNoSale(): void {
  if (currentView().shop.hasDrawer) openDialog({ kind: "no-sale" });
}
