import "./display.css";
import { useEffect, useState } from "react";
import type { DisplayBridge } from "#contract/ipc/bridge.ts";
import type { DisplayView } from "#contract/ipc/display-view.ts";
import { TrainingMark } from "../parts/TrainingMark.tsx";
import { AppFrame } from "../parts/AppFrame.tsx";
import { CarriedStage } from "./CarriedStage.tsx";
import { ChooseStage } from "./ChooseStage.tsx";
import { DisplayBar } from "./DisplayBar.tsx";
import { IdleStage } from "./IdleStage.tsx";
import { NotPaidStage } from "./NotPaidStage.tsx";
import { PaidStage } from "./PaidStage.tsx";
import { PayingStage } from "./PayingStage.tsx";
import { QrStage } from "./QrStage.tsx";
import { SellingStage } from "./SellingStage.tsx";
import { ShopMark } from "./ShopMark.tsx";

declare global {
  interface Window {
    /** Put there by preload/display.ts; this file alone touches it. */
    readonly tillwayDisplay: DisplayBridge;
  }
}

/** The customer's screen: draws what main says, asks nothing, and has nothing to press. */
export function DisplayPage() {
  const [view, setView] = useState<DisplayView | null>(null);
  useEffect(() => window.tillwayDisplay.onView(setView), []);
  if (view === null) return null;
  return (
    <AppFrame locale={view.locale} utcOffsetMinutes={view.shop.utcOffsetMinutes} colorScheme="light">
      <main className={`display display-${view.stage.kind}`} data-testid="display" data-stage={view.stage.kind}>
        {view.shop.isTraining && <TrainingMark />}
        {view.stage.kind !== "idle" && <DisplayBar shop={view.shop} />}
        {view.stage.kind === "selling" && view.stage.lines.length <= 2 && (
          <ShopMark shop={view.shop} className="display-selling-mark" />
        )}
        <Stage view={view} />
      </main>
    </AppFrame>
  );
}

function Stage({ view }: { readonly view: DisplayView }) {
  const { stage } = view;
  switch (stage.kind) {
    case "idle":
      return <IdleStage shop={view.shop} />;
    case "selling":
      return <SellingStage stage={stage} />;
    case "choose-payment":
      return <ChooseStage stage={stage} />;
    case "qr":
      return <QrStage stage={stage} />;
    case "carried-qr":
      return <CarriedStage stage={stage} />;
    case "paying":
      return <PayingStage stage={stage} />;
    case "not-paid":
      return <NotPaidStage stage={stage} />;
    case "paid":
      return <PaidStage stage={stage} />;
  }
}
