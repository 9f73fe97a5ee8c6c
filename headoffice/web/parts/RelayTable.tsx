import type { ReactNode } from "react";
import type { MachineAnswer } from "../../admin/shapes.ts";
import { useWords } from "../texts.tsx";
import { LastSeen, stateOf } from "./LastSeen.tsx";
import { StateWord } from "./StateWord.tsx";
import { TableHead } from "./TableHead.tsx";

interface Props {
  readonly relays: readonly MachineAnswer[];
  readonly nowMs: number;
  /** What one can do with a relay; left out for whoever may only look. */
  readonly actions: ((relay: MachineAnswer) => ReactNode) | undefined;
}

/** The relay of a shop: when it was last heard. It has no journal of its own, so nothing of it is held or compared. */
export function RelayTable({ relays, nowMs, actions }: Props) {
  const { text } = useWords();
  return (
    <div className="office-scroll">
      <table className={`office-table office-relays${actions === undefined ? "" : " office-tills-with-actions"}`}>
        <TableHead
          columns={[
            { name: text("relay.id") },
            { name: text("till.state") },
            { name: text("till.last-seen") },
            ...(actions === undefined ? [] : [{ name: text("till.actions"), isHidden: true }]),
          ]}
        />
        <tbody>
          {relays.map((relay) => (
            <tr key={relay.terminalId}>
              <th data-label={text("relay.id")} scope="row">
                {relay.terminalId}
              </th>
              <td data-label={text("till.state")}>
                <StateWord state={stateOf(relay, nowMs)} />
              </td>
              <td data-label={text("till.last-seen")}>
                <LastSeen atMs={relay.lastSeenMs} nowMs={nowMs} />
              </td>
              {actions !== undefined && <td className="office-actions">{actions(relay)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
