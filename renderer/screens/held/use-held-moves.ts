import { useState } from "react";
import type { SharedHeldView } from "#contract/ipc/held-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { HeldView } from "#contract/ipc/till-view.ts";
import { closeDialog } from "../../till/desk.ts";
import { send } from "../../till-client.ts";

/** Giving and taking from the list, which stays open until the sale is in the cart: whoever lost a race reads why and picks another. */
export function useHeldMoves(readAgain: () => void): {
  /** `giveId` of the sale that is being taken. */
  readonly taking: string | null;
  readonly fault: IntentFault | null;
  readonly give: (sale: HeldView | undefined) => Promise<void>;
  readonly take: (sale: SharedHeldView | undefined) => Promise<void>;
} {
  const [taking, setTaking] = useState<string | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  return {
    taking,
    fault,
    async give(sale) {
      if (sale === undefined || !isGivable(sale)) return;
      const result = await send("give-held-sale", { saleId: sale.saleId });
      setFault(result.ok ? null : result.fault);
      readAgain();
    },
    async take(sale) {
      if (sale === undefined || taking !== null || sale.isNewer) return;
      setTaking(sale.giveId);
      const result = await send("take-held-sale", { giveId: sale.giveId });
      setTaking(null);
      if (result.ok) return closeDialog();
      setFault(result.fault);
      readAgain();
    },
  };
}

/** Main says the same again: a payment that has failed is not seen here. */
export function isGivable({ move, paidFen, hasOpenAttempt }: HeldView): boolean {
  return move === null && paidFen === 0 && !hasOpenAttempt;
}
