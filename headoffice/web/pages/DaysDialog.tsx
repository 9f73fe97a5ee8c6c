import { Modal } from "@mantine/core";
import type { DaySide } from "#contract/wire/agreement.ts";
import type { DayAnswer, TerminalAnswer } from "../../admin/shapes.ts";
import { money } from "../formats.ts";
import { StateWord } from "../parts/StateWord.tsx";
import { Trouble } from "../parts/Trouble.tsx";
import { TableHead } from "../parts/TableHead.tsx";
import { useWords } from "../texts.tsx";
import { useAnswer } from "../use-answer.ts";

interface Props {
  readonly storeCode: string;
  readonly terminal: TerminalAnswer;
  readonly onClose: () => void;
}

/** One till's days on both sides; where they differ both figures stand, the till's first. */
export function DaysDialog({ storeCode, terminal, onClose }: Props) {
  const { text } = useWords();
  const path = `/shops/${storeCode}/terminals/${terminal.terminalId}/days`;
  const { value, fault, reload } = useAnswer<readonly DayAnswer[]>(path);
  const title = text("days.title", { name: `${storeCode}-${terminal.terminalId}` });
  return (
    <Modal closeButtonProps={{ "aria-label": text("close") }} onClose={onClose} opened size="xl" title={title}>
      {fault !== null && <Trouble fault={fault} onRetry={reload} />}
      {value?.length === 0 && <p className="office-soft">{text("days.none")}</p>}
      {value !== null && value.length > 0 && (
        <div className="office-scroll">
          <table className="office-table">
            <TableHead
              columns={[
                { name: text("days.date") },
                { name: text("till.agreement") },
                { name: text("days.sales"), isRight: true },
                { name: text("days.total"), isRight: true },
                { name: text("days.cash"), isRight: true },
                { name: text("days.wechat"), isRight: true },
                { name: text("days.static-code"), isRight: true },
                { name: text("days.refunds"), isRight: true },
              ]}
            />
            <tbody>
              {value.map((day) => (
                <Day day={day} key={day.businessDate} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Modal>
  );
}

function Day({ day }: { readonly day: DayAnswer }) {
  const { text } = useWords();
  const cell = (label: string, tell: (side: DaySide) => string) => (
    <td className="office-right figures" data-label={label}>
      <Both office={day.office === null ? "—" : tell(day.office)} till={day.till === null ? "—" : tell(day.till)} />
    </td>
  );
  return (
    <tr>
      <th className="figures" data-label={text("days.date")} scope="row">
        {day.businessDate}
      </th>
      <td data-label={text("till.agreement")}>
        <StateWord state={day.isAgreed ? "agreed" : "differs"} />
      </td>
      {cell(text("days.sales"), ({ saleCount }) => String(saleCount))}
      {cell(text("days.total"), ({ salesFen }) => money(salesFen))}
      {cell(text("days.cash"), ({ cashFen }) => money(cashFen))}
      {cell(text("days.wechat"), ({ wechatFen }) => money(wechatFen))}
      {cell(text("days.static-code"), ({ staticCodeFen }) => money(staticCodeFen))}
      {cell(text("days.refunds"), ({ refundFen }) => money(refundFen))}
    </tr>
  );
}

function Both({ till, office }: { readonly till: string; readonly office: string }) {
  const { text } = useWords();
  if (till === office) return office;
  return (
    <span className="office-differs">
      {text("days.till")} {till}
      <br />
      {text("days.office")} {office}
    </span>
  );
}
