import "./refund.css";
import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { closeDialog, openDialog } from "../../till/desk.ts";
import { useManagerText } from "../manager/manager-texts.ts";
import { useReturnText } from "../returns/return-texts.ts";
import { RefundTrouble } from "./RefundTrouble.tsx";
import { useFindSale } from "./use-find-sale.ts";

/** Longest text looked for (contract/ipc/intents.ts): a receipt's QR, as a scanner that types brings it. */
const mostCharacters = 256;

/**
 * F8: the sale somebody brings back, by our receipt or by either number in the customer's WeChat bill; scanned, or typed
 * here. Leads to that sale's refund at once.
 */
export function FindSaleDialog({ scanned }: { readonly scanned: string | null }) {
  const text = useManagerText();
  const returns = useReturnText();
  const [typed, setTyped] = useState("");
  const { find, fault, looseNo, isAsking, forget } = useFindSale(scanned);
  const field = useRef<HTMLInputElement>(null);
  // Before the dialog's own focus trap gets to it: the first digit typed must not be lost.
  useEffect(() => field.current?.focus(), []);
  return (
    <Dialog
      title={text("find.title")}
      testId="find-sale"
      onClose={closeDialog}
      onEnter={() => void find(typed)}
      footer={
        <div className="refund-foot">
          <Press data-testid="search-open" onClick={() => openDialog({ kind: "search-sales" })}>
            {returns("search.open")}
          </Press>
          <Press
            tone="primary"
            data-testid="find-sale-go"
            disabled={typed.trim() === "" || isAsking}
            onClick={() => void find(typed)}
          >
            <IconSearch size={22} aria-hidden />
            {text("find.go")} <KeyCap>Enter</KeyCap>
          </Press>
        </div>
      }
    >
      <p>{text("find.explain")}</p>
      {isAsking && <p role="status">{text("find.asking")}</p>}
      {fault !== null && <RefundTrouble trouble={fault} />}
      {looseNo !== null && (
        <Press data-testid="find-charge" onClick={() => openDialog({ kind: "return-charge", outTradeNo: looseNo })}>
          {text("charge.open")}
        </Press>
      )}
      <TextInput
        ref={field}
        label={text("find.number")}
        description={text("find.number.hint")}
        size="lg"
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        maxLength={mostCharacters}
        value={typed}
        data-testid="find-sale-number"
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          forget();
        }}
      />
      <Press data-testid="loose-open" onClick={() => openDialog({ kind: "loose-return" })}>
        {returns("loose.open")}
      </Press>
    </Dialog>
  );
}
