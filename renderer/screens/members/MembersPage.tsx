import "../manager/manager.css";
import "../dialogs/dialogs.css";
import "./members.css";
import { TextInput } from "@mantine/core";
import { IconArrowLeft, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { toHalfWidth } from "#core/money/half-width.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { useKeys } from "../../till/keys.ts";
import { SaleDialog } from "../manager/SaleDialog.tsx";
import { MemberDetail } from "./MemberDetail.tsx";
import { MemberList } from "./MemberList.tsx";
import { useMembersText } from "./members-texts.ts";
import { RatesCard } from "./RatesCard.tsx";
import { useMembers } from "./use-members.ts";

/** A manager's members: the list, of one their points with the sales behind them, and what points are worth. Main checks the role. */
export function MembersPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useMembersText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [saleId, setSaleId] = useState<string | null>(null);
  const { view, fault, setFault, readMore, readAgain } = useMembers(search.trim());
  const [said, setSaid] = useState<"deleted" | "rates.saved" | null>(null);
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  const member = view?.rows.find(({ memberId }) => memberId === chosen);
  const done = (words: typeof said): void => {
    setSaid(words);
    setFault(null);
    readAgain();
  };
  return (
    <div className="manager members" data-testid="members-page">
      <MembersBar {...{ search, setSearch, onLeave }} count={view?.count ?? null} />
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      {said !== null && (
        <p className="members-said" role="status" data-testid="members-said">
          {text(said)}
        </p>
      )}
      {view !== null && (
        <main className="members-body">
          <MemberList
            {...{ view, readMore }}
            isSearched={search.trim() !== ""}
            shownId={member?.memberId ?? null}
            onChoose={(memberId) => {
              setChosen(memberId);
              setSaid(null);
            }}
          />
          {member === undefined ? (
            <p className="manager-card members-none">{text("page.pick")}</p>
          ) : (
            <MemberDetail
              key={member.memberId}
              {...{ member, onSale: setSaleId, onFault: setFault }}
              canPrint={view.canPrint}
              onChanged={() => done(null)}
              onDeleted={() => done("deleted")}
            />
          )}
          <RatesCard
            key={`${view.rates.pointsPerYuan} ${view.rates.fenPerPoint}`}
            rates={view.rates}
            onFault={setFault}
            onSaved={() => done("rates.saved")}
          />
        </main>
      )}
      {saleId !== null && <SaleDialog saleId={saleId} onClose={() => setSaleId(null)} />}
    </div>
  );
}

/** The way back, how many there are, and who is looked for. */
function MembersBar(props: {
  readonly search: string;
  readonly setSearch: (search: string) => void;
  readonly count: number | null;
  readonly onLeave: () => void;
}) {
  const { search, setSearch, count, onLeave } = props;
  const text = useMembersText();
  return (
    <header className="manager-bar">
      <Press data-testid="members-leave" onClick={onLeave}>
        <IconArrowLeft size={22} aria-hidden />
        {text("page.back")}
        <KeyCap>Esc</KeyCap>
      </Press>
      <h1>
        {text("page.title")}{" "}
        {count !== null && <span className="manager-soft members-count">{text("page.count", { count })}</span>}
      </h1>
      <TextInput
        className="members-search"
        aria-label={text("page.search")}
        placeholder={text("page.search")}
        leftSection={<IconSearch size={20} aria-hidden />}
        size="md"
        data-testid="members-search"
        value={search}
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setSearch(toHalfWidth(event.currentTarget.value))}
      />
    </header>
  );
}
