import { useEffect, useState } from "react";
import { Press } from "../../parts/Press.tsx";
import { useLabelsText } from "./labels-texts.ts";

/** A second press within this time means it. Milliseconds. */
const sureWithinMs = 5_000;

/** Empties the list of labels to replace; asks once more where it stands. */
export function ForgetKey({ dueCount, onForget }: { readonly dueCount: number; readonly onForget: () => void }) {
  const text = useLabelsText();
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    if (!isAsking) return undefined;
    const timer = window.setTimeout(() => setAsking(false), sureWithinMs);
    return () => window.clearTimeout(timer);
  }, [isAsking]);
  return (
    <Press
      tone={isAsking ? "danger" : "plain"}
      data-testid="labels-forget"
      onClick={() => {
        setAsking(!isAsking);
        if (isAsking) onForget();
      }}
    >
      {isAsking ? text("forget.sure", { count: dueCount }) : text("forget")}
    </Press>
  );
}
