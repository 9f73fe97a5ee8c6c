import type { ReconciliationDayView } from "#contract/ipc/reconciliation-view.ts";
import { useReconciliationText } from "./reconciliation-texts.ts";
import type { ShownGroup } from "./use-reconciliation.ts";

type Groups = NonNullable<ReconciliationDayView["compared"]>["groups"];

const order = [
  ...["open", "missing-here", "missing-there", "amount", "twice", "refunds", "midnight", "matched"],
] as const satisfies readonly ShownGroup[];

/** The same groups on every day and in the same place, with how many are in each. */
export function GroupTabs(props: {
  readonly groups: Groups;
  readonly openCount: number;
  readonly shown: ShownGroup;
  readonly onShow: (group: ShownGroup) => void;
}) {
  const { groups, openCount, shown, onShow } = props;
  const text = useReconciliationText();
  return (
    <fieldset className="recon-groups" aria-label={text("groups")}>
      {order.map((group) => {
        const count = group === "open" ? openCount : groups[group].all;
        const stillOpen = group === "open" ? openCount : groups[group].open;
        return (
          <button
            key={group}
            type="button"
            className={stillOpen > 0 ? "recon-group-open" : count === 0 ? "recon-group-empty" : ""}
            aria-pressed={group === shown}
            data-testid={`recon-group-${group}`}
            onClick={() => onShow(group)}
          >
            <strong className="figures">{count}</strong>
            <span>{text(`group.${group}`)}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
