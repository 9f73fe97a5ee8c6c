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
import { formatAmountOf } from "../../i18n/formats.ts";
import { useTillText, type TillText } from "../../i18n/till-texts.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { isKeyOf } from "../../till/key-map.ts";
import { WeighFacts } from "./WeighFacts.tsx";
import { WeighFrame, type WeighingStep } from "./WeighFrame.tsx";

type Tray = WeighingView["tray"];

/** The scale's own weight, large, with what it costs once it may be sold by. Enter takes it. */
export function OnTheScale(step: WeighingStep) {
  const { weighing, tell, choose, leave } = step;
  const { tray, grams } = weighing;
  const take = (): void => {
    if (tray === "ready" && grams !== null) void tell("take-weight", { grams });
  };
  const takeAgain = (): void => {
    if (tray === "same-again" && grams !== null) void tell("take-weight", { grams, sameAgain: true });
  };
  return (
    <WeighFrame
      step={step}
      onClose={leave}
      onEnter={take}
      onKey={(event) => {
        if (isKeyOf("tare", event)) choose("tare");
        else if (isKeyOf("type-weight", event)) choose("typing");
        // Not Enter: that the same weight is another pack is said by no habit.
        else if (event.key === "+" && !event.repeat) takeAgain();
        else return false;
        return true;
      }}
    >
      <Readout weighing={weighing} />
      <WeighFacts weighing={weighing} netGrams={weighing.netGrams} amountFen={weighing.amountFen} />
      <Acts tray={tray} choose={choose} take={take} takeAgain={takeAgain} />
    </WeighFrame>
  );
}

/** What the scale's own display shows, and what is to be done about it. */
function Readout({ weighing }: { readonly weighing: WeighingView }) {
  const text = useTillText();
  const { tray, grams } = weighing;
  const StateIcon = icons[tray] ?? IconAlertTriangle;
  return (
    <div className={`weigh-scale weigh-${lookOf(tray)}`} data-testid="weigh-scale" data-tray={tray}>
      <p className="weigh-digits figures" data-testid="weigh-grams">
        <span className="weigh-label">{text("weigh.weight")}</span>
        <span>{grams === null ? "–.–––" : formatQuantity(milli(grams), "kg")}</span>
        <small>kg</small>
      </p>
      <p className="weigh-state" role="status">
        <StateIcon size={24} aria-hidden />
        {stateWords(weighing, text)}
      </p>
    </div>
  );
}

function Acts(props: {
  readonly tray: Tray;
  readonly choose: WeighingStep["choose"];
  readonly take: () => void;
  readonly takeAgain: () => void;
}) {
  const { tray, choose, take, takeAgain } = props;
  const text = useTillText();
  return (
    <div className="weigh-acts">
      <Press data-testid="weigh-set-tare" onClick={() => choose("tare")}>
        <ActionKey action="tare" />
        {text("weigh.tare")}
      </Press>
      <Press data-testid="weigh-type" onClick={() => choose("typing")}>
        <ActionKey action="type-weight" />
        <IconKeyboard size={22} aria-hidden />
        {text("weigh.type")}
      </Press>
      {tray === "same-again" ? (
        <Press className="weigh-take" data-testid="weigh-take-again" onClick={takeAgain}>
          {text("weigh.take-again")}
          <KeyCap>+</KeyCap>
        </Press>
      ) : (
        <Press
          tone="primary"
          className="weigh-take"
          data-testid="weigh-take"
          disabled={tray !== "ready"}
          onClick={take}
        >
          {text("weigh.take")}
          <KeyCap>Enter</KeyCap>
        </Press>
      )}
    </div>
  );
}

const warnings: ReadonlySet<Tray> = new Set<Tray>(["over", "under", "too-light", "tare-twice", "same-again"]);

function lookOf(tray: Tray): "good" | "wait" | "bad" {
  if (tray === "ready") return "good";
  return warnings.has(tray) ? "bad" : "wait";
}

const icons: Readonly<Partial<Record<Tray, Icon>>> = {
  ready: IconCircleCheck,
  empty: IconArrowDown,
  "only-tare": IconArrowDown,
  moving: IconHourglass,
  silent: IconScaleOutline,
  "same-again": IconEqual,
};

function stateWords({ tray, minGrams, maxGrams }: WeighingView, text: TillText): string {
  const limit = tray === "too-light" ? minGrams : maxGrams;
  return text(`weigh.${tray}`, { weight: formatAmountOf(milli(limit), "kg") });
}
