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
  /** A payment on the customer's phone that the cashier gave up: head office gives back what was paid. */
  | "carried-abandoned"
  /** A proof of one that did not count. */
  | "carried-refused"
  /** A manager has seen to one that did not reach the customer. */
  | "refund-handled"
  /** Lines and quantities that came back, their condition, and the refunds that gave their money back. */
  | "goods-returned"
  /** 无小票退货: goods of which nobody knows the sale, and the cash that was given for them. */
  | "return-without-receipt"
  /** How much there is of goods: what came in, what a delivery was taken back, what was counted, what somebody says. */
  | "goods-received"
  | "goods-receipt-reversed"
  | "stock-take-begun"
  | "stock-taken"
  | "stock-take-dropped"
  | "stock-corrected"
  /** Whether an item is stocked and when it is low; what the till does when it sells what is not there. */
  | "stock-item-set"
  | "stock-policy-set"
  /** By whose word more was sold than there is by the books. */
  | "short-stock-sold"
  /** Levels that are not what their moves add up to; and they were made so again. */
  | "stock-disagreed"
  | "stock-repaired"
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
  /** A count of the drawer at the end of a shift; each one that was given. */
  | "drawer-counted"
  /** Cash that came into the drawer or left it without a sale: 补款, 支出, 缴存. */
  | "cash-moved"
  /** What a manager says of a closed shift afterwards; its Z stays as it is. */
  | "shift-correction"
  /** A closed shift's Z was printed again. */
  | "z-reprinted"
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
  /** Where old tills come in over HTTPS and what they may, and by whom. */
  | "legacy-changed"
  /** Which files go to and come from other systems of the shop, and by whom. */
  | "legacy-files-changed"
  | "legacy-file-written"
  /** What a manager set on a page of the till: the shop's words, its logo, its day, languages, look, screens, keys. */
  | "settings-changed"
  | "clock-jumped"
  /** The till and head office know each other from here on, by whose word. */
  | "enrolled"
  | "sync-alarm-seen"
  /** Goods and categories as they were and as they are from here on, with both prices; and a list taken in as a whole. */
  | "item-changed"
  | "item-images-changed"
  | "category-changed"
  | "catalog-imported"
  /** Somebody has a PIN from here on; never the PIN. */
  | "pin-set"
  /** Somebody new, and what became of a person: name, role, whether they sign in; before and after. */
  | "person-added"
  | "person-changed"
  /** Somebody has a badge from here on, or none any more; never what is on it. */
  | "badge-made"
  | "badge-revoked"
  /** What a role may do from here on, and what it might before. */
  | "rights-changed"
  /** When the screen locks, and whether a badge needs its PIN. */
  | "access-changed"
  | "screen-locked"
  | "screen-unlocked"
  /** The till went over to training with its own books, and came back. */
  | "training-entered"
  | "training-left"
  /** The books were copied to the shop's folder and read back; and: these are the books of such a copy. */
  | "backup-made"
  | "backup-restored"
  /** The journal was looked through and written to a file. */
  | "journal-exported"
  /** What support is given was put into a file, by whom. */
  | "support-package-saved"
  /** 改价: another price for a line, why and by whose word; the old price again with an empty reason. */
  | "price-overridden"
  /** A promotion was added, changed or ended, and by whom. */
  | "promotion-changed"
  /** Of members by their bare ids; never a name, a number or what is on a card. And what points are earned and spent at. */
  | "member-enrolled"
  | "member-changed"
  | "member-deleted"
  | "point-rates-changed"
  /** An old till asked for a payment or for money to go back, before anything of it began; and what it was answered. */
  | "legacy-asked"
  | "legacy-answered"
  /** An old till may ask over HTTPS from here on, or no longer; by whose word, and never its token. */
  | "legacy-paired"
  | "legacy-unpaired";

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
