import { useState } from "react";
import type { PeoplePageView } from "#contract/ipc/people-intents.ts";
import { Press } from "../../../parts/Press.tsx";
import { Choice } from "../Choice.tsx";
import { usePeopleText } from "./people-texts.ts";

/** Minutes; 0 is never. Another number that head office or an older version has set stands beside them. */
const usualMinutes = [0, 2, 5, 10, 15, 30] as const;

/** When the screen locks by itself, and whether a badge needs its PIN. */
export function AccessCard(props: {
  readonly view: Pick<PeoplePageView, "lockMinutes" | "badgeNeedsPin">;
  readonly onSave: (args: { readonly lockMinutes: number; readonly badgeNeedsPin: boolean }) => void;
}) {
  const { view, onSave } = props;
  const text = usePeopleText();
  const [lockMinutes, setMinutes] = useState(view.lockMinutes);
  const [badgeNeedsPin, setNeedsPin] = useState(view.badgeNeedsPin);
  const isChanged = lockMinutes !== view.lockMinutes || badgeNeedsPin !== view.badgeNeedsPin;
  const minutes = [...new Set([...usualMinutes, view.lockMinutes])].toSorted((a, b) => a - b);
  return (
    <section className="settings-card" data-testid="access-card">
      <h3>{text("access")}</h3>
      <div className="people-access">
        <Choice
          label={text("access.lock")}
          value={String(lockMinutes)}
          options={minutes.map((one) => ({
            value: String(one),
            words: one === 0 ? text("access.never") : text("access.minutes", { count: one }),
          }))}
          testId="lock-minutes"
          onChoose={(value) => setMinutes(Number(value))}
        />
        <Choice
          label={text("access.badge")}
          value={badgeNeedsPin ? "both" : "alone"}
          options={(["alone", "both"] as const).map((value) => ({ value, words: text(`access.badge.${value}`) }))}
          testId="badge-needs"
          onChoose={(value) => setNeedsPin(value === "both")}
        />
      </div>
      <p className="settings-soft">{text("access.hint")}</p>
      <Press
        tone="primary"
        data-testid="access-save"
        disabled={!isChanged}
        onClick={() => onSave({ lockMinutes, badgeNeedsPin })}
      >
        {text("save")}
      </Press>
    </section>
  );
}
