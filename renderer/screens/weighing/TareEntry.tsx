import { useState } from "react";
import { useTillText } from "../../i18n/till-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { WeighFrame, type WeighingStep } from "./WeighFrame.tsx";

/** Heavier packaging is not put on a counter scale; main refuses more. */
const mostTareGrams = 30_000;
/** What bags, boxes and trays of a shop weigh, for a finger. */
const usualTares = [0, 5, 10, 20, 50] as const;

/** Bag, box or tray, in grams; for this one item. */
export function TareEntry(step: WeighingStep) {
  const { tell, choose } = step;
  const text = useTillText();
  const [typed, setTyped] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  const grams = /^\d{1,5}$/.test(typed) && Number(typed) <= mostTareGrams ? Number(typed) : null;
  const set = (tareGrams: number): void => void tell("set-tare", { grams: tareGrams }).then(() => choose(null));
  const confirm = (): void => {
    if (grams === null) setIsWrong(true);
    else set(grams);
  };
  return (
    <WeighFrame step={step} onClose={() => choose(null)} onEnter={confirm}>
      <div className="weigh-typed">
        <div className="weigh-typed-side">
          {isWrong && <TroubleNote text={text("weigh.tare-bad")} />}
          <div className="weigh-usual">
            {usualTares.map((tareGrams) => (
              <Press key={tareGrams} data-testid={`weigh-tare-${tareGrams}`} onClick={() => set(tareGrams)}>
                {tareGrams === 0 ? text("weigh.no-tare") : `${tareGrams} g`}
              </Press>
            ))}
          </div>
        </div>
        <AmountField
          label={text("weigh.tare-grams")}
          unit="g"
          text={typed}
          testId="weigh-tare-typed"
          onText={(next) => {
            setTyped(next.replaceAll(".", ""));
            setIsWrong(false);
          }}
          enter={<EnterKey word={text("weigh.tare-set")} isReady={grams !== null} onPress={confirm} />}
        />
      </div>
    </WeighFrame>
  );
}
