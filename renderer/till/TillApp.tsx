import { useEffect, useState } from "react";
import { machineOffsetMinutes } from "../i18n/formats.ts";
import { AppFrame } from "../parts/AppFrame.tsx";
import { TrainingMark } from "../parts/TrainingMark.tsx";
import { useFromSection, startTillClient } from "../till-client.ts";
import { BrokenScreen } from "./BrokenScreen.tsx";
import { LookKeeper } from "./LookKeeper.tsx";
import { NoAnswer } from "./NoAnswer.tsx";
import { TillWindow } from "./TillWindow.tsx";

/** The till window from its first moment: nothing is drawn before main has said what stands on the till. */
export function TillApp() {
  const [state, setState] = useState<"starting" | "ready" | "no-answer">("starting");
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void startTillClient().then((isReady) => {
      if (isCurrent) setState(isReady ? "ready" : "no-answer");
    });
    return () => {
      isCurrent = false;
    };
  }, [tries]);

  if (state === "ready") return <ReadyTill />;
  return (
    <AppFrame locale="zh-CN" utcOffsetMinutes={machineOffsetMinutes()}>
      {state === "no-answer" && (
        <NoAnswer
          onRetry={() => {
            setState("starting");
            setTries(tries + 1);
          }}
        />
      )}
    </AppFrame>
  );
}

function ReadyTill() {
  const locale = useFromSection("shop", (shop) => shop.locale);
  const utcOffsetMinutes = useFromSection("shop", (shop) => shop.utcOffsetMinutes);
  const isTraining = useFromSection("shop", (shop) => shop.isTraining);
  return (
    <AppFrame locale={locale} utcOffsetMinutes={utcOffsetMinutes}>
      <LookKeeper />
      {isTraining && <TrainingMark />}
      <BrokenScreen>
        <TillWindow />
      </BrokenScreen>
    </AppFrame>
  );
}
