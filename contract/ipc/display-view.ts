import type { Locale } from "#contract/config/terminal.ts";
import type { DisplayMember, DonePoints } from "#contract/ipc/member-view.ts";
import type { SavingView } from "#contract/ipc/till-view.ts";
import type { Fen } from "#core/money/fen.ts";
import type { Milli, Unit } from "#core/quantity/quantity.ts";

/** What the customer sees on the second screen. */
export interface DisplayView {
  readonly shop: {
    readonly nameZh: string;
    readonly nameEn: string;
    /** Minutes east of UTC: the shop's clock, whatever the machine's is set to. */
    readonly utcOffsetMinutes: number;
    /** Nothing here is a real sale. */
    readonly isTraining: boolean;
  };
  readonly locale: Locale;
  readonly stage:
    | { readonly kind: "idle" }
    | {
        readonly kind: "selling";
        /** The last lines, newest last, at most 8. */
        readonly lines: readonly {
          readonly lineId: string;
          readonly nameZh: string;
          readonly nameEn: string;
          readonly unit: Unit;
          readonly quantity: Milli;
          readonly amountFen: Fen;
          /** Why it costs less than it says on the shelf; absent where it does not. */
          readonly promotions?: readonly SavingView[];
          readonly wasFen?: Fen;
        }[];
        /** Promotions on the whole sale. */
        readonly salePromotions?: readonly SavingView[];
        /** Whose sale it is, masked, and their points; absent where it is nobody's. */
        readonly member?: DisplayMember;
        readonly pieceCount: number;
        readonly discountFen: Fen;
        readonly totalFen: Fen;
      }
    | {
        readonly kind: "choose-payment";
        readonly leftFen: Fen;
        readonly totalFen: Fen;
        /** False also while WeChat Pay is out of reach. */
        readonly takesWechat: boolean;
        /** WeChat Pay is out of reach, so the printed code of the shop is offered instead. */
        readonly takesStaticCode: boolean;
      }
    | {
        readonly kind: "qr";
        readonly amountFen: Fen;
        /** `weixin://…`; drawn by the display as a QR, level M, four modules of quiet zone. */
        readonly codeUrl: string;
        readonly startedAtMs: number;
        readonly deadlineAtMs: number;
      }
    /** For the customer's own phone while the shop's line is down; drawn like `qr`, for as long as it takes. */
    | { readonly kind: "carried-qr"; readonly amountFen: Fen; readonly codeUrl: string }
    /** Sending, password asked, or waiting: the customer's money is not known yet. */
    | {
        readonly kind: "paying";
        readonly amountFen: Fen;
        readonly isPasswordAsked: boolean;
        readonly isCancelling: boolean;
      }
    /** `isReturned`: money had moved, and is back with the customer. */
    | { readonly kind: "not-paid"; readonly amountFen: Fen; readonly isReturned: boolean }
    /** `staticCodeFen`: of the total, what went to the printed code and nobody has verified. */
    | {
        readonly kind: "paid";
        readonly totalFen: Fen;
        readonly changeFen: Fen;
        readonly staticCodeFen: Fen;
        readonly points?: DonePoints;
      };
}
