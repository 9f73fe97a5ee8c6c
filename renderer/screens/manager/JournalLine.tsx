import { IconCloud } from "@tabler/icons-react";
import type { DayView } from "#contract/ipc/manager-view.ts";
import { Press } from "../../parts/Press.tsx";
import { openSyncPage } from "../../till/desk.ts";
import { useFromSection } from "../../till-client.ts";
import { useSyncText } from "../sync/sync-texts.ts";
import { useManagerText } from "./manager-texts.ts";

/** Enough of the hash to compare with a receipt's, as many characters as it prints. */
const hashCharacters = 8;

/** The end of the journal, and the way to head office where there is one. */
export function JournalLine({ journal }: { readonly journal: DayView["journal"] }) {
  const text = useManagerText();
  const syncText = useSyncText();
  const hasOffice = useFromSection("sync", ({ state }) => state !== "alone");
  const facts = { seq: journal.lastSeq, hash: journal.lastHash.slice(0, hashCharacters), waiting: journal.waiting };
  return (
    <div className="manager-journal">
      <p className="figures manager-soft" data-testid="journal-line">
        {text(hasOffice ? "journal" : "journal.alone", facts)}
      </p>
      {hasOffice && (
        <Press tone="quiet" data-testid="manager-sync" onClick={openSyncPage}>
          <IconCloud size={20} aria-hidden />
          {syncText("decision.open")}
        </Press>
      )}
    </div>
  );
}
