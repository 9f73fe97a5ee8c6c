/** What a pole display's lamps can say of the number: 单价, 总计, 收款, 找零. */
export type PoleLamp = "none" | "price" | "total" | "collect" | "change";

/** What the customer's pole display shows; each kind takes the part it can show, cut to its size. */
export interface PoleShow {
  readonly upper: string;
  readonly lower: string;
  /** For a display of digits only: "-12.50", empty for dark. */
  readonly digits: string;
  readonly lamp: PoleLamp;
}
