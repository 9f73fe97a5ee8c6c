import "./takings.css";
import { useState } from "react";
import type { StaticTaking, StaticTakingEnd } from "#core/tender/static-taking.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { closeDialog } from "../../till/desk.ts";
import { useManagerText } from "../manager/manager-texts.ts";
import { EndTakingDialog } from "./EndTakingDialog.tsx";
import { TakingRow } from "./TakingRow.tsx";
import { useStaticTakings } from "./use-static-takings.ts";

/** Every payment to the shop's printed code: the open ones first, oldest first, then what became of the last ones. */
export function TakingsDialog() {
  const text = useManagerText();
  const { takings, readAgain } = useStaticTakings();
  const [ending, setEnding] = useState<{ readonly taking: StaticTaking; readonly how: StaticTakingEnd["kind"] } | null>(
    null,
  );
  if (ending !== null) {
    const leave = (): void => {
      setEnding(null);
      readAgain();
    };
    return <EndTakingDialog {...ending} onLeave={leave} />;
  }
  const count = takings?.open.count ?? 0;
  return (
    <Dialog title={text("takings")} size="wide" testId="takings" onClose={closeDialog} onEnter={closeDialog}>
      {takings !== null && (
        <p className="dialog-soft">
          {count === 0
            ? text("takings.none")
            : text("takings.explain", { count, amount: formatMoney(takings.open.fen) })}
        </p>
      )}
      <ul className="takings" aria-label={text("takings")}>
        {takings?.takings.map((taking) => (
          <TakingRow key={taking.tenderId} taking={taking} onEnd={(how) => setEnding({ taking, how })} />
        ))}
      </ul>
    </Dialog>
  );
}
