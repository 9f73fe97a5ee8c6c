import { IconPlugConnected, IconPlugConnectedX } from "@tabler/icons-react";
import { ask, useTwin, type BenchAnswer } from "./bench-client.ts";
import { BenchSwitch } from "./BenchSwitch.tsx";
import { useBenchText } from "./bench-texts.ts";

/** The demo store's head office: how the till stands with it, where its page is, and the cable to it. */
export function HeadOfficePanel({ tell }: { readonly tell: (answer: BenchAnswer<unknown>) => void }) {
  const text = useBenchText();
  const office = useTwin("head-office");
  const isOut = office?.unplugged ?? false;
  return (
    <section className="bench-panel bench-office" aria-label={text("office")} data-testid="head-office">
      <header className="bench-head bench-head-stacked">
        <h2>{text("office")}</h2>
        <div>
          <p data-testid="office-note" data-state={office?.state}>
            {office === null ? "" : text("office.state", { state: office.state, waiting: office.waiting })}
          </p>
          <p data-testid="office-page">{office?.page ?? text("office.away")}</p>
        </div>
        <BenchSwitch
          isOn={isOut}
          label={text(isOut ? "office.cable.out" : "office.cable.in")}
          icon={isOut ? <IconPlugConnectedX size={20} aria-hidden /> : <IconPlugConnected size={20} aria-hidden />}
          testId="office-cable"
          onTurn={(unplugged) => ask("POST /head-office/cable", { unplugged }, tell)}
        />
      </header>
    </section>
  );
}
