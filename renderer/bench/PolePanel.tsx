import { IconBolt } from "@tabler/icons-react";
import type { PoleState } from "#contract/bench/pole-display.ts";
import { ask, useTwin, type BenchAnswer } from "./bench-client.ts";
import { BenchSwitch } from "./BenchSwitch.tsx";
import { useBenchText } from "./bench-texts.ts";

const lamps = ["price", "total", "collect", "change"] as const;

/** The customer's pole display: two green rows of twenty characters, or eight digits with their lamps. */
export function PolePanel({ tell }: { readonly tell: (answer: BenchAnswer<unknown>) => void }) {
  const text = useBenchText();
  const pole = useTwin("pole-display");
  return (
    <section className="bench-panel bench-pole" aria-label={text("pole")} data-testid="pole">
      <header className="bench-head bench-head-stacked">
        <div>
          <h2>{text("pole")}</h2>
          <p data-testid="pole-note">{pole === null ? "" : noteOf(pole, text)}</p>
        </div>
        <BenchSwitch
          isOn={pole?.switches.unplugged ?? false}
          label={text("pole.unplugged")}
          icon={<IconBolt size={20} aria-hidden />}
          testId="pole-unplugged"
          onTurn={(unplugged) => ask("POST /pole-display/switches", { unplugged }, tell)}
        />
      </header>
      {pole?.model === "led8" ? <Digits pole={pole} /> : <Rows pole={pole} />}
    </section>
  );
}

function Rows({ pole }: { readonly pole: PoleState | null }) {
  return (
    <div className="bench-vfd" data-testid="pole-rows">
      <Row text={pole?.upper ?? ""} />
      <Row text={pole?.lower ?? ""} />
    </div>
  );
}

/** Each character in its own cell, as the glass has them. */
function Row({ text }: { readonly text: string }) {
  const cells = Array.from(text.padEnd(20).slice(0, 20));
  return (
    <p aria-label={text.trim()}>
      {cells.map((character, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a cell is its place
        <i key={place} aria-hidden>
          {character}
        </i>
      ))}
    </p>
  );
}

function Digits({ pole }: { readonly pole: PoleState }) {
  const text = useBenchText();
  return (
    <div className="bench-led" data-testid="pole-digits">
      <p className="figures">{pole.digits === "" ? "\u00a0" : pole.digits}</p>
      <ul>
        {lamps.map((lamp) => (
          <li key={lamp} data-lit={pole.lamp === lamp}>
            {text(`pole.lamp.${lamp}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function noteOf({ faults, connections }: PoleState, text: ReturnType<typeof useBenchText>): string {
  return faults.length > 0
    ? text("printer.faults", { count: faults.length })
    : text("printer.connected", { count: connections });
}
