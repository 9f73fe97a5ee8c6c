import type { WalletBehaviour } from "#contract/bench/wallet.ts";
import { ask, type BenchAnswer } from "./bench-client.ts";
import { useBenchText } from "./bench-texts.ts";

const behaviours: readonly WalletBehaviour[] = ["pay", "password", "refuse", "ignore", "not-enough"];

/** What this customer does when the till charges the payment code. */
export function CustomerMood(props: {
  readonly behaviour: WalletBehaviour | null;
  readonly tell: (answer: BenchAnswer<unknown>) => void;
}) {
  const text = useBenchText();
  return (
    <fieldset className="bench-mood">
      <legend>{text("behaviour")}</legend>
      {behaviours.map((behaviour) => (
        <label key={behaviour} className="bench-mood-choice">
          <input
            type="radio"
            name="behaviour"
            data-testid={`behaviour-${behaviour}`}
            checked={props.behaviour === behaviour}
            onChange={() => ask("POST /wallet/behaviour", { onCode: behaviour }, props.tell)}
          />
          <span>{text(`behaviour.${behaviour}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
