import { IconAlertTriangleFilled, IconHelpCircleFilled } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { SharedHeldView } from "#contract/ipc/held-intents.ts";
import type { HeldView } from "#contract/ipc/till-view.ts";
import { formatDayAndClock, formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Money } from "../../parts/Money.tsx";
import { Press } from "../../parts/Press.tsx";

interface RowState {
  /** From 0, over both lists. */
  readonly index: number;
  readonly isChosen: boolean;
  readonly isBusy: boolean;
  readonly onTake: () => void;
}

/** A sale that is held at this till; one that is on its way can only wait, or be given up. */
export function OwnHeldRow(
  props: RowState & {
    readonly sale: HeldView;
    /** Null where sales are not held for every till, or this one was begun to be paid. */
    readonly onGive: (() => void) | null;
    readonly onDrop: () => void;
  },
) {
  const { sale, onGive, onDrop, ...row } = props;
  const text = useTillText();
  const place = useClockPlace();
  const time = formatDayAndClock(sale.heldAtMs, place);
  return (
    <div className="held-line">
      <Row
        {...row}
        sale={sale}
        testId="held-sale"
        isBusy={row.isBusy || sale.move !== null}
        about={text("held.by", { name: sale.cashierName, time })}
      >
        {sale.paidFen > 0 && (
          <span className="held-paid figures">{text("held.paid", { amount: formatMoney(sale.paidFen) })}</span>
        )}
        {sale.hasOpenAttempt && <Unknown words={text("held.open-attempt")} />}
        {sale.move !== null && <Unknown words={text(`held.${sale.move}`)} />}
      </Row>
      {sale.move !== null && (
        <Press className="held-side" data-testid="held-drop" onClick={onDrop}>
          {text("held.drop")}
        </Press>
      )}
      {sale.move === null && onGive !== null && (
        <Press className="held-side" data-testid="held-give" onClick={onGive}>
          {text("held.give")}
          {row.isChosen && <ActionKey action="for-every-till" />}
        </Press>
      )}
    </div>
  );
}

/** One that any till of the shop may take. */
export function SharedHeldRow(props: RowState & { readonly sale: SharedHeldView; readonly isTaking: boolean }) {
  const { sale, isTaking, ...row } = props;
  const text = useTillText();
  const place = useClockPlace();
  const time = formatDayAndClock(sale.heldAtMs, place);
  const about = text("held.from", { till: sale.fromTerminal, name: sale.cashierName, time });
  return (
    <div className="held-line">
      <Row {...row} sale={sale} testId="shared-held-sale" isBusy={row.isBusy || sale.isNewer} about={about}>
        {sale.isOld && <Warning words={text("held.old")} />}
        {sale.isNewer && <Warning words={text("held.newer")} />}
        {isTaking && <span className="held-wait">{text("held.wait")}</span>}
      </Row>
    </div>
  );
}

function Row(
  props: RowState & {
    readonly sale: Pick<HeldView, "saleId" | "label" | "lineCount" | "totalFen">;
    readonly testId: string;
    /** Whose it is, and since when. */
    readonly about: string;
    readonly children: ReactNode;
  },
) {
  const { sale, index, isChosen, isBusy, onTake, about, testId, children } = props;
  const text = useTillText();
  const lines = text("held.lines", { count: sale.lineCount });
  return (
    <button
      type="button"
      className={`held-row ${isChosen ? "held-chosen" : ""}`}
      disabled={isBusy}
      data-testid={testId}
      data-sale-id={sale.saleId}
      onClick={onTake}
    >
      {index < 9 && <KeyCap>{String(index + 1)}</KeyCap>}
      <span className="held-words">
        <strong>{sale.label === "" ? lines : sale.label}</strong>
        <span className="figures">
          {about}
          {sale.label !== "" && ` · ${lines}`}
        </span>
        {children}
      </span>
      <span className="held-total">
        <Money fen={sale.totalFen} />
      </span>
    </button>
  );
}

function Unknown({ words }: { readonly words: string }) {
  return (
    <span className="held-open">
      <IconHelpCircleFilled size={18} aria-hidden /> {words}
    </span>
  );
}

function Warning({ words }: { readonly words: string }) {
  return (
    <span className="held-warning">
      <IconAlertTriangleFilled size={18} aria-hidden /> {words}
    </span>
  );
}
