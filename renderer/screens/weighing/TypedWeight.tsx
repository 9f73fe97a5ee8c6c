import { IconInfoCircle, IconScaleOutline } from "@tabler/icons-react";
import { useState } from "react";
import { fen, isFen } from "#core/money/fen.ts";
import { rawPriceOf } from "#core/quantity/price-of.ts";
import { milli } from "#core/quantity/quantity.ts";
import { parseQuantity } from "#core/quantity/text.ts";
import { formatAmountOf, formatMoney } from "../../i18n/formats.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { WeighFrame, type WeighingStep } from "./WeighFrame.tsx";

/** The weight by hand: there is no scale, it is not connected, or the goods were weighed on another one. */
export function TypedWeight(step: WeighingStep) {
  const { weighing, hasScale, typed, setTyped, tell, choose, leave } = step;
  const text = useTillText();
  const [isWrong, setIsWrong] = useState(false);
  const gross = parseQuantity(typed, "kg");
  const netGrams = gross.ok ? gross.value - weighing.tareGrams : 0;
  const amountFen = netGrams > 0 ? rawPriceOf(weighing.unitPriceFen, milli(netGrams)) : 0;
  const confirm = (): void => {
    if (gross.ok && netGrams > 0) void tell("type-weight", { grams: gross.value });
    else setIsWrong(true);
  };
  return (
    <WeighFrame
      step={step}
      onClose={() => (hasScale ? choose(null) : leave())}
      onEnter={confirm}
      onKey={(event) => {
        if (event.key !== "F4") return false;
        choose("tare");
        return true;
      }}
    >
      <div className="weigh-typed">
        <div className="weigh-typed-side">
          {!hasScale && (
            <p
              className="weigh-note weigh-note-bad"
              role="status"
              data-testid="weigh-no-scale"
              data-tray={weighing.tray}
            >
              <IconScaleOutline size={22} aria-hidden />
              {text(weighing.tray === "none" ? "weigh.none" : "weigh.away")}
            </p>
          )}
          <p className="weigh-note">
            <IconInfoCircle size={22} aria-hidden />
            {text("weigh.typed-note")}
          </p>
          {isWrong && <TroubleNote text={text("weigh.typed-bad")} />}
          <dl className="weigh-facts weigh-facts-stacked">
            <div>
              <dt>{text("weigh.tare")}</dt>
              <dd className="figures">
                {weighing.tareGrams === 0 ? "–" : formatAmountOf(milli(weighing.tareGrams), "kg")}
              </dd>
            </div>
            <div>
              <dt>{text("weigh.net")}</dt>
              <dd className="figures">{netGrams > 0 ? formatAmountOf(milli(netGrams), "kg") : "–"}</dd>
            </div>
            <div className="weigh-amount">
              <dt>{text("weigh.amount")}</dt>
              <dd className="figures" data-testid="weigh-amount">
                {amountFen > 0 && isFen(amountFen) ? formatMoney(fen(amountFen)) : "–"}
              </dd>
            </div>
          </dl>
          <div className="weigh-acts">
            <Press data-testid="weigh-set-tare" onClick={() => choose("tare")}>
              <KeyCap>F4</KeyCap>
              {text("weigh.tare")}
            </Press>
            {hasScale && (
              <Press data-testid="weigh-use-scale" onClick={() => choose(null)}>
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
          enter={<EnterKey word={text("weigh.take")} isReady={gross.ok && netGrams > 0} onPress={confirm} />}
        />
      </div>
    </WeighFrame>
  );
}
