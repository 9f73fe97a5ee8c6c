import { IconDeviceDesktopCog } from "@tabler/icons-react";
import { useState } from "react";
import type { SettingsPageView } from "#contract/ipc/settings-intents.ts";
import { Press } from "../../../parts/Press.tsx";
import { Choice } from "../Choice.tsx";
import { ManagerPinDialog } from "../people/ManagerPinDialog.tsx";
import { useShopSettingsText } from "./shop-settings-texts.ts";
import type { SettingsDesk } from "./use-settings.ts";

/** Whether the machine is locked to the till and starts it by itself; out of the lock leads a manager's PIN. */
export function MachineCard({
  view,
  change,
}: {
  readonly view: SettingsPageView;
  readonly change: SettingsDesk["change"];
}) {
  const text = useShopSettingsText();
  const [asked, setAsked] = useState<"leave" | "off" | null>(null);
  const { kiosk, isKioskForced, startsItself } = view.machine;
  return (
    <section className="settings-card" data-testid="machine-card" data-kiosk={kiosk}>
      <h3>
        <IconDeviceDesktopCog size={22} aria-hidden />
        {text("machine.title")}
      </h3>
      <Choice
        label={text("machine.kiosk")}
        testId="kiosk"
        value={kiosk === "off" ? "off" : "on"}
        options={[
          { value: "off", words: text("machine.kiosk-off") },
          { value: "on", words: text("machine.kiosk-on") },
        ]}
        onChoose={(value) => {
          if (value === "on") void change("save-kiosk", { isKiosk: true });
          else if (kiosk !== "off") setAsked("off");
        }}
      />
      {kiosk === "locked" && (
        <Press data-testid="kiosk-leave" onClick={() => setAsked("leave")}>
          {text("machine.leave")}
        </Press>
      )}
      {kiosk === "open" && (
        <>
          <p>{text("machine.open")}</p>
          <Press data-testid="kiosk-lock" onClick={() => void change("lock-kiosk", {})}>
            {text("machine.lock")}
          </Press>
        </>
      )}
      <p className="settings-soft">{text(isKioskForced ? "machine.forced" : "machine.kiosk-help")}</p>
      <StartsItself startsItself={startsItself} change={change} />
      {asked !== null && (
        <ManagerPinDialog
          words={text(`machine.${asked}-confirm`)}
          onPin={async (approvalPin) => {
            const fault = await (asked === "leave"
              ? change("open-kiosk", { approvalPin })
              : change("save-kiosk", { isKiosk: false, approvalPin }));
            if (fault === null) setAsked(null);
            return fault;
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}

/** Starting with the machine; null where the till is not installed. */
function StartsItself({
  startsItself,
  change,
}: {
  readonly startsItself: boolean | null;
  readonly change: SettingsDesk["change"];
}) {
  const text = useShopSettingsText();
  if (startsItself === null) return <p className="settings-soft">{text("machine.not-installed")}</p>;
  return (
    <>
      <Choice
        label={text("machine.autostart")}
        testId="autostart"
        value={startsItself ? "on" : "off"}
        options={[
          { value: "off", words: text("machine.off") },
          { value: "on", words: text("machine.on") },
        ]}
        onChoose={(value) => void change("save-autostart", { isOn: value === "on" })}
      />
      <p className="settings-soft">{text("machine.autostart-help")}</p>
    </>
  );
}
