import { IconAlertTriangle, IconBarcode, IconCircleCheck } from "@tabler/icons-react";
import type { StockHeardView } from "#contract/ipc/stock-intents.ts";
import type { PlainFaultKind } from "#contract/ipc/intent-faults.ts";
import { levelText } from "#core/stock/stock-level.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { localName, useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { useStockText } from "./stock-texts.ts";

/** What the last scan did; always there, so that nothing moves when it comes. */
export function HeardNote({ heard }: { readonly heard: StockHeardView | null }) {
  const text = useStockText();
  const tillText = useTillText();
  const locale = useLocale();
  const place = useClockPlace();
  const last = heard?.last ?? null;
  if (last === null) {
    return (
      <p className="stock-heard" role="status" data-testid="stock-heard" data-kind="none">
        <IconBarcode size={24} aria-hidden />
        {text("heard.none")}
      </p>
    );
  }
  const isGood = last.kind === "taken" || last.kind === "to-weigh";
  return (
    <p
      className={`stock-heard ${isGood ? "stock-heard-good" : "stock-heard-bad"}`}
      role="status"
      data-testid="stock-heard"
      data-kind={last.kind}
      data-turn={heard?.turn}
    >
      {isGood ? <IconCircleCheck size={24} aria-hidden /> : <IconAlertTriangle size={24} aria-hidden />}
      {last.kind === "taken" &&
        text("heard.taken", { name: localName(last, locale), quantity: levelText(last.quantityMilli, last.unit) })}
      {last.kind === "to-weigh" && text("heard.to-weigh", { name: localName(last, locale) })}
      {last.kind === "unknown" && text("heard.unknown", { code: last.text })}
      {/* A kind without a fact beside it: main refuses a scan here for nothing else. */}
      {last.kind === "refused" && faultText({ kind: last.why as PlainFaultKind }, tillText, place)}
    </p>
  );
}
