import { IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { CodeSymbol } from "../paper/CodeSymbol.tsx";
import { barcodeSymbol, qrSymbol } from "../paper/symbol.ts";
import { Press } from "../parts/Press.tsx";
import { control, type BenchAnswer } from "./bench-client.ts";
import { useBenchText } from "./bench-texts.ts";

/** The payment code as the wallet shows it: bars, QR and digits. Each is good for one minute and one payment. */
export function PhoneCode(props: {
  readonly onScan: (code: string) => Promise<void>;
  readonly tell: (answer: BenchAnswer<unknown>) => void;
}) {
  const { onScan, tell } = props;
  const text = useBenchText();
  const [code, setCode] = useState<string | null>(null);

  async function renew(): Promise<string | null> {
    const answer = await control("POST /wallet/code", {});
    tell(answer);
    if (!answer.ok) return null;
    setCode(answer.value.authCode);
    return answer.value.authCode;
  }

  async function present(): Promise<void> {
    const fresh = await renew();
    if (fresh !== null) await onScan(fresh);
  }

  return (
    <div className="bench-code">
      <div className="bench-code-head">
        <h3>{text("phone.code")}</h3>
        <button type="button" className="bench-renew" data-testid="phone-new-code" onClick={() => void renew()}>
          <IconRefresh size={18} aria-hidden />
          <span className="visually-hidden">{text("phone.new-code")}</span>
        </button>
      </div>
      {code === null ? <p className="bench-code-hidden">{text("phone.code-hidden")}</p> : <CodeFace code={code} />}
      <Press tone="wechat" data-testid="phone-present" onClick={() => void present()}>
        {text("phone.present")}
      </Press>
    </div>
  );
}

function CodeFace({ code }: { readonly code: string }) {
  const text = useBenchText();
  const bars = barcodeSymbol("code128", code);
  const qr = qrSymbol(code, "M");
  return (
    <div className="bench-code-face">
      {bars !== null && <CodeSymbol symbol={bars} quiet={4} label={text("phone.code")} className="bench-code-bars" />}
      <span className="figures" data-testid="phone-code">
        {code.replaceAll(/(\d{4})(?=\d)/g, "$1 ")}
      </span>
      {qr !== null && <CodeSymbol symbol={qr} quiet={4} label={text("phone.code")} className="bench-code-qr" />}
    </div>
  );
}
