import "./office.css";
import { IconCloud, IconKey } from "@tabler/icons-react";
import { useState } from "react";
import type { OfficeView } from "#contract/ipc/office-view.ts";
import type { SyncView } from "#contract/ipc/sync-view.ts";
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
import { NewPeople } from "./NewPeople.tsx";
import { OfficeNotes, type Done } from "./OfficeNotes.tsx";
import { useOffice } from "./use-office.ts";

/** Head office: where it and the shop's relay are, whether the till is enrolled there, and enrolling it by a one-time code. */
export function OfficePage({ onLeave }: { readonly onLeave: () => void }) {
  const tillText = useTillText();
  const place = useClockPlace();
  const { view, fault, save, enrol } = useOffice();
  const sync = useSection("sync");
  const [done, setDone] = useState<Done | null>(null);
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  const trouble = fault === null ? null : <TroubleNote text={faultText(fault, tillText, place)} />;
  if (view === null) return trouble;
  return (
    <div className="settings-scroll" data-testid="office-page">
      <Head sync={sync} />
      {trouble}
      <OfficeNotes done={fault === null ? done : null} trouble={sync.trouble} shop={view.shop} />
      <NewPeople />
      {view.shop === "real" && (
        <AddressCard
          // Another address is another card: nothing half typed stays.
          key={view.address ?? ""}
          of="address"
          address={view.address}
          note={sync.officeName}
          onSave={async (address) => {
            const isSaved = await save("save-head-office", address);
            setDone(isSaved ? { kind: "saved" } : null);
            return isSaved;
          }}
        />
      )}
      {view.shop === "real" && view.address !== null && (
        <RelayCard
          key={`relay ${view.relayAddress}`}
          address={view.relayAddress}
          onSave={async (address) => {
            const isSaved = await save("save-relay", address);
            setDone(isSaved ? { kind: address.trim() === "" ? "relay-out" : "relay-saved" } : null);
            return isSaved;
          }}
        />
      )}
      {mayEnrol(view, sync) && (
        <EnrolCard
          terminalKey={view.terminalKey}
          scanned={view.scanned}
          waiting={sync.waiting}
          isAgain={sync.state === "stopped"}
          onEnrol={async (code) => {
            const office = await enrol({ code });
            setDone(office === null ? null : { kind: "enrolled", office });
          }}
        />
      )}
      <KeyNote guard={sync.keyGuard} />
    </div>
  );
}

function RelayCard(props: { readonly address: string | null; readonly onSave: (address: string) => Promise<boolean> }) {
  const text = useSyncText();
  const note = text(props.address === null ? "office.relay.none" : "office.relay.does");
  return <AddressCard of="relay" note={note} {...props} />;
}

/** A till that is well with its head office needs no code; one that is refused begins anew with one. */
function mayEnrol({ address }: OfficeView, { state }: SyncView): boolean {
  return address !== null && (state === "not-enrolled" || state === "stopped");
}

function Head({ sync }: { readonly sync: SyncView }) {
  const text = useSyncText();
  const standing = standingOf(sync);
  return (
    <div className="settings-head">
      <h2>{text("office.title")}</h2>
      <span
        className={`settings-state office-state-${toneOf[standing]}`}
        data-testid="office-state"
        data-standing={standing}
      >
        {text(`state.${standing}`)}
      </span>
      <span className="settings-grow" />
      {standing !== "alone" && (
        <Press data-testid="office-sync" onClick={openSyncPage}>
          <IconCloud size={22} aria-hidden />
          {text("office.sync")}
        </Press>
      )}
    </div>
  );
}

function KeyNote({ guard }: { readonly guard: SyncView["keyGuard"] }) {
  const text = useSyncText();
  if (guard === null) return null;
  return <SettingsNote tone="plain" icon={IconKey} sentence={text(`office.key.${guard}`)} />;
}
