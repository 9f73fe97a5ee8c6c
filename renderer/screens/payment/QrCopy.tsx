import { useMemo } from "react";
import { useTillText } from "../../i18n/till-texts.ts";
import { CodeSymbol } from "../../paper/CodeSymbol.tsx";
import { qrSymbol } from "../../paper/symbol.ts";

/** Four modules of quiet zone, as ISO/IEC 18004 asks. */
const quietModules = 4;

/** The customer display's QR once more, for a shop with one screen: the cashier turns it to the customer. */
export function QrCopy({ codeUrl }: { readonly codeUrl: string }) {
  const text = useTillText();
  const symbol = useMemo(() => qrSymbol(codeUrl, "M"), [codeUrl]);
  if (symbol === null) return null;
  return (
    <CodeSymbol
      symbol={symbol}
      quiet={quietModules}
      label={text("attempt.qr-copy")}
      className="qr-copy"
      testId="qr-copy"
    />
  );
}
