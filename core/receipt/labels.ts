/** A shop as its receipts show it; an empty string leaves its line out. */
export interface StoreHeader {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  /** The shop's tax number with its word before it; left out where it has none. */
  readonly taxLine?: string;
  /** The shop's own words below its name; may hold several lines. */
  readonly header?: string;
  /** The shop's own words at the end of a sale's receipt; may hold several lines. */
  readonly footer: string;
}

/** The words of a sale's receipt in the receipt's language; layout adds amounts and punctuation. */
export interface ReceiptLabels {
  /** Which of an item's two names is printed, or both; the other where that one is empty. */
  readonly itemName: "zh" | "en" | "both";
  /** 副本 COPY */
  readonly copyMark: string;
  /** 培训 TRAINING */
  readonly trainingMark: string;
  readonly phone: string;
  readonly saleNumber: string;
  readonly date: string;
  readonly till: string;
  readonly cashier: string;
  /** Before what a pack says of itself; printed where the shop wants it. */
  readonly lot: string;
  readonly serial: string;
  readonly expiresOn: string;
  readonly bestBefore: string;
  /** Of goods weighed with a bag or tray: 毛重, 皮重. */
  readonly grossWeight: string;
  readonly tare: string;
  readonly pieces: string;
  readonly subtotal: string;
  readonly lineDiscount: string;
  readonly saleDiscount: string;
  /** 原价, before what the catalogue asks where a person has set another price. */
  readonly originalPrice: string;
  /** 开放价: the price was typed at the till. */
  readonly typedPrice: string;
  /** 共优惠: all that came off, printed where a promotion or a person has made something cheaper. */
  readonly saved: string;
  readonly memberPrice: string;
  /** Before the member's masked number, and their points: earned, how many paid a part, and what they have now. */
  readonly member: string;
  readonly pointsEarned: string;
  readonly pointsSpent: string;
  readonly pointsBalance: string;
  /** Before the rate and the tax in what was paid. */
  readonly taxIn: string;
  /** 抹零 */
  readonly rounding: string;
  readonly total: string;
  readonly cash: string;
  /** 找零 */
  readonly change: string;
  readonly wechat: string;
  /** 店铺收款码 */
  readonly staticCode: string;
  /** Below it: that nobody has verified it yet. */
  readonly unverified: string;
  /** Says that the last four digits of the transaction's number follow. */
  readonly transactionLastFour: string;
  /** What coupons of the customer's wallet paid. */
  readonly walletDiscount: string;
  readonly customerPaid: string;
  /** Before the first eight characters of the journal hash. */
  readonly journal: string;
}

/** The words of a shift's X and Z, and of the slip that closes one. */
export interface ShiftReceiptLabels {
  readonly title: string;
  /** Of the same figures while the shift goes on. */
  readonly xTitle: string;
  readonly zNumber: string;
  /** When an X was taken, and by whom. */
  readonly takenAt: string;
  readonly takenBy: string;
  /** 补款, 支出, 缴存: each printed only where there was some. */
  readonly payIn: string;
  readonly payOut: string;
  readonly safeDrop: string;
  readonly noSales: string;
  /** Before the notes and coins that were counted. */
  readonly pieces: string;
  readonly reason: string;
  /** All that the till has sold and given back since its first day. */
  readonly grandTotals: string;
  readonly salesBefore: string;
  readonly salesAfter: string;
  readonly refundsBefore: string;
  readonly refundsAfter: string;
  /** Above the tax by rate, of what was sold less the goods that came back. */
  readonly taxes: string;
  /** After the rate. */
  readonly taxNet: string;
  readonly taxOfRate: string;
  readonly taxGross: string;
  /** Of all rates together. */
  readonly taxTotal: string;
  /** What the shift kept and is in no rate. */
  readonly noRate: string;
  /** On the Z of a till that did not record taxes yet: nobody knows them, which is not nothing. */
  readonly taxNotRecorded: string;
  readonly copyMark: string;
  readonly trainingMark: string;
  readonly businessDate: string;
  readonly openedAt: string;
  readonly openedBy: string;
  readonly closedAt: string;
  readonly closedBy: string;
  readonly saleCount: string;
  readonly sales: string;
  readonly discounts: string;
  readonly wechat: string;
  /** Printed only where something was taken so; says that it is unverified. */
  readonly staticCode: string;
  readonly cash: string;
  readonly float: string;
  /** Printed only where something was given back. */
  readonly refundsWechat: string;
  readonly refundsCash: string;
  readonly expectedCash: string;
  readonly countedCash: string;
  readonly difference: string;
  readonly signature: string;
}

/** The words of the paper that goes with money given back. */
export interface RefundReceiptLabels {
  readonly title: string;
  readonly copyMark: string;
  readonly trainingMark: string;
  readonly phone: string;
  readonly saleNumber: string;
  /** 商户单号, where no sale books the payment. */
  readonly paymentNumber: string;
  readonly refundNumber: string;
  readonly date: string;
  readonly till: string;
  /** Before the till that sold it, where another one gives the money back. */
  readonly soldBy: string;
  readonly cashier: string;
  readonly reason: string;
  readonly amount: string;
  readonly cash: string;
  readonly wechat: string;
  /** What reaches the customer's own account where a coupon had paid a part. */
  readonly customerGets: string;
  /** Says that the last four digits of the transaction's number follow. */
  readonly transactionLastFour: string;
  /** Says that the last four digits of the gateway's refund number follow. */
  readonly gatewayLastFour: string;
  /** That the money goes back the way it came. */
  readonly sameWay: string;
  /** Instead: that it went to the card the customer named, or that the shop pays it out itself. */
  readonly toCard: string;
  readonly shopPays: string;
  readonly signature: string;
  readonly journal: string;
}

/** The words of the slip of cash that moves without a sale. */
export interface CashSlipLabels {
  readonly payIn: string;
  readonly payOut: string;
  readonly safeDrop: string;
  readonly copyMark: string;
  readonly trainingMark: string;
  readonly date: string;
  readonly till: string;
  readonly cashier: string;
  readonly reason: string;
  readonly amount: string;
  readonly approvedBy: string;
  readonly signature: string;
}
