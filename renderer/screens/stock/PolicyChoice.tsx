import type { StockPolicy } from "#core/stock/stock-level.ts";
import { stockPolicies } from "#core/stock/stock-level.ts";
import { useState } from "react";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { actInDialog } from "../../till/desk.ts";
import { useStockText } from "./stock-texts.ts";

/** What the till does when it sells what the books say is not there; a manager's PIN sets it. */
export function PolicyChoice({ policy, onSaved }: { readonly policy: StockPolicy; readonly onSaved: () => void }) {
  const text = useStockText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [fault, setFault] = useState<IntentFault | null>(null);
  const save = async (next: StockPolicy): Promise<void> => {
    if (next !== policy) setFault(await actInDialog("save-stock-policy", { policy: next }, onSaved));
  };
  return (
    <fieldset className="stock-policy" data-testid="stock-policy" data-policy={policy}>
      <legend>{text("policy")}</legend>
      {stockPolicies.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="stock-policy"
            data-testid={`policy-${one}`}
            checked={one === policy}
            onChange={() => void save(one)}
          />
          <strong>{text(`policy.${one}`)}</strong>
          <span className="stock-soft">{text(`policy.${one}.what`)}</span>
        </label>
      ))}
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
    </fieldset>
  );
}
