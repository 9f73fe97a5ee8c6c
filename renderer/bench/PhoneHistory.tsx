import type { WalletEntry } from "#contract/bench/wallet.ts";
import { fen } from "#core/money/fen.ts";
import { formatClock, formatMoney } from "../i18n/formats.ts";
import { useClockPlace } from "../i18n/locale.tsx";
import { useBenchText } from "./bench-texts.ts";

/** As many as the phone's screen holds below its pay page. */
const mostShown = 3;

export function PhoneHistory({ entries }: { readonly entries: readonly WalletEntry[] }) {
  const text = useBenchText();
  const place = useClockPlace();
  return (
    <div className="bench-history">
      <h3>{text("phone.history")}</h3>
      {entries.length === 0 && <p className="bench-nothing">{text("phone.no-history")}</p>}
      <ol>
        {entries.slice(0, mostShown).map((entry) => (
          <li key={`${entry.outTradeNo}-${entry.outcome}`} data-outcome={entry.outcome} data-testid="phone-entry">
            <span className="figures">{formatClock(entry.at, place)}</span>
            <span>{text(`outcome.${entry.outcome}`)}</span>
            <span className="figures">{formatMoney(fen(entry.amountFen))}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
