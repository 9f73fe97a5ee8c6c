import { IconInfoCircle, IconScaleOutline } from "@tabler/icons-react";
import { useState } from "react";
import { fen, isFen, type Fen } from "#core/money/fen.ts";
import { rawPriceOf } from "#core/quantity/price-of.ts";
import { milli } from "#core/quantity/quantity.ts";
import { parseQuantity } from "#core/quantity/text.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { AmountField } from "../../parts/AmountField.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { isKeyOf } from "../../till/key-map.ts";
import { WeighFacts } from "./WeighFacts.tsx";
import { WeighFrame, type WeighingStep } from "./WeighFrame.tsx";

/** The weight by hand: there is no scale, it is not connected, or the goods were weighed on another one. */
export function TypedWeight(step: WeighingStep) {
  const { weighing, hasScale, typed, setTyped, tell, choose, leave } = step;
  const text = useTillText();
  const [isWrong, setIsWrong] = useState(false);
  const gross = parseQuantity(typed, "kg");
  const netGrams = gross.ok && gross.value > weighing.tareGrams ? gross.value - weighing.tareGrams : null;
  const backToScale = (): void => {
    setTyped("");
    choose(null);
  };
  const confirm = (): void => {
    if (gross.ok && netGrams !== null) void tell("type-weight", { grams: gross.value });
    else setIsWrong(true);
  };
  return (
    <WeighFrame
      step={step}
      onClose={hasScale ? backToScale : leave}
      onEnter={confirm}
      onKey={(event) => {
        if (!isKeyOf("tare", event)) return false;
        choose("tare");
        return true;
      }}
    >
      <div className="weigh-typed">
        <div className="weigh-typed-side">
          <Notes weighing={weighing} isWrong={isWrong} />
          <WeighFacts
            isStacked
            weighing={weighing}
            netGrams={netGrams}
            amountFen={amountOf(weighing.unitPriceFen, netGrams)}
          />
          <div className="weigh-acts">
            <Press data-testid="weigh-set-tare" onClick={() => choose("tare")}>
              <ActionKey action="tare" />
              {text("weigh.tare")}
            </Press>
            {hasScale && (
              <Press data-testid="weigh-use-scale" onClick={backToScale}>
                <IconScaleOutline size={22} aria-hidden />
                {text("weigh.use-scale")}
              </Press>
            )}
          </div>
        </div>
        <AmountField
          label={text("weigh.typed")}
          unit="kg"
          text={typed}
          testId="weigh-typed"
          onText={(next) => {
            setTyped(next);
            setIsWrong(false);
            // A scale that comes back while somebody types must not take the field away.
            if (next !== "") choose("typing");
          }}
          enter={<EnterKey word={text("weigh.take-short")} isReady={netGrams !== null} onPress={confirm} />}
        />
      </div>
    </WeighFrame>
  );
}

function Notes({ weighing, isWrong }: Pick<WeighingStep, "weighing"> & { readonly isWrong: boolean }) {
  const text = useTillText();
  const { tray } = weighing;
  return (
    <>
      {(tray === "none" || tray === "away") && (
        <p className="weigh-note weigh-note-bad" role="status" data-testid="weigh-no-scale" data-tray={tray}>
          <IconScaleOutline size={22} aria-hidden />
          {text(`weigh.${tray}`)}
        </p>
      )}
      <p className="weigh-note">
        <IconInfoCircle size={22} aria-hidden />
        {text("weigh.typed-note")}
      </p>
      {isWrong && <TroubleNote text={text("weigh.typed-bad")} />}
    </>
  );
}

/** Priced as main will price it; null beyond what a till handles. */
function amountOf(unitPriceFen: Fen, netGrams: number | null): Fen | null {
  if (netGrams === null) return null;
  const amount = rawPriceOf(unitPriceFen, milli(netGrams));
  return isFen(amount) ? fen(amount) : null;
}
