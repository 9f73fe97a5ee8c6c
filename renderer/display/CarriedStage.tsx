import { IconDeviceMobile, IconScan } from "@tabler/icons-react";
import { useMemo } from "react";
import type { DisplayView } from "#contract/ipc/display-view.ts";
import { CodeSymbol } from "../paper/CodeSymbol.tsx";
import { qrSymbol } from "../paper/symbol.ts";
import { Money } from "../parts/Money.tsx";
import { useDisplayText } from "./display-texts.ts";
import { TwoTongues } from "./TwoTongues.tsx";

/** As ISO/IEC 18004 asks. */
const quietModules = 4;

/**
 * The request for the customer's own phone. It has three times the modules of a payment QR, so it takes the whole height: at
 * least 60 mm on a screen of seven inches.
 */
export function CarriedStage({ stage }: { readonly stage: Extract<DisplayView["stage"], { kind: "carried-qr" }> }) {
  const text = useDisplayText();
  const symbol = useMemo(() => qrSymbol(stage.codeUrl, "M"), [stage.codeUrl]);
  return (
    <div className="display-qr-stage display-carried-stage">
      {symbol !== null && (
        <CodeSymbol
          symbol={symbol}
          quiet={quietModules}
          label={text("carried.code")}
          className="display-carried-code"
          testId="carried-qr"
        />
      )}
      <div className="display-qr-words">
        <span className="display-qr-icon">
          <IconDeviceMobile />
          <IconScan />
        </span>
        <span className="display-qr-amount" data-testid="display-amount">
          <Money fen={stage.amountFen} />
        </span>
        <TwoTongues text="carried.scan" className="display-carried-scan" />
        <TwoTongues text="carried.show" className="display-carried-show" />
      </div>
    </div>
  );
}
