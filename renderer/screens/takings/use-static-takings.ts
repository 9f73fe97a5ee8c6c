import { useCallback, useEffect, useState } from "react";
import type { StaticTakingsView } from "#contract/ipc/manager-view.ts";
import { send, useSection } from "../../till-client.ts";

/** Takings by the shop's printed code; null until main has answered. Read again after each sale and when asked to. */
export function useStaticTakings(): {
  readonly takings: StaticTakingsView | null;
  readonly readAgain: () => void;
} {
  const [takings, setTakings] = useState<StaticTakingsView | null>(null);
  const [reading, setReading] = useState(0);
  const lastSales = useSection("lastSales");
  useEffect(() => {
    let isCurrent = true;
    void send("static-takings", {}).then((answer) => {
      if (isCurrent && answer.ok) setTakings(answer.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [reading, lastSales]);
  const readAgain = useCallback(() => setReading((count) => count + 1), []);
  return { takings, readAgain };
}
