import type { ReactNode } from "react";
import type { TerminalAnswer } from "../../admin/shapes.ts";
import { LastSeen, stateOf } from "./LastSeen.tsx";
import { TableHead } from "./TableHead.tsx";
import { useWords } from "../texts.tsx";
import { StateWord } from "./StateWord.tsx";

interface Props {
  readonly terminals: readonly TerminalAnswer[];
  readonly nowMs: number;
  /** What one can do with a till. */
  readonly actions?: (terminal: TerminalAnswer) => ReactNode;
}

/** The tills of a shop: when each was last heard, how much of it is held, whether both sides agree. */
export function TerminalTable({ terminals, nowMs, actions }: Props) {
  const { text } = useWords();
  if (terminals.length === 0) return <p className="office-soft office-empty">{text("till.none")}</p>;
  return (
    <div className="office-scroll">
      <table className={`office-table office-tills${actions === undefined ? "" : " office-tills-with-actions"}`}>
        <TableHead
          columns={[
            { name: text("till.id") },
            { name: text("till.state") },
            { name: text("till.last-seen") },
            { name: text("till.agreement") },
            { name: text("till.held"), isRight: true },
            { name: text("till.catalogue") },
            ...(actions === undefined ? [] : [{ name: text("till.actions"), isHidden: true }]),
          ]}
        />
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
                <LastSeen atMs={terminal.lastSeenMs} nowMs={nowMs} />
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

function Agreement({ terminal }: { readonly terminal: TerminalAnswer }) {
  const { text } = useWords();
  const { state, differingDates } = terminal.agreement;
  if (terminal.state === "invited" || (terminal.state === "revoked" && state === "never")) return "—";
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
