import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { toHalfWidth } from "#core/money/half-width.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { closeDialog } from "../../till/desk.ts";
import { send } from "../../till-client.ts";

/** Shortest code there is (contract/promotion). */
const leastCodeCharacters = 4;

/** A coupon that will not scan, typed; it stays open over a code that is not taken. */
export function CouponDialog() {
  const text = useTillText();
  const place = useClockPlace();
  const [code, setCode] = useState("");
  const [fault, setFault] = useState<IntentFault | "short" | null>(null);
  const confirm = async (): Promise<void> => {
    if (code.length < leastCodeCharacters) return setFault("short");
    const result = await send("add-coupon", { code });
    if (result.ok) closeDialog();
    else setFault(result.fault);
  };
  return (
    <Dialog title={text("coupon.title")} testId="coupon" onClose={closeDialog} onEnter={() => void confirm()}>
      {fault !== null && (
        <TroubleNote text={fault === "short" ? text("coupon.bad-code") : faultText(fault, text, place)} />
      )}
      <TextInput
        label={text("coupon.code")}
        description={text("coupon.help")}
        size="lg"
        data-autofocus
        data-testid="coupon-code"
        value={code}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setCode(toHalfWidth(event.currentTarget.value).trim());
          setFault(null);
        }}
      />
      <Press tone="primary" data-testid="enter" disabled={code === ""} onClick={() => void confirm()}>
        {text("coupon.confirm")}
        <KeyCap>Enter</KeyCap>
      </Press>
    </Dialog>
  );
}
