import { characterWidth, displayWidth } from "#core/receipt/width.ts";

/** Characters of one look, in base cells. */
export interface LineRun {
  readonly text: string;
  readonly bold: boolean;
  readonly underline?: boolean;
  readonly inverse?: boolean;
  readonly widthTimes: number;
  readonly heightTimes: number;
}

/** A base cell is 12 × 24 dots and lines stand 30 dots apart, as printers set them. */
export const cell = { widthDots: 12, heightDots: 24, pitchDots: 30 } as const;
/** Where letters stand in their cell, from its top. */
const baselineDots = 20;

/**
 * One printed line. Every character stands in its own cell, so columns align whatever font draws them: a price that is
 * out of line here is out of line on paper.
 */
export function PaperLine(props: {
  readonly columns: 48 | 42 | 32;
  readonly align: "left" | "center" | "right";
  readonly runs: readonly LineRun[];
}) {
  const { columns, align, runs } = props;
  const paperDots = columns * cell.widthDots;
  const heightTimes = Math.max(1, ...runs.map((run) => run.heightTimes));
  const heightDots = cell.heightDots * heightTimes + (cell.pitchDots - cell.heightDots);
  const usedDots = runs.reduce((sum, run) => sum + runDots(run), 0);
  const free = Math.max(0, paperDots - usedDots);
  const from = align === "left" ? 0 : align === "right" ? free : Math.floor(free / 2);
  const text = runs.map((run) => run.text).join("");
  return (
    <svg
      className="paper-line"
      viewBox={`0 0 ${paperDots} ${heightDots}`}
      {...(text.trim() === "" ? { "aria-hidden": true } : { role: "img", "aria-label": text })}
    >
      {placed(runs, from).map(({ run, x }) => (
        <Run key={x} run={run} x={x} bottom={cell.heightDots * heightTimes} />
      ))}
    </svg>
  );
}

function Run({ run, x, bottom }: { readonly run: LineRun; readonly x: number; readonly bottom: number }) {
  const top = bottom - cell.heightDots * run.heightTimes;
  const isInverse = run.inverse ?? false;
  const width = displayWidth(run.text);
  return (
    <g transform={`translate(${x} ${top}) scale(${run.widthTimes} ${run.heightTimes})`}>
      {isInverse && <rect width={width * cell.widthDots} height={cell.heightDots} className="paper-ink" />}
      {textsOf(run.text).map(({ text, middles }) => (
        <text
          key={middles}
          className={`paper-ink${run.bold ? " paper-bold" : ""}${isInverse ? " paper-inverse" : ""}`}
          y={baselineDots}
          // One x for each character is what puts it into its cell.
          x={middles}
          textAnchor="middle"
        >
          {text}
        </text>
      ))}
      {run.underline === true && (
        <rect y={cell.heightDots - 1} width={width * cell.widthDots} height={1} className="paper-ink" />
      )}
    </g>
  );
}

function placed(runs: readonly LineRun[], from: number): readonly { readonly run: LineRun; readonly x: number }[] {
  let x = from;
  return runs.map((run) => {
    const at = { run, x };
    x += runDots(run);
    return at;
  });
}

function runDots(run: LineRun): number {
  return displayWidth(run.text) * cell.widthDots * run.widthTimes;
}

/**
 * The characters that leave ink and the middles of their cells. Those outside the basic plane become texts of their own:
 * positions are given for UTF-16 units, and half a character has none.
 */
function textsOf(text: string): readonly { readonly text: string; readonly middles: string }[] {
  const basic: { text: string; middles: number[] } = { text: "", middles: [] };
  const others: { text: string; middles: string }[] = [];
  let x = 0;
  for (const character of text) {
    const width = characterWidth(character) * cell.widthDots;
    const middle = x + Math.floor(width / 2);
    x += width;
    if (character === " " || character === "\u3000") continue;
    if (character.length > 1) others.push({ text: character, middles: String(middle) });
    else {
      basic.text += character;
      basic.middles.push(middle);
    }
  }
  return [...(basic.text === "" ? [] : [{ text: basic.text, middles: basic.middles.join(" ") }]), ...others];
}
