import type { ReactNode } from "react";
import type { TerminalAnswer } from "../../admin/shapes.ts";
import { ago, dayAndClock } from "../formats.ts";
import { useWords } from "../texts.tsx";
import { StateWord, type StateName } from "./StateWord.tsx";

/** A till says something at least every few minutes while it is on; silent for longer it may just be closed. */
const lateAfterMs = 15 * 60_000;

interface Props {
  readonly terminals: readonly TerminalAnswer[];
  readonly nowMs: number;
  /** What one can do with a till. */
  readonly actions?: (terminal: TerminalAnswer) => ReactNode;
}

/** The tills of a shop: when each was last heard, how much of it is held, whether both sides agree. */
export function TerminalTable({ terminals, nowMs, actions }: Props) {
  const { text, locale } = useWords();
  if (terminals.length === 0) return <p className="office-soft office-empty">{text("till.none")}</p>;
  return (
    <div className="office-scroll">
      <table className="office-table">
        <thead>
          <tr>
            <th scope="col">{text("till.id")}</th>
            <th scope="col">{text("till.state")}</th>
            <th scope="col">{text("till.last-seen")}</th>
            <th scope="col">{text("till.agreement")}</th>
            <th className="office-right" scope="col">
              {text("till.held")}
            </th>
            <th scope="col">{text("till.catalogue")}</th>
            {actions !== undefined && <th aria-label={text("till.actions")} scope="col" />}
          </tr>
        </thead>
        <tbody>
          {terminals.map((terminal) => (
            <tr key={terminal.terminalId}>
              <th data-label={text("till.id")} scope="row">
                {terminal.terminalId}
              </th>
              <td data-label={text("till.state")}>
                <StateWord state={stateOf(terminal, nowMs)} />
              </td>
              <td data-label={text("till.last-seen")}>
                {terminal.lastSeenMs === null ? (
                  "—"
                ) : (
                  <time title={dayAndClock(terminal.lastSeenMs)}>{ago(terminal.lastSeenMs, nowMs, locale)}</time>
                )}
              </td>
              <td data-label={text("till.agreement")}>
                <Agreement terminal={terminal} />
              </td>
              <td className="office-right figures" data-label={text("till.held")}>
                {terminal.position?.seq ?? 0}
              </td>
              <td data-label={text("till.catalogue")}>
                <CatalogueState catalogue={terminal.catalogue} />
              </td>
              {actions !== undefined && <td className="office-actions">{actions(terminal)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function stateOf(terminal: TerminalAnswer, nowMs: number): StateName {
  if (terminal.state !== "active") return terminal.state;
  return terminal.lastSeenMs === null || nowMs - terminal.lastSeenMs > lateAfterMs ? "late" : "active";
}

function Agreement({ terminal }: { readonly terminal: TerminalAnswer }) {
  const { text } = useWords();
  const { state, differingDates } = terminal.agreement;
  if (terminal.state === "invited") return "—";
  return (
    <>
      <StateWord state={state} />
      {differingDates.length > 0 && (
        <span className="office-soft figures">
          {" "}
          {differingDates.slice(0, 2).join(", ")}
          {differingDates.length > 2 && text("till.and-more", { count: differingDates.length - 2 })}
        </span>
      )}
    </>
  );
}

function CatalogueState({ catalogue }: { readonly catalogue: TerminalAnswer["catalogue"] }) {
  const { text } = useWords();
  if (catalogue === null) return <span className="office-soft">{text("till.catalogue-never")}</span>;
  const behind = catalogue.head - catalogue.at;
  return behind <= 0 ? text("till.catalogue-newest") : text("till.catalogue-behind", { count: behind });
}
