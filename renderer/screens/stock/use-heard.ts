import { useEffect, useState } from "react";
import type { StockHeardView } from "#contract/ipc/stock-intents.ts";
import { send } from "../../till-client.ts";

/** Often enough that a scan is on the page before the next is read; main forgets a page that is silent for three seconds. */
const everyMs = 250;

/** Scans go to the receipt or the take for as long as it is shown; null before the first answer. */
export function useHeard(to: "receipt" | "take", id: string | null): StockHeardView | null {
  const [heard, setHeard] = useState<StockHeardView | null>(null);
  useEffect(() => {
    if (id === null) return undefined;
    let isShown = true;
    const ask = async (): Promise<void> => {
      const answer = await send("stock-listen", { to, id });
      if (!isShown) return;
      if (answer.ok) setHeard((known) => (isSame(known, answer.value) ? known : answer.value));
      window.setTimeout(() => void (isShown && ask()), everyMs);
    };
    void ask();
    return () => {
      isShown = false;
      setHeard(null);
      void send("stock-unlisten", {});
    };
  }, [to, id]);
  return heard;
}

function isSame(one: StockHeardView | null, other: StockHeardView): boolean {
  return (
    one !== null &&
    one.turn === other.turn &&
    one.changes === other.changes &&
    (one.last === null) === (other.last === null)
  );
}
