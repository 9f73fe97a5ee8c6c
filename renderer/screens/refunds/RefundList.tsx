import "./refund.css";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { RefundView } from "#contract/ipc/refund-view.ts";
import { actInDialog } from "../../till/desk.ts";
import { OnwardDialog } from "./OnwardDialog.tsx";
import { RefundRow } from "./RefundRow.tsx";
import { RefundTrouble } from "./RefundTrouble.tsx";

/** Refunds, each with its word and what may be done about it. `onChanged` is called after anything was done. */
export function RefundList(props: {
  readonly label: string;
  readonly refunds: readonly RefundView[];
  /** Names the sale or payment of each, where they are of several. */
  readonly isOfMany?: boolean;
  readonly onChanged: () => void;
}) {
  const { label, refunds, isOfMany = false, onChanged } = props;
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [stuckNo, setStuckNo] = useState<string | null>(null);
  const act = async (intent: "retry-refund" | "settle-refund-otherwise", refundNo: string): Promise<void> => {
    setFault(await actInDialog(intent, { refundNo }, onChanged));
  };
  const stuck = refunds.find(({ refundNo }) => refundNo === stuckNo);
  return (
    <section aria-label={label} className="refunds">
      <h3>{label}</h3>
      {fault !== null && <RefundTrouble trouble={fault} />}
      <ul>
        {refunds.map((refund) => (
          <RefundRow
            key={refund.refundNo}
            refund={refund}
            isOfMany={isOfMany}
            onRetry={() => void act("retry-refund", refund.refundNo)}
            onSettled={() => void act("settle-refund-otherwise", refund.refundNo)}
            onSendOnward={() => setStuckNo(refund.refundNo)}
          />
        ))}
      </ul>
      {stuck !== undefined && (
        <OnwardDialog
          refund={stuck}
          onLeave={() => {
            setStuckNo(null);
            onChanged();
          }}
        />
      )}
    </section>
  );
}
