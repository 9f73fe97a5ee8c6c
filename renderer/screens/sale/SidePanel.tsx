import { IconCash, IconClipboardList } from "@tabler/icons-react";
import { formatMoney } from "../../i18n/formats.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { Money } from "../../parts/Money.tsx";
import { Press } from "../../parts/Press.tsx";
import { openDialog } from "../../till/desk.ts";
import { shortcutOf, useKeyOf } from "../../till/key-map.ts";
import { useFromSection, useSection } from "../../till-client.ts";
import { cartDue, isFinishedByKey } from "../returns/exchange-due.ts";
import { useReturnText } from "../returns/return-texts.ts";
import { ItemFinder } from "../search/ItemFinder.tsx";
import { reprintLast, takePayment } from "./sale-desk.ts";

/** Everything beside the cart while selling; its last and largest key takes the money. */
export function SidePanel() {
  return (
    <aside className="side-panel">
      <ItemFinder />
      <SideFoot />
      <PayButton />
    </aside>
  );
}

function SideFoot() {
  const text = useTillText();
  const [last] = useSection("lastSales");
  const heldCount = useFromSection("held", (held) => held.length);
  return (
    <div className="side-foot">
      {last === undefined ? (
        <span className="side-last">{text("side.no-last")}</span>
      ) : (
        <span className="side-last figures" data-testid="last-sale">
          <span>{text("side.last-sale", { total: formatMoney(last.totalFen) })}</span>
          {last.changeFen > 0 && <span>{text("side.last-change", { change: formatMoney(last.changeFen) })}</span>}
        </span>
      )}
      {last !== undefined && (
        <Press data-testid="reprint-last" onClick={() => void reprintLast()}>
          {text("side.reprint")}
        </Press>
      )}
      {heldCount > 0 && (
        <Press data-testid="held-count" onClick={() => openDialog({ kind: "held" })}>
          <IconClipboardList size={22} aria-hidden />
          {text("side.held", { count: heldCount })}
        </Press>
      )}
    </div>
  );
}

function PayButton() {
  const text = useTillText();
  const returns = useReturnText();
  const sale = useSection("sale");
  return (
    <Press
      tone="primary"
      className="pay-button"
      data-testid="pay"
      aria-keyshortcuts={shortcutOf(useKeyOf("pay"))}
      disabled={sale.lines.length === 0}
      onClick={takePayment}
    >
      <IconCash size={34} aria-hidden />
      <span className="pay-words">
        {isFinishedByKey(sale) ? returns("pay.finish") : text("pay.button")}
        <ActionKey action="pay" />
      </span>
      <span className="pay-amount">
        <Money fen={cartDue(sale).amountFen} />
      </span>
    </Press>
  );
}
