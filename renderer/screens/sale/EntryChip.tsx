import { useTillText } from "../../i18n/till-texts.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import { fewestCodeDigits } from "./entry.ts";
import { useFromSection } from "../../till-client.ts";
import { entryStore } from "./sale-desk.ts";

/** What has been typed by hand and what can be done with it; nobody takes it for a scan. */
export function EntryChip() {
  const text = useTillText();
  const typed = entryStore.use();
  const times = useFromSection("sale", (sale) => sale.multiplier);
  if (typed === "" && times === null) return null;
  const hint = typed.length >= fewestCodeDigits ? "entry.hint.code" : "entry.hint.short";
  return (
    <div className="entry-chip" role="status" data-testid="entry">
      <span className="entry-main figures">
        {times !== null && (
          <span data-testid="times">
            {text("entry.times", { count: formatQuantity(times, times % 1000 === 0 ? "piece" : "kg") })}
          </span>
        )}
        {typed !== "" && <strong data-testid="entry-text">{typed}</strong>}
      </span>
      {typed !== "" && <small>{text(hint)}</small>}
    </div>
  );
}
