import type { MembersView } from "#contract/ipc/member-intents.ts";
import { Press } from "../../parts/Press.tsx";
import { useListKeys } from "../../parts/use-row-keys.ts";
import { useMembersText } from "./members-texts.ts";

/** Everybody, or who was searched for; newest first. */
export function MemberList(props: {
  readonly view: MembersView;
  readonly isSearched: boolean;
  readonly shownId: string | null;
  readonly readMore: (() => void) | null;
  readonly onChoose: (memberId: string) => void;
}) {
  const { view, isSearched, shownId, readMore, onChoose } = props;
  const text = useMembersText();
  const { frame, rowKeys } = useListKeys(view.rows.length);
  return (
    <nav className="manager-card members-list" aria-label={text("page.list")} ref={frame} onKeyDown={rowKeys.hear}>
      {view.rows.length === 0 && (
        <p className="manager-soft" role="status">
          {text(isSearched ? "page.none-found" : "page.none")}
        </p>
      )}
      <ol>
        {view.rows.map(({ memberId, label, name, balance }, at) => (
          <li key={memberId}>
            <button
              type="button"
              {...rowKeys.stop(at)}
              className="members-row"
              data-testid="member-row"
              aria-current={memberId === shownId ? "true" : undefined}
              onClick={() => onChoose(memberId)}
            >
              <span className="members-row-name">{name === "" ? text("name.none") : name}</span>
              <span className="figures members-row-label">{label}</span>
              <strong className="figures">{text("points", { points: balance })}</strong>
            </button>
          </li>
        ))}
      </ol>
      {readMore !== null && (
        <Press data-testid="members-more" onClick={readMore}>
          {text("page.more")}
        </Press>
      )}
    </nav>
  );
}
