/** The customer's two languages. */
export type PayLanguage = "zh-CN" | "en";

/** What a page is about: what the customer can do now, or why nothing. */
export type PayState =
  | "ready"
  | "open-in-wechat"
  | "paid"
  | "sold"
  | "expired"
  | "abandoned"
  | "refunding"
  | "refunded"
  | "revoked"
  | "refused"
  | "busy"
  | "not-offered";

export interface PayWords {
  readonly other: string;
  readonly of: string;
  readonly pay: string;
  readonly items: (count: number, total: string) => string;
  readonly byCode: string;
  readonly waiting: string;
  readonly later: string;
  readonly elsewhere: string;
  readonly states: Readonly<Record<PayState, readonly [title: string, next: string]>>;
}

const zh: PayWords = {
  other: "English",
  of: "付款给",
  pay: "微信支付",
  items: (count, total) => `共 ${count} 件商品，合计 ${total}`,
  byCode: "扫不了？请把这 8 位数字念给收银员：",
  waiting: "正在等待微信确认，请不要关闭本页",
  later: "暂时连不上微信支付，没有扣款。请稍候再点一次。",
  elsewhere: "这笔付款已在另一部手机上打开。请在那部手机上付款，或请收银员取消后重新生成二维码。",
  states: {
    ready: ["请确认金额后付款", "付款后，本页会显示一个二维码，请拿给收银员扫。"],
    "open-in-wechat": ["请用微信打开", "打开微信，用“扫一扫”扫描收银台屏幕上的二维码。"],
    paid: ["已付款", "请把这个二维码对准收银台的扫码枪。"],
    sold: ["已付款，交易完成", "收银台已经收到，请取小票。谢谢惠顾！"],
    expired: ["已超时，没有扣款", "请收银员取消这笔付款，再重新生成二维码。"],
    abandoned: ["收银台已取消这笔付款", "请不要再付款。需要时请收银员重新生成二维码。"],
    refunding: ["收银台已取消，正在退款", "钱会自动原路退回，您不用做任何事。"],
    refunded: ["已全额退款", "钱已原路退回，请在微信账单中查看。"],
    revoked: ["这台收银机已停用", "请不要付款，换一台收银机结账。"],
    refused: ["这个二维码不能付款", "它不是本店收银台出的，或已作废。请收银员重新生成二维码。"],
    busy: ["访问太频繁", "请等一分钟再试。"],
    "not-offered": ["暂不支持这种付款方式", "请改用其他方式付款。"],
  },
};

const en: PayWords = {
  other: "中文",
  of: "Pay to",
  pay: "Pay with WeChat",
  items: (count, total) => `${count} ${count === 1 ? "item" : "items"}, ${total} in total`,
  byCode: "Cannot be scanned? Read these 8 digits to the cashier:",
  waiting: "Waiting for WeChat to confirm. Please keep this page open.",
  later: "WeChat Pay cannot be reached; nothing was charged. Please tap again in a moment.",
  elsewhere: "This payment is open on another phone. Pay there, or ask the cashier to cancel it and show a new code.",
  states: {
    ready: ["Check the amount, then pay", "After paying, this page shows a code for the cashier to scan."],
    "open-in-wechat": ["Please open this in WeChat", "In WeChat, scan the code on the till's screen."],
    paid: ["Paid", "Hold this code in front of the till's scanner."],
    sold: ["Paid and done", "The till has it. Please take your receipt. Thank you!"],
    expired: ["Time is over; nothing was charged", "Ask the cashier to cancel this payment and show a new code."],
    abandoned: ["The till has cancelled this payment", "Please do not pay. Ask the cashier for a new code if needed."],
    refunding: ["Cancelled at the till: being refunded", "The money goes back by itself. You need not do anything."],
    refunded: ["Refunded in full", "The money went back the way it came; see your WeChat bill."],
    revoked: ["This till is out of use", "Please do not pay here; go to another till."],
    refused: [
      "This code cannot be paid",
      "It is not of this shop's till, or no longer good. Ask the cashier for a new one.",
    ],
    busy: ["Too many visits", "Please wait a minute and try again."],
    "not-offered": ["Not offered here", "Please pay another way."],
  },
};

export const payWords: Readonly<Record<PayLanguage, PayWords>> = { "zh-CN": zh, en };

/** The language asked for by the switch, else the browser's first of the two; Chinese where it says nothing. */
export function payLanguage(asked: string | undefined, accepted: string | undefined): PayLanguage {
  if (asked === "en" || asked === "zh-CN") return asked;
  for (const part of (accepted ?? "").slice(0, 200).toLowerCase().split(",")) {
    if (part.trim().startsWith("zh")) return "zh-CN";
    if (part.trim().startsWith("en")) return "en";
  }
  return "zh-CN";
}
