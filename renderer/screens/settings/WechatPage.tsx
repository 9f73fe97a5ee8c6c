import { useState } from "react";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { useKeys } from "../../till/keys.ts";
import { BoundMoney } from "./BoundMoney.tsx";
import { MerchantOverview } from "./MerchantOverview.tsx";
import { SetupWizard } from "./SetupWizard.tsx";
import { useSetup } from "./use-setup.ts";

/** WeChat Pay: what the till is set up with, or the steps of setting it up where that was begun. */
export function WechatPage({ onLeave }: { readonly onLeave: () => void }) {
  const tillText = useTillText();
  const place = useClockPlace();
  const setup = useSetup();
  const [isPutAside, setPutAside] = useState(false);
  const [done, setDone] = useState<"saved" | "imported" | null>(null);
  const { view, fault, run } = setup;
  const draft = view?.draft ?? null;
  const isInWizard = draft !== null && !isPutAside;
  useKeys("screen", (event) => {
    if (event.key !== "Escape" || isInWizard) return false;
    onLeave();
    return true;
  });
  if (view === null) return fault === null ? null : <TroubleNote text={faultText(fault, tillText, place)} />;

  const trouble =
    fault === null ? null : fault.kind === "setup-bound" ? (
      <BoundMoney money={fault.money} />
    ) : (
      <TroubleNote text={faultText(fault, tillText, place)} />
    );
  if (isInWizard) {
    return (
      <SetupWizard
        setup={setup}
        view={view}
        draft={draft}
        trouble={trouble}
        onPutAside={() => setPutAside(true)}
        onSaved={() => setDone("saved")}
      />
    );
  }
  return (
    <MerchantOverview
      view={view}
      done={done}
      trouble={trouble}
      onBegin={() => {
        setDone(null);
        setPutAside(false);
        void run("setup-begin", {});
      }}
      onDiscard={() => void run("setup-discard", {})}
      onImport={() => void run("setup-import", {}).then((isDone) => setDone(isDone ? "imported" : null))}
      onReopen={() => void run("setup-reopen", {})}
      onTest={() => void run("setup-test", { of: "now" })}
      onCancelTest={() => void run("setup-cancel-test", {})}
    />
  );
}
