import { IconHelpCircleFilled } from "@tabler/icons-react";
import type { BoundMoney as Bound } from "#contract/ipc/setup-view.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useSettingsText } from "./settings-texts.ts";

/** So many stand there; the rest is in the count. */
const mostShown = 4;

/** Why another merchant cannot take over now: what only the present one can ask about. */
export function BoundMoney({ money }: { readonly money: readonly Bound[] }) {
  const text = useSettingsText();
  return (
    <div className="settings-note settings-note-amber" role="alert" data-testid="setup-bound">
      <IconHelpCircleFilled size={26} aria-hidden />
      <div>
        <strong>{text("bound", { count: money.length })}</strong>
        <ul>
          {money.slice(0, mostShown).map(({ kind, number, amountFen }) => (
            <li key={number} className="figures">
              {text(`bound.${kind}`)} {formatMoney(amountFen)} · <span lang="zxx">{number}</span>
            </li>
          ))}
          {money.length > mostShown && <li aria-hidden>…</li>}
        </ul>
        <p>{text("bound.next")}</p>
      </div>
    </div>
  );
}
