/** What the settings page of head office shows beside `SyncView`; asked for again and again while the page is open. */
export interface OfficeView {
  /** `demo`: nothing can be saved, because there is no shop yet. */
  readonly shop: "real" | "demo";
  /** As terminal.json names it: scheme, host and port; null where it names none. */
  readonly address: string | null;
  /** The shop's relay, as terminal.json names it; null where the shop has none. */
  readonly relayAddress: string | null;
  /** This till among the company's, e.g. `BJ01-T01`: what a code at head office is made for. */
  readonly terminalKey: string;
  /** The enrolment code that was scanned last while the page was open; null before. */
  readonly scanned: { readonly code: string; readonly atMs: number } | null;
}

/** Why an address cannot be head office's. */
export type OfficeAddressProblem =
  | "empty"
  | "not-an-address"
  /** Plain http to another machine. */
  | "not-secure"
  | "has-credentials"
  | "has-path";

/** Why an address cannot be the relay's. An empty one is none: the shop has no relay. */
export type RelayAddressProblem =
  | Exclude<OfficeAddressProblem, "empty">
  /** Head office's own: what is sent there is no second copy. */
  | "is-head-office"
  /** A relay keeps what goes on to a head office; none is set. */
  | "needs-head-office";
