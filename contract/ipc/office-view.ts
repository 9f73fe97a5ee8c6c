/** What the settings page of head office shows beside `SyncView`; asked for again and again while the page is open. */
export interface OfficeView {
  /** `demo`: nothing can be saved, because there is no shop yet. */
  readonly shop: "real" | "demo";
  /** As terminal.json names it: scheme, host and port; null where it names none. */
  readonly address: string | null;
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
