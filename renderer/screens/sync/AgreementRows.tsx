import { IconAlertTriangleFilled, IconCircleCheckFilled, IconClockHour4 } from "@tabler/icons-react";
import type { AgreementDayView } from "#contract/ipc/sync-view.ts";
import type { DaySide } from "#contract/wire/agreement.ts";
import { dateInWords } from "../../i18n/formats.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { formatSum } from "../reconciliation/words.ts";
import { differencesOf, shortHash, type Figure } from "./differences.ts";
import { useSyncText, type SyncText } from "./sync-texts.ts";

const none: ReadonlySet<Figure> = new Set();

/** One business day: a line where the sides agree, one for each where they were found to differ, and a sentence below. */
export function AgreementRows(props: {
  readonly day: AgreementDayView;
  /** Found when both had everything: what was sold since is no difference. */
  readonly isDisagreed: boolean;
  readonly waiting: number;
}) {
  const { day, isDisagreed, waiting } = props;
  const text = useSyncText();
  const locale = useLocale();
  const { here, there, isAgreed, businessDate } = day;
  const state = isAgreed ? "agreed" : there !== null && isDisagreed ? "differs" : "unanswered";
  const differing = there === null || isAgreed ? none : differencesOf(here, there);
  const StateIcon = { unanswered: IconClockHour4, agreed: IconCircleCheckFilled, differs: IconAlertTriangleFilled }[
    state
  ];
  const isShownTwice = state === "differs";
  return (
    <tbody className={`sync-day sync-day-${state}`} data-testid="sync-day" data-day={businessDate} data-state={state}>
      <tr>
        <th scope="rowgroup" rowSpan={isShownTwice ? 3 : 1}>
          <span>{dateInWords(businessDate, locale)}</span>
          <em>
            <StateIcon size={18} aria-hidden />
            {text(state)}
          </em>
        </th>
        <SideCells
          side={here}
          name={text(state === "agreed" ? "side.both" : "side.here")}
          differing={differing}
          text={text}
        />
      </tr>
      {isShownTwice && there !== null && (
        <>
          <tr>
            <SideCells side={there} name={text("side.there")} differing={differing} text={text} />
          </tr>
          <tr>
            <td colSpan={7} className="sync-advice">
              {adviceFor(here, there, waiting, text)}
            </td>
          </tr>
        </>
      )}
    </tbody>
  );
}

/** By how much, where it is sales that differ; and what to do about it. */
function adviceFor(here: DaySide, there: DaySide, waiting: number, text: SyncText): string {
  const count = Math.abs(here.saleCount - there.saleCount);
  const amountFen = Math.abs(here.salesFen - there.salesFen);
  const by = count + amountFen === 0 ? "" : `${text("differs.by", { count, amount: formatSum(amountFen) })} `;
  return by + (waiting > 0 ? text("differs.waiting", { count: waiting }) : text("differs.next"));
}

function SideCells(props: {
  readonly side: DaySide;
  readonly name: string;
  readonly differing: ReadonlySet<Figure>;
  readonly text: SyncText;
}) {
  const { side, name, differing, text } = props;
  const cell = (words: string, ...of: readonly Figure[]) => (
    <td data-differs={of.some((figure) => differing.has(figure)) || undefined}>{words}</td>
  );
  const wechat =
    side.staticCodeFen === 0
      ? formatSum(side.wechatFen)
      : text("wechat-and-code", { wechat: formatSum(side.wechatFen), code: formatSum(side.staticCodeFen) });
  const refunds =
    side.refundCount === 0 && side.refundFen === 0
      ? text("hash.none")
      : text("refunds", { count: side.refundCount, amount: formatSum(side.refundFen) });
  return (
    <>
      <td className="sync-side-name">{name}</td>
      {cell(String(side.saleCount), "saleCount")}
      {cell(formatSum(side.salesFen), "salesFen")}
      {cell(formatSum(side.cashFen), "cashFen")}
      {cell(wechat, "wechatFen", "staticCodeFen")}
      {cell(refunds, "refundCount", "refundFen")}
      {cell(shortHash(side.lastSaleHash) ?? text("hash.none"), "lastSaleHash")}
    </>
  );
}
