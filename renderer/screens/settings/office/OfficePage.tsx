import "./office.css";
import { IconCircleCheck, IconCloud, IconInfoCircle, IconKey, IconAlertOctagonFilled } from "@tabler/icons-react";
import { useState } from "react";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { openSyncPage } from "../../../till/desk.ts";
import { useKeys } from "../../../till/keys.ts";
import { useSection } from "../../../till-client.ts";
import { standingOf, toneOf } from "../../sync/standing.ts";
import { useSyncText } from "../../sync/sync-texts.ts";
import { SettingsNote } from "../SettingsNote.tsx";
import { AddressCard } from "./AddressCard.tsx";
import { EnrolCard } from "./EnrolCard.tsx";
import { useOffice } from "./use-office.ts";

/** Head office: where it is, whether the till is enrolled there, and enrolling it by a one-time code. */
export function OfficePage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useSyncText();
  const tillText = useTillText();
  const place = useClockPlace();
  const desk = useOffice();
  const sync = useSection("sync");
  const [done, setDone] = useState<
    { readonly kind: "saved" } | { readonly kind: "enrolled"; readonly office: string } | null
  >(null);
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  const { view, fault } = desk;
  const trouble = fault === null ? null : <TroubleNote text={faultText(fault, tillText, place)} />;
  if (view === null) return trouble;
  const standing = standingOf(sync);
  const mayEnrol = view.address !== null && (standing === "not-enrolled" || standing === "stopped");
  return (
    <div className="settings-scroll" data-testid="office-page" data-standing={standing}>
      <div className="settings-head">
        <h2>{text("office.title")}</h2>
        {view.address !== null && (
          <span className={`settings-state office-state-${toneOf[standing]}`} data-testid="office-state">
            {text(`state.${standing}`)}
          </span>
        )}
        <span className="settings-grow" />
        {standing !== "alone" && (
          <Press data-testid="office-sync" onClick={openSyncPage}>
            <IconCloud size={22} aria-hidden />
            {text("office.sync")}
          </Press>
        )}
      </div>
      {trouble}
      {done?.kind === "enrolled" && (
        <SettingsNote
          tone="good"
          icon={IconCircleCheck}
          testId="office-enrolled"
          sentence={text("office.enrolled", { office: done.office })}
          next={text("office.enrolled.next")}
        />
      )}
      {done?.kind === "saved" && fault === null && (
        <SettingsNote
          tone="good"
          icon={IconCircleCheck}
          testId="office-saved"
          sentence={text("office.address.saved")}
        />
      )}
      {sync.trouble !== null && (
        <SettingsNote
          tone="grave"
          icon={IconAlertOctagonFilled}
          testId="office-trouble"
          sentence={text(`trouble.${sync.trouble}`)}
          next={text(`trouble.${sync.trouble}.next`)}
        />
      )}
      {view.shop === "demo" ? (
        <SettingsNote
          tone="plain"
          icon={IconInfoCircle}
          sentence={text("office.demo")}
          next={text("office.demo.next")}
        />
      ) : (
        <AddressCard
          // Another address is another card: nothing half typed stays.
          key={view.address ?? ""}
          address={view.address}
          officeName={sync.officeName}
          onSave={async (address) => {
            const isSaved = await desk.saveAddress(address);
            setDone(isSaved ? { kind: "saved" } : null);
            return isSaved;
          }}
        />
      )}
      {mayEnrol && (
        <EnrolCard
          terminalKey={view.terminalKey}
          scanned={view.scanned}
          waiting={sync.waiting}
          isAgain={standing === "stopped"}
          onEnrol={async (code) => {
            const office = await desk.enrol({ code });
            setDone(office === null ? null : { kind: "enrolled", office });
          }}
        />
      )}
      {sync.keyGuard !== null && (
        <SettingsNote tone="plain" icon={IconKey} sentence={text(`office.key.${sync.keyGuard}`)} />
      )}
    </div>
  );
}
