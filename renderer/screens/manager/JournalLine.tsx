import type { DayView } from "#contract/ipc/manager-view.ts";
import { useManagerText } from "./manager-texts.ts";

/** Enough of the hash to compare with a receipt's, as many characters as it prints. */
const hashCharacters = 8;

export function JournalLine({ journal }: { readonly journal: DayView["journal"] }) {
  const text = useManagerText();
  return (
    <p className="figures manager-soft manager-journal" data-testid="journal-line">
      {text("journal", {
        seq: journal.lastSeq,
        hash: journal.lastHash.slice(0, hashCharacters),
        waiting: journal.waiting,
      })}
    </p>
  );
}
