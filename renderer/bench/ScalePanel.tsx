import { IconBolt, IconHandClick, IconHandStop, IconVolume } from "@tabler/icons-react";
import type { ScaleState, ScaleSwitches } from "#contract/bench/scale.ts";
import { milli } from "#core/quantity/quantity.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import { Press } from "../parts/Press.tsx";
import { ask, useTwin, type BenchAnswer } from "./bench-client.ts";
import { BenchSwitch } from "./BenchSwitch.tsx";
import { useBenchText } from "./bench-texts.ts";
import { scaleGoods } from "./scale-goods.ts";

const switches = [
  ["unsteady", "scale.unsteady", IconHandClick],
  ["unplugged", "scale.unplugged", IconBolt],
  ["stalled", "scale.stalled", IconHandStop],
  ["garbage", "scale.garbage", IconVolume],
] as const;

/** Further than the scale can weigh, so that too much can be tried. */
const mostGrams = 16_500;

/** The counter scale: goods to lay on it, any weight by the slider, its keys, and what can go wrong with it. */
export function ScalePanel({ tell }: { readonly tell: (answer: BenchAnswer<unknown>) => void }) {
  const text = useBenchText();
  const scale = useTwin("scale");
  const load = scale?.loadGrams ?? 0;
  const put = (grams: number): void => ask("POST /scale/put", { grams }, tell);
  return (
    <section className="bench-panel bench-scale" aria-label={text("scale")} data-testid="scale">
      <div className="bench-scale-body">
        <Device scale={scale} tell={tell} />
        <div className="bench-scale-side">
          <ul className="bench-scale-goods">
            {scaleGoods.map(({ key, grams }) => (
              <li key={key}>
                <Press data-testid={`scale-good-${key}`} aria-pressed={load === grams} onClick={() => put(grams)}>
                  {text(`scale.good.${key}`)}
                  <small className="figures">{formatQuantity(milli(grams), "kg")} kg</small>
                </Press>
              </li>
            ))}
          </ul>
          <div className="bench-scale-slide">
            <input
              type="range"
              min={0}
              max={mostGrams}
              step={5}
              value={Math.max(0, load)}
              aria-label={text("scale.slider")}
              data-testid="scale-slider"
              onChange={(event) => put(Number(event.currentTarget.value))}
            />
            <Press data-testid="scale-clear" disabled={load === 0} onClick={() => put(0)}>
              {text("scale.clear")}
            </Press>
          </div>
          <div className="bench-scale-switches">
            {switches.map(([name, label, Icon]) => (
              <BenchSwitch
                key={name}
                isOn={scale?.switches[name] ?? false}
                label={text(label)}
                icon={<Icon size={20} aria-hidden />}
                testId={`scale-${name}`}
                onTurn={(isOn) => ask("POST /scale/switches", turned(name, isOn), tell)}
              />
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}

/** Tray, display and keys, as they stand on the counter. */
function Device(props: { readonly scale: ScaleState | null; readonly tell: (answer: BenchAnswer<unknown>) => void }) {
  const { scale, tell } = props;
  const text = useBenchText();
  return (
    <div className="bench-scale-device">
      <header className="bench-scale-head">
        <h2>{text("scale")}</h2>
        <p>{scale === null ? "" : text("printer.connected", { count: scale.connections })}</p>
      </header>
      <div className="bench-pan" data-loaded={(scale?.loadGrams ?? 0) > 0} aria-hidden="true">
        <i />
      </div>
      <div className="bench-scale-case">
        <output className="figures bench-weight" data-testid="scale-shown" data-is={scale?.is ?? "stable"}>
          {scale === null ? "" : shownText(scale)}
          <small>kg</small>
        </output>
        <div className="bench-scale-keys">
          {(["zero", "tare"] as const).map((key) => (
            <button
              key={key}
              type="button"
              data-testid={`scale-${key}`}
              onClick={() => ask("POST /scale/key", { key }, tell)}
            >
              {text(`scale.${key}`)}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}

function shownText({ is, shownGrams, switches: { unplugged } }: ScaleState): string {
  if (unplugged) return "";
  if (is === "over") return "-OL-";
  return shownGrams === null ? "-----" : formatQuantity(milli(shownGrams), "kg");
}

function turned(name: keyof ScaleSwitches, isOn: boolean): Partial<ScaleSwitches> {
  return { [name]: isOn };
}
