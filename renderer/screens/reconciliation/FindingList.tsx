import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { FindingView } from "#contract/ipc/reconciliation-view.ts";
import { useEndlessRows } from "../../parts/use-endless-rows.ts";
import { send } from "../../till-client.ts";
import { FindingRow } from "./FindingRow.tsx";
import { useReconciliationText } from "./reconciliation-texts.ts";
import { type ShownGroup, useFindings } from "./use-reconciliation.ts";

const usualRowHeight = 92;

/** One group's findings in the order of the bill. Only the rows in sight exist. */
export function FindingList(props: {
  readonly day: string;
  readonly group: ShownGroup;
  readonly onFault: (fault: IntentFault | null) => void;
  readonly onOpenSale: (saleId: string) => void;
  readonly onSettle: (finding: FindingView) => void;
  readonly onRefund: (finding: FindingView) => void;
}) {
  const { day, group, onFault } = props;
  const text = useReconciliationText();
  const { rows, readMore } = useFindings(day, group);
  const { asking, ask } = useAsking(day, onFault);
  const { frame, inSight, height, measure } = useEndlessRows({
    ...{ rows, readMore },
    keyOf: (finding) => finding.key,
    rowHeight: usualRowHeight,
    overscan: 6,
  });

  return (
    <>
      <div className="recon-row recon-row-head" aria-hidden="true">
        <span>{text("row.col.what")}</span>
        <span>{text("row.col.there")}</span>
        <span>{text("row.col.here")}</span>
        <span />
      </div>
      <div className="recon-frame" ref={frame}>
        {rows?.length === 0 && (
          <p className="manager-soft manager-none">{text(group === "open" ? "group.none.open" : "group.none")}</p>
        )}
        <ol style={{ height }}>
          {inSight.map(({ index, start, key }) => {
            const row = rows?.[index];
            return (
              row !== undefined && (
                <li key={key} ref={measure} data-index={index} style={{ transform: `translateY(${start}px)` }}>
                  <FindingRow
                    finding={row}
                    isAsking={asking === row.key}
                    onAsk={(finding) => void ask(finding)}
                    onOpenSale={props.onOpenSale}
                    onSettle={props.onSettle}
                    onRefund={props.onRefund}
                  />
                </li>
              )
            );
          })}
        </ol>
      </div>
    </>
  );
}

/** One question to the gateway at a time; the answer comes with the list. */
function useAsking(day: string, onFault: (fault: IntentFault | null) => void) {
  const [asking, setAsking] = useState<string | null>(null);
  const ask = async ({ key }: FindingView): Promise<void> => {
    setAsking(key);
    const answer = await send("ask-about-finding", { day, key });
    setAsking(null);
    onFault(answer.ok ? null : answer.fault);
  };
  return { asking, ask };
}
