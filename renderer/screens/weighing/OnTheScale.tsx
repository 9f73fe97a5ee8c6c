import {
  IconAlertTriangle,
  IconArrowDown,
  IconCircleCheck,
  IconEqual,
  IconHourglass,
  IconKeyboard,
  IconScaleOutline,
  type Icon,
} from "@tabler/icons-react";
import type { WeighingView } from "#contract/ipc/weighing-view.ts";
import { milli } from "#core/quantity/quantity.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import { formatAmountOf, formatPlainMoney } from "../../i18n/formats.ts";
import { useTillText, type TillText } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { WeighFrame, type WeighingStep } from "./WeighFrame.tsx";

type Tray = WeighingView["tray"];

/** The scale's own weight, large, with what it costs once it may be sold by. Enter takes it. */
export function OnTheScale(step: WeighingStep) {
  const { weighing, tell, choose, leave } = step;
  const text = useTillText();
  const { tray, grams, netGrams, amountFen, tareGrams } = weighing;
  const isReady = tray === "ready" && grams !== null;
  const isSame = tray === "same-again" && grams !== null;
  const take = (): void => {
    if (isReady) void tell("take-weight", { grams });
  };
  const takeAgain = (): void => {
    if (isSame) void tell("take-weight", { grams, sameAgain: true });
  };
  return (
    <WeighFrame
      step={step}
      onClose={leave}
      onEnter={take}
      onKey={(event) => {
        if (event.key === "F4") choose("tare");
        else if (event.key === "F3") choose("typing");
        // Not Enter: that the same weight is another pack is said by no habit.
        else if (event.key === "+" && !event.repeat) takeAgain();
        else return false;
        return true;
      }}
    >
      <div className={`weigh-scale weigh-${look(tray)}`} data-testid="weigh-scale" data-tray={tray}>
        <p className="weigh-digits figures" data-testid="weigh-grams">
          <span>{grams === null ? "–.–––" : formatQuantity(milli(grams), "kg")}</span>
          <small>kg</small>
        </p>
        <p className="weigh-state" role="status">
          <StateIcon tray={tray} />
          {stateWords(weighing, text)}
        </p>
      </div>
      <dl className="weigh-facts">
        <div>
          <dt>{text("weigh.tare")}</dt>
          <dd className="figures" data-testid="weigh-tare">
            {tareGrams === 0 ? "–" : formatAmountOf(milli(tareGrams), "kg")}
          </dd>
        </div>
        <div>
          <dt>{text("weigh.net")}</dt>
          <dd className="figures" data-testid="weigh-net">
            {netGrams === null ? "–" : formatAmountOf(milli(netGrams), "kg")}
          </dd>
        </div>
        <div className="weigh-amount">
          <dt>{text("weigh.amount")}</dt>
          <dd className="figures" data-testid="weigh-amount">
            {amountFen === null ? (
              "–"
            ) : (
              <>
                <span className="money-sign">¥</span>
                {formatPlainMoney(amountFen)}
              </>
            )}
          </dd>
        </div>
      </dl>
      <div className="weigh-acts">
        <Press data-testid="weigh-set-tare" onClick={() => choose("tare")}>
          <KeyCap>F4</KeyCap>
          {text("weigh.tare")}
        </Press>
        <Press data-testid="weigh-type" onClick={() => choose("typing")}>
          <KeyCap>F3</KeyCap>
          <IconKeyboard size={22} aria-hidden />
          {text("weigh.type")}
        </Press>
        {isSame ? (
          <Press tone="primary" className="weigh-take" data-testid="weigh-take-again" onClick={takeAgain}>
            {text("weigh.take-again")}
            <KeyCap>+</KeyCap>
          </Press>
        ) : (
          <Press tone="primary" className="weigh-take" data-testid="weigh-take" disabled={!isReady} onClick={take}>
            {text("weigh.take")}
            <KeyCap>Enter</KeyCap>
          </Press>
        )}
      </div>
    </WeighFrame>
  );
}

function look(tray: Tray): "good" | "wait" | "bad" {
  if (tray === "ready") return "good";
  return tray === "over" || tray === "under" || tray === "too-light" || tray === "tare-twice" || tray === "same-again"
    ? "bad"
    : "wait";
}

const icons: Readonly<Partial<Record<Tray, Icon>>> = {
  ready: IconCircleCheck,
  empty: IconArrowDown,
  "only-tare": IconArrowDown,
  moving: IconHourglass,
  silent: IconScaleOutline,
  "same-again": IconEqual,
};

function StateIcon({ tray }: { readonly tray: Tray }) {
  const ItemIcon = icons[tray] ?? IconAlertTriangle;
  return <ItemIcon size={24} aria-hidden />;
}

function stateWords({ tray, minGrams, maxGrams }: WeighingView, text: TillText): string {
  const limit = tray === "too-light" ? minGrams : maxGrams;
  return text(`weigh.${tray}`, { weight: formatAmountOf(milli(limit), "kg") });
}
