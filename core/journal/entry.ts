/** What the till writes down for ever. Corrections are new entries. */
export type JournalKind =
  | "epoch-opened"
  | "sale-completed"
  | "attempt-created"
  | "attempt-settled"
  | "refund-created"
  | "refund-retried"
  /** Money given back, or provably not; a refused refund may be retried and settle again. */
  | "refund-settled"
  /** A day beside the gateway's bill, where the comparison says something new. */
  | "day-reconciled"
  /** A day's kept sums are not what its journal adds up to; and they were made again from it. */
  | "totals-disagreed"
  | "totals-repaired"
  | "finding-acted-on"
  /** A taking by the shop's printed code found in its WeChat records, or provably not there. */
  | "static-code-matched"
  | "static-code-never-received"
  /** Taken out of a sale before it was finished. */
  | "static-code-dropped"
  /** A manager has seen to one that did not reach the customer. */
  | "refund-handled"
  /** The word to give money back that was asked for was not used: it counts against no other till any more. */
  | "refund-grant-returned"
  | "line-voided"
  | "sale-voided"
  | "sale-held"
  | "sale-recalled"
  /** A held sale went to every till of the shop, and one of theirs came here. */
  | "held-sale-given"
  | "held-sale-taken"
  | "discount-granted"
  /** By whose word a pack past its date was sold, with its lot and dates. */
  | "expired-pack-sold"
  | "shift-opened"
  | "shift-closed"
  | "signed-in"
  | "signed-out"
  | "sign-in-refused"
  | "receipt-reprinted"
  /** A waiting receipt was taken out of the print queue. */
  | "print-cancelled"
  | "drawer-opened"
  /** What became of the pulse: whether it left for the drawer. */
  | "drawer-kick-ended"
  /** Which merchant takes the payments from here on, and by which certificate; never a key. */
  | "merchant-set-up"
  /** A device was set up, changed or taken away, and by whom. */
  | "device-changed"
  /** Another address of head office, and by whom. */
  | "head-office-changed"
  /** Another address of the shop's relay, or none any more, and by whom. */
  | "relay-changed"
  | "clock-jumped"
  /** The till and head office know each other from here on, by whose word. */
  | "enrolled"
  | "sync-alarm-seen"
  /** Somebody has a PIN from here on; never the PIN. */
  | "pin-set";

export interface JournalHeader {
  readonly terminalId: string;
  readonly epoch: string;
  /** 1, 2, 3 … without a gap inside an epoch. */
  readonly seq: number;
  readonly kind: JournalKind;
  /** Version of the body's shape. */
  readonly v: number;
  /** RFC 3339, till clock; for people, never for order. */
  readonly atWall: string;
  /** Milliseconds of the monotonic clock since the process started. */
  readonly atMono: number;
}

export interface JournalEntry extends JournalHeader {
  /** The exact UTF-8 bytes that were hashed. */
  readonly body: Uint8Array;
  readonly prev: Uint8Array;
  /** SHA-256(prev ‖ canonical header ‖ body). */
  readonly hash: Uint8Array;
}

/** SHA-256, passed in: core has no crypto of its own. */
export type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array;
