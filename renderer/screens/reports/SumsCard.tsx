import type { ReactNode } from "react";
import type { Dimension, Sums } from "#core/report/shares.ts";
import { useReportsText, type ReportsKey } from "./reports-texts.ts";
import { type Row, SumsTable } from "./SumsTable.tsx";
import type { Behind } from "./use-behind.ts";

/** One breakdown of the range. */
export function SumsCard(props: {
  readonly title: ReportsKey;
  readonly head: ReportsKey;
  readonly by: Dimension;
  readonly rows: readonly Row[];
  readonly total: Sums;
  readonly onBehind: (behind: Behind) => void;
  readonly hasPieces?: boolean;
  readonly restFen?: number;
  readonly above?: ReactNode;
}) {
  const { title, head, by, rows, total, onBehind, hasPieces = true, restFen, above } = props;
  const text = useReportsText();
  return (
    <section className="reports-card" aria-label={text(title)} data-testid={`report-${title}`}>
      <h2>{text(title)}</h2>
      {above}
      <SumsTable
        {...{ head, rows, total, hasPieces }}
        {...(restFen === undefined ? {} : { restFen })}
        onOpen={({ key, name }) => onBehind({ of: "sales", pick: { by, key }, name })}
      />
    </section>
  );
}
