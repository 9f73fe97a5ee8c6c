import { IconCash, IconCloudOff, IconLoader2, IconPrinter, IconSchool, IconShoppingCart } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { Press } from "../../../parts/Press.tsx";
import { useKeys } from "../../../till/keys.ts";
import { send, useFromSection } from "../../../till-client.ts";
import { ManagerPinDialog } from "../people/ManagerPinDialog.tsx";
import { SettingsNote } from "../SettingsNote.tsx";
import { useTrainingText } from "./training-texts.ts";

/** Going over to training, or back: what is different there, and one key that starts the till again. */
export function TrainingPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useTrainingText();
  const isTraining = useFromSection("shop", (shop) => shop.isTraining);
  const [step, setStep] = useState<"read" | "pin" | "restarting">("read");
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  const go = async (approvalPin: string): Promise<IntentFault | null> => {
    const answer = await send(isTraining ? "leave-training" : "enter-training", { approvalPin });
    if (!answer.ok) return answer.fault;
    setStep("restarting");
    return null;
  };
  const way = isTraining ? "leave" : "enter";
  return (
    <div className="settings-scroll" data-testid="training-page" data-training={isTraining}>
      <div className="settings-head">
        <h2>{text("title")}</h2>
        <span className={`settings-state ${isTraining ? "settings-state-off" : ""}`}>
          {text(isTraining ? "state.on" : "state.off")}
        </span>
      </div>
      {step === "restarting" ? (
        <SettingsNote
          tone="plain"
          icon={IconLoader2}
          testId="training-restarting"
          sentence={text(`${way}.restarting`)}
        />
      ) : (
        <section className="settings-card">
          <h3>
            <IconSchool size={24} aria-hidden />
            {text(`${way}.lead`)}
          </h3>
          <ul className="settings-needs">
            <li>
              <IconShoppingCart size={24} aria-hidden />
              {text(`${way}.books`)}
            </li>
            <li>
              <IconPrinter size={24} aria-hidden />
              {text(`${way}.paper`)}
            </li>
            <li>
              <IconCash size={24} aria-hidden />
              {text(`${way}.drawer`)}
            </li>
            <li>
              <IconCloudOff size={24} aria-hidden />
              {text(`${way}.office`)}
            </li>
          </ul>
          <Press tone="primary" data-testid={`${way}-training`} onClick={() => setStep("pin")}>
            {text(way)}
          </Press>
        </section>
      )}
      {step === "pin" && <ManagerPinDialog words={text(`${way}.confirm`)} onPin={go} onClose={() => setStep("read")} />}
    </div>
  );
}
