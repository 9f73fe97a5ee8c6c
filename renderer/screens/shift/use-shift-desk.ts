import { useEffect, useState } from "react";
import type { ShiftDeskView } from "#contract/ipc/shift-view.ts";
import { send } from "../../till-client.ts";
import { type ShiftText, useShiftText } from "./shift-texts.ts";

/** What main says of the open shift's drawer; null while it is asked, and where no shift is open. */
export function useShiftDesk(): ShiftDeskView | null {
  const [desk, setDesk] = useState<ShiftDeskView | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void send("shift-desk", {}).then((answer) => {
      if (isCurrent && answer.ok) setDesk(answer.value);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return desk;
}

export type ReasonKind = "pay-in" | "pay-out" | "safe-drop" | "no-sale" | "variance";

/** The shop's own short list, or the till's where the shop has none. */
export function useReasons(kind: ReasonKind, desk: ShiftDeskView | null): readonly string[] {
  const text = useShiftText();
  const own = desk === null ? [] : ownReasons(kind, desk.reasons);
  return own.length > 0 ? own : usualReasons(kind, text);
}

function ownReasons(kind: ReasonKind, reasons: ShiftDeskView["reasons"]): readonly string[] {
  switch (kind) {
    case "pay-in":
      return reasons.payIn;
    case "pay-out":
      return reasons.payOut;
    case "safe-drop":
      return reasons.safeDrop;
    case "no-sale":
      return reasons.noSale;
    case "variance":
      return [];
  }
}

function usualReasons(kind: ReasonKind, text: ShiftText): readonly string[] {
  switch (kind) {
    case "pay-in":
      return [text("reason.pay-in.1"), text("reason.pay-in.2"), text("reason.pay-in.3")];
    case "pay-out":
      return [
        ...[text("reason.pay-out.1"), text("reason.pay-out.2")],
        ...[text("reason.pay-out.3"), text("reason.pay-out.4")],
      ];
    case "safe-drop":
      return [text("reason.safe-drop.1"), text("reason.safe-drop.2"), text("reason.safe-drop.3")];
    case "no-sale":
      return [text("reason.no-sale.1"), text("reason.no-sale.2"), text("reason.no-sale.3")];
    case "variance":
      return [
        ...[text("reason.variance.1"), text("reason.variance.2")],
        ...[text("reason.variance.3"), text("reason.variance.4")],
      ];
  }
}
