import { IconCircleCheck, IconTrendingDown, IconTrendingUp } from "@tabler/icons-react";
import { fen, type Fen } from "#core/money/fen.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { Money } from "../../parts/Money.tsx";

/** Whether the drawer matches, in a word, a sign and a colour. */
export function DifferenceNote({ differenceFen }: { readonly differenceFen: Fen }) {
  const text = useTillText();
  const word = differenceFen === 0 ? "matches" : differenceFen > 0 ? "over" : "short";
  const Icon = { matches: IconCircleCheck, over: IconTrendingUp, short: IconTrendingDown }[word];
  return (
    <div className={`shift-difference shift-${word}`} data-testid="shift-difference" data-word={word}>
      <Icon size={44} aria-hidden />
      <span>{text(`close-shift.${word}`)}</span>
      {differenceFen !== 0 && <Money fen={fen(Math.abs(differenceFen))} />}
    </div>
  );
}
