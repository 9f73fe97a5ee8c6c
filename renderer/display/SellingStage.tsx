import type { DisplayView } from "#contract/ipc/display-view.ts";
import { Money } from "../parts/Money.tsx";
import { formatAmountOf, formatPlainMoney } from "../i18n/formats.ts";
import { localName, useLocale } from "../i18n/locale.tsx";
import { useDisplayText } from "./display-texts.ts";
import { TwoTongues } from "./TwoTongues.tsx";

type Selling = Extract<DisplayView["stage"], { kind: "selling" }>;

/** ¥10,000.00: from here on the total is set smaller. */
const longTotalFen = 1_000_000;

/** Why it costs less than it says on the shelf, small beside the name. */
function LineReasons({ line }: { readonly line: Selling["lines"][number] }) {
  const locale = useLocale();
  const text = useDisplayText();
  const { promotions = [], wasFen } = line;
  if (promotions.length === 0 && wasFen === undefined) return null;
  return (
    <small className="display-line-reason" data-testid="display-reason">
      {wasFen !== undefined && <s className="figures">{formatPlainMoney(wasFen)}</s>}
      {promotions.map((saving) => (
        <span key={saving.nameZh}>
          {saving.isMemberOnly === true && !localName(saving, locale).includes(text("member-price"))
            ? `${text("member-price")} `
            : ""}
          {localName(saving, locale)}
        </span>
      ))}
    </small>
  );
}

/** Whose sale it is, masked, and what they have; a row of its own, so that the total keeps its room. */
function MemberStrip({ member }: { readonly member: NonNullable<Selling["member"]> }) {
  const text = useDisplayText();
  const { label, balance, earns, spent } = member;
  return (
    <div className="display-member figures" data-testid="display-member">
      <span>{text("member", { label })}</span>
      <span>{text("member.balance", { points: balance })}</span>
      {earns > 0 && <span>{text("member.earns", { points: earns })}</span>}
      {spent > 0 && <span>{text("member.spent", { points: spent })}</span>}
    </div>
  );
}

/** The last lines with the newest next to the total; as many as fit are shown whole, older ones not at all. */
export function SellingStage({ stage }: { readonly stage: Selling }) {
  const locale = useLocale();
  // Newest first: it stands lowest, and what does not fit leaves at the top.
  const newestFirst = stage.lines.toReversed();
  return (
    <>
      <ol className="display-lines" data-testid="display-lines">
        {newestFirst.map((line, index) => (
          <li key={line.lineId} className={`display-line${index === 0 ? " display-line-newest" : ""}`}>
            <span className="display-line-name">
              {localName(line, locale)}
              <LineReasons line={line} />
            </span>
            <span className="figures display-line-quantity">{formatAmountOf(line.quantity, line.unit)}</span>
            <span className="figures display-line-amount">{formatPlainMoney(line.amountFen)}</span>
          </li>
        ))}
      </ol>
      {stage.member !== undefined && <MemberStrip member={stage.member} />}
      <footer className={`display-sum${stage.totalFen >= longTotalFen ? " display-sum-long" : ""}`}>
        <div className="display-sum-side">
          <TwoTongues text="pieces" values={{ count: stage.pieceCount }} />
          {stage.discountFen > 0 && (
            <span className="display-saved" data-testid="display-saved">
              <TwoTongues text="saved" />
              <Money fen={stage.discountFen} />
            </span>
          )}
        </div>
        <div className="display-sum-total">
          <TwoTongues text="total" />
          <span className="display-huge" data-testid="display-total">
            <Money fen={stage.totalFen} />
          </span>
        </div>
      </footer>
    </>
  );
}
