import { IconBarcode, IconCash, IconQrcode } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { DisplayView } from "#contract/ipc/display-view.ts";
import { Money } from "../parts/Money.tsx";
import type { DisplayKey } from "./display-texts.ts";
import { TwoTongues } from "./TwoTongues.tsx";

type Choose = Extract<DisplayView["stage"], { kind: "choose-payment" }>;

/** What is left to pay and the ways to pay it; the customer answers aloud or by showing the phone. */
export function ChooseStage({ stage }: { readonly stage: Choose }) {
  const isPart = stage.leftFen !== stage.totalFen;
  return (
    <div className="display-middle">
      <TwoTongues text={isPart ? "left" : "total"} className="display-caption" />
      <span className="display-huge display-huge-alone" data-testid="display-left">
        <Money fen={stage.leftFen} />
      </span>
      {isPart && (
        <span className="display-of">
          <TwoTongues text="total" />
          <Money fen={stage.totalFen} />
        </span>
      )}
      <TwoTongues text="choose" className="display-question" />
      <ul className="display-ways">
        {stage.takesWechat && (
          <>
            <Way text="choose.code" icon={<IconBarcode />} isWechat />
            <Way text="choose.qr" icon={<IconQrcode />} isWechat />
          </>
        )}
        {stage.takesStaticCode && <Way text="choose.static" icon={<IconQrcode />} isWechat />}
        {stage.takesCash !== false && <Way text="choose.cash" icon={<IconCash />} />}
      </ul>
    </div>
  );
}

function Way(props: { readonly text: DisplayKey; readonly icon: ReactNode; readonly isWechat?: boolean }) {
  return (
    <li className={`display-way${props.isWechat === true ? " display-way-wechat" : ""}`}>
      {props.icon}
      <TwoTongues text={props.text} />
    </li>
  );
}
