import { IconPrinter, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { TakeView } from "#contract/ipc/stock-intents.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { act, actInDialog } from "../../till/desk.ts";
import { send } from "../../till-client.ts";
import { CountList } from "./CountList.tsx";
import { Differences } from "./Differences.tsx";
import { HeardNote } from "./HeardNote.tsx";
import { type Entered, ItemEntry } from "./ItemEntry.tsx";
import { NotCounted } from "./NotCounted.tsx";
import { useStockText } from "./stock-texts.ts";
import { useAnswer } from "./use-answer.ts";
import { useHeard } from "./use-heard.ts";

const parts = ["counting", "differences", "missing"] as const;
type Part = (typeof parts)[number];

/** One counting: each scan one more, or a quantity typed; then what differs, and what nobody has counted. */
export function TakeSheet(props: {
  readonly takeId: string;
  readonly nameOf: (categoryId: string | null) => string;
  readonly onChanged: () => void;
}) {
  const { takeId, nameOf, onChanged } = props;
  const text = useStockText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [chosen, setPart] = useState<Part>("counting");
  const [recount, setRecount] = useState<Entered | null>(null);
  const [state, setState] = useState<TakeView["state"] | null>(null);
  const heard = useHeard("take", state === "open" && chosen === "counting" ? takeId : null);
  const answer = useAnswer("take", { takeId }, `${heard?.changes ?? 0} ${state}`);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const take = answer.value;
  if (take !== null && take.state !== state) setState(take.state);
  if (take === null) return <section className="stock-card stock-side" />;
  const isOpen = take.state === "open";
  const part = isOpen ? chosen : "differences";
  const count = async (item: Entered, countedMilli: number | null): Promise<void> => {
    const counted = await send("count-item", { takeId, sku: item.sku, countedMilli });
    setFault(counted.ok ? null : counted.fault);
    setRecount(null);
    if (counted.ok) answer.show(counted.value);
    onChanged();
  };
  const again = (item: Entered): void => {
    setPart("counting");
    setRecount(item);
  };
  const last = heard?.last ?? null;
  return (
    <section className="stock-card stock-side" data-testid="take" data-state={take.state}>
      <div className="stock-item-head">
        <h2>{nameOf(take.categoryId)}</h2>
        <span className="stock-soft figures">{text("take.counted", { count: take.countedItems })}</span>
      </div>
      {isOpen && <Parts part={part} onPart={setPart} />}
      {part === "counting" && (
        <>
          <HeardNote heard={heard} />
          <ItemEntry
            wanted={recount ?? (last?.kind === "to-weigh" ? last : null)}
            words={text("take.count")}
            onEnter={(item, quantityMilli) => void count(item, quantityMilli)}
          />
        </>
      )}
      {(fault ?? answer.fault) !== null && (
        <TroubleNote text={faultText(fault ?? answer.fault ?? { kind: "internal" }, tillText, place)} />
      )}
      {part === "counting" && <CountList take={take} onForget={(item) => void count(item, null)} onAgain={again} />}
      {part === "differences" && <Differences take={take} onAgain={isOpen ? again : null} />}
      {part === "missing" && <NotCounted takeId={takeId} onCount={again} />}
      <Foot
        take={take}
        onFault={setFault}
        onChanged={() => {
          answer.readAgain();
          onChanged();
        }}
      />
    </section>
  );
}

function Parts({ part, onPart }: { readonly part: Part; readonly onPart: (part: Part) => void }) {
  const text = useStockText();
  return (
    <nav className="stock-parts" aria-label={text("take.parts")}>
      {parts.map((name) => (
        <Press
          key={name}
          data-testid={`take-${name}`}
          aria-current={part === name ? "page" : undefined}
          onClick={() => onPart(name)}
        >
          {text(`take.${name}`)}
        </Press>
      ))}
    </nav>
  );
}

function Foot(props: {
  readonly take: TakeView;
  readonly onFault: (fault: IntentFault | null) => void;
  readonly onChanged: () => void;
}) {
  const { take, onFault, onChanged } = props;
  const { takeId } = take;
  const text = useStockText();
  const [isSure, setSure] = useState(false);
  const isOpen = take.state === "open";
  const drop = async (): Promise<void> => {
    if (!isSure) return setSure(true);
    const answer = await send("drop-take", { takeId });
    onFault(answer.ok ? null : answer.fault);
    onChanged();
  };
  return (
    <div className="stock-foot">
      {isOpen && (
        <Press tone={isSure ? "danger" : "plain"} data-testid="take-drop" onClick={() => void drop()}>
          <IconTrash size={22} aria-hidden />
          {text(isSure ? "take.drop.sure" : "take.drop")}
        </Press>
      )}
      <span className="stock-grow" />
      <Press data-testid="take-print" onClick={() => void act("print-take", { takeId })}>
        <IconPrinter size={22} aria-hidden />
        {text("take.print")}
      </Press>
      {isOpen && (
        <Press
          tone="primary"
          data-testid="take-book"
          disabled={take.countedItems === 0}
          onClick={() => void actInDialog("book-take", { takeId }, onChanged).then(onFault)}
        >
          {text("take.book")}
        </Press>
      )}
    </div>
  );
}
