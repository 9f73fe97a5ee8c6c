import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { useManagerText } from "../manager/manager-texts.ts";

/** Why nothing was given back: what main refused, or what is not filled in. */
export function RefundTrouble({ trouble }: { readonly trouble: IntentFault | "bad" }) {
  const text = useManagerText();
  const tillText = useTillText();
  const place = useClockPlace();
  return <TroubleNote text={trouble === "bad" ? text("refund.bad") : faultText(trouble, tillText, place)} />;
}
