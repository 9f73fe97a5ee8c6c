import "./held.css";
import { useState } from "react";
import type { HeldView } from "#contract/ipc/till-view.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { act, closeDialog } from "../../till/desk.ts";
import { isKeyOf } from "../../till/key-map.ts";
import { useFromSection, useSection } from "../../till-client.ts";
import { OwnHeldRow, SharedHeldRow } from "./HeldRow.tsx";
import { isGivable, useHeldMoves } from "./use-held-moves.ts";
import { useCanShare, useSharedHeld } from "./use-shared-held.ts";

/**
 * F6 取单: one of the sales that were put aside comes back, this till's own or one that is held for every till of the shop.
 * The cart must be empty, so that two never mix.
 */
export function HeldDialog() {
  const text = useTillText();
  const place = useClockPlace();
  const held = useSection("held");
  const canShare = useCanShare();
  const { shared, readAgain } = useSharedHeld(canShare);
  const isBusy = useFromSection("sale", (sale) => sale.lines.length > 0);
  const [chosen, setChosen] = useState(0);
  const { taking, fault, give, take } = useHeldMoves(readAgain);
  const others = shared?.sales ?? [];
  const last = Math.max(held.length + others.length - 1, 0);
  const at = Math.min(chosen, last);

  const recall = (sale: HeldView | undefined): void => {
    if (sale === undefined || isBusy || sale.move !== null) return;
    closeDialog();
    void act("recall-sale", { saleId: sale.saleId });
  };
  const takeAt = (index: number): void =>
    index < held.length ? recall(held[index]) : void (isBusy || take(others[index - held.length]));
  const hear = (event: KeyboardEvent): boolean => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) setChosen(Math.min(Math.max(at + by, 0), last));
    else if (isKeyOf("for-every-till", event)) void (canShare && give(held[at]));
    else if (/^[1-9]$/.test(event.key)) takeAt(Number(event.key) - 1);
    else return false;
    return true;
  };

  return (
    <Dialog
      title={text("held.title")}
      size="wide"
      testId="held"
      onClose={closeDialog}
      onKey={hear}
      onEnter={() => takeAt(at)}
    >
      {isBusy && <TroubleNote text={text("held.busy")} />}
      {fault !== null && <TroubleNote text={faultText(fault, text, place)} />}
      {!canShare && held.length === 0 && <p className="dialog-soft">{text("held.none")}</p>}
      <div className="held-list">
        {canShare && held.length > 0 && <h3 className="held-head">{text("held.here")}</h3>}
        {held.map((sale, index) => (
          <OwnHeldRow
            key={sale.saleId}
            {...{ sale, index, isBusy, isChosen: index === at, onTake: () => recall(sale) }}
            onGive={canShare && isGivable(sale) ? () => void give(sale) : null}
            onDrop={() => void act("drop-held-move", { saleId: sale.saleId })}
          />
        ))}
        {canShare && <h3 className="held-head">{text("held.everywhere")}</h3>}
        {others.map((sale, index) => (
          <SharedHeldRow
            key={sale.giveId}
            {...{ sale, isBusy: isBusy || taking !== null, isTaking: taking === sale.giveId }}
            {...{ index: index + held.length, isChosen: index + held.length === at, onTake: () => void take(sale) }}
          />
        ))}
      </div>
      {canShare && <SharedState shared={shared} />}
    </Dialog>
  );
}

/** What the list of the places says of itself: being read, empty, or not all there is. */
function SharedState({ shared }: Pick<ReturnType<typeof useSharedHeld>, "shared">) {
  const text = useTillText();
  if (shared === null) return <p className="held-note">{text("held.looking")}</p>;
  if (!shared.isWhole) return <p className="held-note held-not-whole">{text("held.not-whole")}</p>;
  return shared.sales.length === 0 ? <p className="held-note">{text("held.none-shared")}</p> : null;
}
