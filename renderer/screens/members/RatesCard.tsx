import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { earnedPoints, type PointRates } from "#core/members/points.ts";
import { fen, isFen, zeroFen } from "#core/money/fen.ts";
import { toHalfWidth } from "#core/money/half-width.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { Press } from "../../parts/Press.tsx";
import { send } from "../../till-client.ts";
import { useMembersText } from "./members-texts.ts";

/** What the example pays: a hundred yuan. */
const exampleFen = fen(10_000);

/** What points are earned and spent at, with what it means for a sale. */
export function RatesCard(props: {
  readonly rates: PointRates;
  readonly onFault: (fault: IntentFault | null) => void;
  readonly onSaved: () => void;
}) {
  const { rates, onFault, onSaved } = props;
  const text = useMembersText();
  const [earn, setEarn] = useState(String(rates.pointsPerYuan));
  const [spend, setSpend] = useState(String(rates.fenPerPoint));
  const isWhole = /^\d{1,4}$/.test(earn) && /^\d{1,4}$/.test(spend);
  const typed: PointRates = { pointsPerYuan: Number(earn), fenPerPoint: Number(spend) };
  const points = isWhole ? earnedPoints(exampleFen, typed) : 0;
  const worth = points * typed.fenPerPoint;
  const save = async (): Promise<void> => {
    const answer = await send("save-point-rates", typed);
    if (answer.ok) onSaved();
    else onFault(answer.fault.kind === "bad-arguments" ? { kind: "rate-out-of-range" } : answer.fault);
  };
  const field = (name: "earn" | "spend", value: string, set: (text: string) => void) => (
    <TextInput
      label={text(`rates.${name}`)}
      description={text(`rates.${name}.help`)}
      inputWrapperOrder={["label", "input", "description"]}
      size="md"
      inputMode="numeric"
      data-testid={`rate-${name}`}
      value={value}
      maxLength={4}
      autoComplete="off"
      onChange={(event) => set(toHalfWidth(event.currentTarget.value).trim())}
    />
  );
  return (
    <section className="manager-card member-rates" aria-label={text("rates.title")}>
      <h2>{text("rates.title")}</h2>
      {field("earn", earn, setEarn)}
      {field("spend", spend, setSpend)}
      <p className="manager-soft" data-testid="rates-example">
        {isWhole
          ? text("rates.example", { points, amount: formatMoney(isFen(worth) ? fen(worth) : zeroFen) })
          : text("rates.bad")}
      </p>
      <Press tone="primary" data-testid="rates-save" disabled={!isWhole} onClick={() => void save()}>
        {text("rates.save")}
      </Press>
    </section>
  );
}
