import { IconScan } from "@tabler/icons-react";
import { useState } from "react";
import type { ScannedOrder } from "#contract/bench/wallet.ts";
import { Press } from "../parts/Press.tsx";
import { control, type BenchAnswer, type GatewayLedger } from "./bench-client.ts";
import { useBenchText } from "./bench-texts.ts";

/** The phone's camera: reads the QR that stands on the customer display, or one that is pasted. */
export function PhoneScan(props: {
  readonly onScanned: (order: ScannedOrder & { readonly codeUrl: string }) => void;
  readonly tell: (answer: BenchAnswer<unknown>) => void;
}) {
  const { onScanned, tell } = props;
  const text = useBenchText();
  const [pasted, setPasted] = useState("");

  async function scan(codeUrl: string): Promise<void> {
    const answer = await control("POST /wallet/scan-qr", { codeUrl });
    tell(answer);
    if (answer.ok) onScanned({ ...answer.value, codeUrl });
  }

  async function scanDisplay(): Promise<void> {
    const ledger = await control("GET /gateway/ledger", null);
    const codeUrl = ledger.ok ? shownQr(ledger.value) : null;
    if (!ledger.ok) tell(ledger);
    else if (codeUrl === null) tell({ ok: false, message: text("phone.no-qr") });
    else await scan(codeUrl);
  }

  return (
    <div className="bench-scan">
      <Press data-testid="phone-scan-display" onClick={() => void scanDisplay()}>
        <IconScan size={22} aria-hidden />
        {text("phone.scan-display")}
      </Press>
      <form
        className="bench-paste"
        onSubmit={(event) => {
          event.preventDefault();
          if (pasted.trim() !== "") void scan(pasted.trim());
          setPasted("");
        }}
      >
        <input
          className="bench-input"
          data-testid="phone-qr-text"
          aria-label={text("phone.paste")}
          placeholder={text("phone.paste")}
          value={pasted}
          autoComplete="off"
          onChange={(event) => setPasted(event.currentTarget.value)}
        />
        <Press data-testid="phone-scan-text" onClick={(event) => event.currentTarget.form?.requestSubmit()}>
          {text("phone.scan")}
        </Press>
      </form>
    </div>
  );
}

/** The code of the newest QR order that is still to be paid: the till shows one at a time. */
function shownQr(ledger: GatewayLedger): string | null {
  const open = ledger.orders.filter((order) => order.kind === "native" && order.state === "NOTPAY");
  const newest = open.toSorted((a, b) => (b.states[0]?.at ?? 0) - (a.states[0]?.at ?? 0))[0];
  return newest?.codeUrl ?? null;
}
