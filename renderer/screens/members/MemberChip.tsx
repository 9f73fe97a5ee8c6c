import "./members.css";
import { IconUserPlus, IconUserStar } from "@tabler/icons-react";
import type { SaleView } from "#contract/ipc/till-view.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { openDialog } from "../../till/desk.ts";
import { capOf, shortcutOf, useKeyOf } from "../../till/key-map.ts";
import { useMembersText } from "./members-texts.ts";

/** Whose sale it is, with their points; where it is nobody's, the way to somebody's. */
export function MemberChip({ member }: { readonly member: SaleView["member"] }) {
  const text = useMembersText();
  const key = useKeyOf("member");
  const open = (): void => openDialog({ kind: "member" });
  if (member === undefined) {
    return (
      <button
        type="button"
        className="member-chip"
        data-testid="member-find"
        aria-keyshortcuts={shortcutOf(key)}
        onClick={open}
      >
        <IconUserPlus size={18} aria-hidden />
        {text("chip.none")}
        <KeyCap>{capOf(key)}</KeyCap>
      </button>
    );
  }
  const { label, balance } = member;
  return (
    <button
      type="button"
      className="member-chip member-chip-on"
      data-testid="sale-member"
      aria-keyshortcuts={shortcutOf(key)}
      aria-label={text("chip.open", { label, points: balance })}
      onClick={open}
    >
      <IconUserStar size={18} aria-hidden />
      <span className="figures">{label}</span>
      <span className="figures member-chip-soft">{text("chip.balance", { points: balance })}</span>
    </button>
  );
}
