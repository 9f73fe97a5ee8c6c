import { IconBrandWechat, IconScan } from "@tabler/icons-react";
import { useMemo } from "react";
import type { DisplayView } from "#contract/ipc/display-view.ts";
import { CodeSymbol } from "../paper/CodeSymbol.tsx";
import { qrSymbol } from "../paper/symbol.ts";
import { Money } from "../parts/Money.tsx";
import { CountdownRing } from "./CountdownRing.tsx";
import { useDisplayText } from "./display-texts.ts";
import { TwoTongues } from "./TwoTongues.tsx";

type Qr = Extract<DisplayView["stage"], { kind: "qr" }>;

/** Level M and four modules of quiet zone, as ISO/IEC 18004 asks: a cheap camera reads it from across the counter. */
const quietModules = 4;

export function QrStage({ stage }: { readonly stage: Qr }) {
  const text = useDisplayText();
  const symbol = useMemo(() => qrSymbol(stage.codeUrl, "M"), [stage.codeUrl]);
  return (
    <div className="display-qr-stage">
      <div className="display-qr-side">
        <span className="display-qr-amount" data-testid="display-amount">
          <Money fen={stage.amountFen} />
        </span>
        {symbol !== null && (
          <CodeSymbol
            symbol={symbol}
            quiet={quietModules}
            label={text("qr.code")}
            className="display-qr-code"
            testId="qr"
          />
        )}
      </div>
      <div className="display-qr-words">
        <span className="display-qr-icon">
          <IconBrandWechat />
          <IconScan />
        </span>
        <TwoTongues text="qr.scan" className="display-qr-scan" />
        <CountdownRing startedAtMs={stage.startedAtMs} deadlineAtMs={stage.deadlineAtMs} />
      </div>
    </div>
  );
}
