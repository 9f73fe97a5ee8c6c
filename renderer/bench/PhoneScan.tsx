import { IconDeviceMobileUp, IconScan } from "@tabler/icons-react";
import { useState } from "react";
import type { ScannedOrder } from "#contract/bench/wallet.ts";
import { useLocale } from "../i18n/locale.tsx";
import { Press } from "../parts/Press.tsx";
import { control, type BenchAnswer, type GatewayLedger } from "./bench-client.ts";
import { useBenchText } from "./bench-texts.ts";

/**
 * The phone's camera: reads the QR that stands on the customer display, or one that is pasted. The address of a page opens
 * the phone's browser, and what that page shows can be held to the till's scanner.
 */
export function PhoneScan(props: {
  readonly onScan: (code: string) => Promise<void>;
  readonly onScanned: (order: ScannedOrder & { readonly codeUrl: string }) => void;
  readonly tell: (answer: BenchAnswer<unknown>) => void;
}) {
  const { onScan, onScanned, tell } = props;
  const text = useBenchText();
  const locale = useLocale();
  const [pasted, setPasted] = useState("");

  async function scan(codeUrl: string): Promise<void> {
    if (/^https?:/i.test(codeUrl)) return tell(await control("POST /phone/open", { url: codeUrl, locale }));
    const answer = await control("POST /wallet/scan-qr", { codeUrl });
    tell(answer);
    if (answer.ok) onScanned({ ...answer.value, codeUrl });
  }

  async function scanDisplay(): Promise<void> {
    const phone = await control("GET /phone", null);
    const ledger = await control("GET /gateway/ledger", null);
    const said = (phone.ok ? phone.value.displayQr : null) ?? (ledger.ok ? shownQr(ledger.value) : null);
    if (!ledger.ok) tell(ledger);
    else if (said === null) tell({ ok: false, message: text("phone.no-qr") });
    else await scan(said);
  }

  async function holdToScanner(): Promise<void> {
    const phone = await control("GET /phone", null);
    if (!phone.ok) tell(phone);
    else if (phone.value.pageDigits === null) tell({ ok: false, message: text("phone.no-page-qr") });
    else await onScan(phone.value.pageDigits);
  }

  return (
    <div className="bench-scan">
      <Press data-testid="phone-scan-display" onClick={() => void scanDisplay()}>
        <IconScan size={22} aria-hidden />
        {text("phone.scan-display")}
      </Press>
      <Press data-testid="phone-hold" onClick={() => void holdToScanner()}>
        <IconDeviceMobileUp size={22} aria-hidden />
        {text("phone.hold")}
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
