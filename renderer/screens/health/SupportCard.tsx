import { IconDownload, IconEye, IconLifebuoy } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { SupportBundleResult } from "#contract/worker/health-messages.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send } from "../../till-client.ts";
import { sizeWords } from "./finding-words.ts";
import { useHealthText } from "./health-texts.ts";
import { PackageDialog } from "./PackageDialog.tsx";

/** What support is given: to be looked at first, then saved where the manager says. */
export function SupportCard() {
  const text = useHealthText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [shown, setShown] = useState<SupportBundleResult | null>(null);
  const [savedBytes, setSavedBytes] = useState<number | null>(null);

  const look = async (): Promise<void> => {
    setBusy(true);
    const answer = await send("look-into-support-package", {});
    setBusy(false);
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) setShown(answer.value);
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    const answer = await send("save-support-package", {});
    setBusy(false);
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) setSavedBytes(answer.value?.bytes ?? null);
  };
  return (
    <section className="manager-card health-support">
      <h2>
        <IconLifebuoy size={22} aria-hidden />
        {text("support.title")}
      </h2>
      <p className="manager-soft">{text("support.lead")}</p>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <div className="health-acts">
        <Press data-testid="support-look" disabled={isBusy} onClick={() => void look()}>
          <IconEye size={22} aria-hidden />
          {text("support.look")}
        </Press>
        <Press data-testid="support-save" disabled={isBusy} onClick={() => void save()}>
          <IconDownload size={22} aria-hidden />
          {text("support.save")}
        </Press>
      </div>
      <p role="status" data-testid="support-said" className="health-said">
        {isBusy
          ? text("support.working")
          : savedBytes === null
            ? ""
            : text("support.saved", { size: sizeWords(savedBytes) })}
      </p>
      {shown !== null && <PackageDialog inside={shown} onClose={() => setShown(null)} />}
    </section>
  );
}
