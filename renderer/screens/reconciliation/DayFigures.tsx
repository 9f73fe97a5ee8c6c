import type { ReconciliationDayView } from "#contract/ipc/reconciliation-view.ts";
import { formatDayAndClock } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useReconciliationText } from "./reconciliation-texts.ts";
import { formatSum } from "./words.ts";

type Compared = NonNullable<ReconciliationDayView["compared"]>;

/** As many as a person compares with the merchant's own download. */
const hashCharacters = 12;

/** The day in four numbers: in the bill, here, between them, and what is left to decide. */
export function DayFigures({ view, compared }: { readonly view: ReconciliationDayView; readonly compared: Compared }) {
  const text = useReconciliationText();
  const thereFen = compared.billPaidFen - compared.billRefundedFen;
  const hereFen = compared.herePaidFen - compared.hereRefundedFen;
  const differenceFen = thereFen - hereFen;
  const parts = (paidFen: number, refundedFen: number): string =>
    refundedFen === 0
      ? text("figure.parts.none")
      : text("figure.parts", { paid: formatSum(paidFen), refunded: formatSum(refundedFen) });
  return (
    <section className="recon-figures" aria-label={text("figures")}>
      <Figure
        name={text("figure.bill")}
        testId="recon-there"
        value={formatSum(thereFen)}
        below={parts(compared.billPaidFen, compared.billRefundedFen)}
      />
      <Figure
        name={text("figure.here")}
        testId="recon-here"
        value={formatSum(hereFen)}
        below={parts(compared.herePaidFen, compared.hereRefundedFen)}
      />
      <Figure
        name={text("figure.difference")}
        testId="recon-difference"
        tone={differenceFen === 0 ? (view.openCount === 0 ? "good" : "plain") : "bad"}
        value={formatSum(Math.abs(differenceFen))}
        below={text(differenceWords(differenceFen, view.openCount))}
      />
      <Figure
        name={text("figure.open")}
        testId="recon-open"
        tone={view.openCount === 0 ? "good" : "bad"}
        value={String(view.openCount)}
        below={
          view.waitingCount > 0
            ? text("figure.open.waiting", { count: view.waitingCount })
            : text(view.openCount === 0 ? "figure.open.none" : "figure.open.some")
        }
      />
      <Facts compared={compared} />
    </section>
  );
}

function differenceWords(differenceFen: number, openCount: number) {
  if (differenceFen > 0) return "figure.more-there";
  if (differenceFen < 0) return "figure.more-here";
  return openCount === 0 ? "figure.equal" : "figure.unequal";
}

function Figure(props: {
  readonly name: string;
  readonly testId: string;
  readonly value: string;
  readonly below: string;
  readonly tone?: "plain" | "good" | "bad";
}) {
  return (
    <div className={`manager-card manager-number recon-figure-${props.tone ?? "plain"}`}>
      <span className="manager-label">{props.name}</span>
      <strong className="figures" data-testid={props.testId}>
        {props.value}
      </strong>
      <span className="figures manager-soft">{props.below}</span>
    </div>
  );
}

/** In small type: whose rows these are, when it was done, and by what the file can be known again. */
function Facts({ compared }: { readonly compared: Compared }) {
  const text = useReconciliationText();
  const place = useClockPlace();
  const { account, sha1 } = compared;
  const facts = [
    sha1 === null
      ? text("facts.no-bill")
      : text("facts.rows", { count: compared.rowCount, others: compared.othersCount }),
    ...(account === null
      ? []
      : [
          text("facts.account", { in: formatSum(account.inFen), out: formatSum(account.outFen) }) +
            (account.differenceFen === 0
              ? ""
              : text("facts.account.differs", { amount: formatSum(account.differenceFen) })),
        ]),
    text("facts.times", {
      fetched: formatDayAndClock(compared.fetchedAtMs, place),
      compared: formatDayAndClock(compared.comparedAtMs, place),
    }),
    ...(sha1 === null ? [] : [text("facts.sha1", { hash: sha1.slice(0, hashCharacters) })]),
  ];
  return (
    <p className="figures manager-soft recon-facts" title={sha1 ?? undefined}>
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </p>
  );
}
