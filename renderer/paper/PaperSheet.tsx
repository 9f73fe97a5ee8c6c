import "./paper.css";
import type { ReactNode } from "react";

/** A strip of thermal paper with torn edges, as wide as its roll: 48 columns are 576 dots, 32 are 384. */
export function PaperSheet(props: {
  readonly columns: 48 | 42 | 32;
  /** The strip still hangs in the printer: its lower edge is straight. */
  readonly isHanging?: boolean;
  readonly children: ReactNode;
}) {
  const { columns, isHanging = false, children } = props;
  return (
    <div className={`paper paper-${columns}${isHanging ? " paper-hanging" : ""}`} data-testid="paper">
      <div className="paper-face">{children}</div>
    </div>
  );
}
