import "./shift.css";
import { IconArrowDown, IconArrowUp, IconBuildingBank, IconReport } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { parseYuan } from "#core/money/yuan.ts";
import type { CashMoveKind } from "#core/shift/cash-move.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { AmountField } from "../../parts/AmountField.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { actInDialog, approvalStore, closeDialog, openDialog } from "../../till/desk.ts";
import { isKeyOf, shortcutOf, useKeyOf } from "../../till/key-map.ts";
import { ReasonField } from "./ReasonField.tsx";
import { useShiftText } from "./shift-texts.ts";
import { useReasons, useShiftDesk } from "./use-shift-desk.ts";

const kinds = ["pay-in", "pay-out", "safe-drop"] as const satisfies readonly CashMoveKind[];
const icons = { "pay-in": IconArrowDown, "pay-out": IconArrowUp, "safe-drop": IconBuildingBank } as const;

/** 补款, 支出, 缴存: how much, which way and why. F1 to F3 choose the way; the X is one press away. */
export function CashMoveDialog() {
  const text = useShiftText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [kind, setKind] = useState<CashMoveKind>("pay-in");
  const usual = useReasons(kind, useShiftDesk());
  const [amount, setAmount] = useState("");
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [told, setTold] = useState("");
  /** One press of the key, however often it is pressed: another amount is another move. */
  const [moveId, setMoveId] = useState(() => crypto.randomUUID());
  const parsed = parseYuan(amount);
  const isReady = parsed.ok && parsed.value > 0 && reason.trim() !== "";

  const choose = (chosen: CashMoveKind): void => {
    setKind(chosen);
    setReason("");
    setTold("");
  };
  const move = async (): Promise<void> => {
    if (!isReady) return;
    const done = (): void => {
      const facts = { kind: text(`move.${kind}`), amount: formatMoney(parsed.value) };
      setTold(text("move.done", facts));
      setMoveId(crypto.randomUUID());
      setAmount("");
      setReason("");
    };
    setFault(await actInDialog("move-cash", { moveId, kind, amountFen: parsed.value, reason }, done));
  };
  return (
    <Dialog
      title={text("drawer.title")}
      size="wide"
      testId="cash-move"
      onClose={closeDialog}
      onKey={(event) => {
        const chosen = kinds.find((one) => isKeyOf(one, event));
        if (chosen === undefined) return false;
        choose(chosen);
        return true;
      }}
      onEnter={() => void move()}
      footer={<MoveFoot told={told} />}
    >
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <MoveKinds kind={kind} onKind={choose} />
      <div className="cash-move">
        <div>
          <ReasonField usual={usual} reason={reason} onReason={setReason} />
        </div>
        <MoveAmount
          key={`${kind} ${moveId}`}
          kind={kind}
          amount={amount}
          isReady={isReady}
          onAmount={setAmount}
          onMove={() => void move()}
        />
      </div>
    </Dialog>
  );
}

/** The amount has the focus again after another way was chosen and when the manager has had their say. */
function MoveAmount(props: {
  readonly kind: CashMoveKind;
  readonly amount: string;
  readonly isReady: boolean;
  readonly onAmount: (text: string) => void;
  readonly onMove: () => void;
}) {
  const { kind, amount, isReady, onAmount, onMove } = props;
  const text = useShiftText();
  const isAsked = approvalStore.use() !== null;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isAsked) box.current?.querySelector("input")?.focus();
  }, [isAsked]);
  return (
    <div ref={box}>
      <AmountField
        label={text("move.amount")}
        unit="¥"
        text={amount}
        onText={onAmount}
        enter={<EnterKey testId="cash-move-confirm" word={text(`move.${kind}`)} isReady={isReady} onPress={onMove} />}
      />
    </div>
  );
}

function MoveFoot({ told }: { readonly told: string }) {
  const text = useShiftText();
  return (
    <>
      <span role="status" className="shift-told" data-testid="cash-move-told">
        {told}
      </span>
      <Press data-testid="open-x" onClick={() => openDialog({ kind: "x-report" })}>
        <IconReport size={22} aria-hidden /> {text("move.x")}
      </Press>
    </>
  );
}

function MoveKinds(props: { readonly kind: CashMoveKind; readonly onKind: (kind: CashMoveKind) => void }) {
  const text = useShiftText();
  return (
    <>
      <div className="cash-move-kinds" role="group" aria-label={text("move.kinds")}>
        {kinds.map((one) => (
          <MoveKind key={one} of={one} isChosen={one === props.kind} onChoose={() => props.onKind(one)} />
        ))}
      </div>
      <p className="shift-hint">{text(`move.${props.kind}.hint`)}</p>
    </>
  );
}

function MoveKind(props: { readonly of: CashMoveKind; readonly isChosen: boolean; readonly onChoose: () => void }) {
  const text = useShiftText();
  const Icon = icons[props.of];
  return (
    <Press
      data-testid={`move-${props.of}`}
      aria-pressed={props.isChosen}
      aria-keyshortcuts={shortcutOf(useKeyOf(props.of))}
      onClick={props.onChoose}
    >
      <ActionKey action={props.of} />
      <Icon size={24} aria-hidden /> {text(`move.${props.of}`)}
    </Press>
  );
}
