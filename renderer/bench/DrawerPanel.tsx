import { Press } from "../parts/Press.tsx";
import { ask, useTwin, type BenchAnswer } from "./bench-client.ts";
import { useBenchText } from "./bench-texts.ts";

export function DrawerPanel({ tell }: { readonly tell: (answer: BenchAnswer<unknown>) => void }) {
  const text = useBenchText();
  const drawer = useTwin("drawer");
  const isOpen = drawer?.open ?? false;
  return (
    <section className="bench-panel bench-drawer" aria-label={text("drawer")} data-open={isOpen} data-testid="drawer">
      <header className="bench-head">
        <h2>{text("drawer")}</h2>
        <p>{text("drawer.kicks", { count: drawer?.kicks.length ?? 0 })}</p>
        <Press data-testid="drawer-close" disabled={!isOpen} onClick={() => ask("POST /drawer/close", {}, tell)}>
          {text("drawer.close")}
        </Press>
      </header>
      <DrawerPicture label={text(isOpen ? "drawer.open" : "drawer.closed")} />
    </section>
  );
}

/** Seen from above the counter: the tray with notes and coins slides out of its case in 120 ms. */
function DrawerPicture({ label }: { readonly label: string }) {
  return (
    <div className="bench-till">
      <div className="bench-tray" aria-hidden="true">
        <i className="bench-note" />
        <i className="bench-note bench-note-50" />
        <i className="bench-note bench-note-10" />
        <i className="bench-note bench-note-1" />
        <i className="bench-coins" />
        <i className="bench-coins" />
      </div>
      <div className="bench-case">
        <i className="bench-lock" aria-hidden="true" />
        <span>{label}</span>
      </div>
    </div>
  );
}
