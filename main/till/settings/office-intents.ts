import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { OfficeView } from "#contract/ipc/office-view.ts";
import { may } from "#core/access/permissions.ts";
import { readEnrolmentCode } from "#core/barcode/enrolment-code.ts";
import { ok } from "#core/result.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { Scan } from "#main/till/ports/devices.ts";
import type { AddressChange, OfficeSetup } from "#main/till/ports/office-setup.ts";

/** The page asks every second. One that is gone or hidden must not keep a code from the cart for longer. */
const listenMs = 3_000;

/** Where head office and the shop's relay are, and the code that was scanned. All are a manager's. */
export const officeIntents = {
  "head-office": {
    needs: "signed-in",
    run: (till: TillContext): Outcome<OfficeView> =>
      asManager(till, (setup) => {
        listen(till);
        return ok(officeView(till, setup));
      }),
  },
  "save-head-office": {
    needs: "signed-in",
    run: (till: TillContext, { address }: IntentArgs<"save-head-office">): Outcome<OfficeView> =>
      asManager(till, (setup) => {
        const saved = setup.save(address);
        if (!saved.ok) return refuse(saved.fault);
        if (saved.value.before !== saved.value.after) noteChange(till, "head-office-changed", saved.value);
        return ok(officeView(till, setup));
      }),
  },
  "save-relay": {
    needs: "signed-in",
    run: (till: TillContext, { address }: IntentArgs<"save-relay">): Outcome<OfficeView> =>
      asManager(till, (setup) => {
        const saved = setup.saveRelay(address);
        if (!saved.ok) return refuse(saved.fault);
        if (saved.value.before !== saved.value.after) noteChange(till, "relay-changed", saved.value);
        return ok(officeView(till, setup));
      }),
  },
} as const;

/** True for an enrolment code while the page of head office is open: it fills the page's field and is no item. */
export function isForOffice({ state, deps }: TillContext, scan: Scan): boolean {
  const nowMs = deps.clock.now();
  if (nowMs >= state.officeCode.listenUntilMs) return false;
  const code = readEnrolmentCode(scan.text);
  if (code === null) return false;
  state.officeCode = { ...state.officeCode, scanned: { code, atMs: nowMs } };
  return true;
}

/** A page that is opened anew begins without the code of the one before. */
function listen({ state, deps }: TillContext): void {
  const nowMs = deps.clock.now();
  const isOpen = nowMs < state.officeCode.listenUntilMs;
  state.officeCode = { scanned: isOpen ? state.officeCode.scanned : null, listenUntilMs: nowMs + listenMs };
}

function asManager(till: TillContext, work: (setup: OfficeSetup) => Outcome<OfficeView>): Outcome<OfficeView> {
  const { cashier } = till.state;
  if (cashier === null) return refuse("not-signed-in");
  if (may(cashier.role, { kind: "change-settings" }) !== "yes") return refuse("not-allowed");
  const setup = till.deps.officeSetup ?? null;
  return setup === null ? refuse("not-allowed") : work(setup);
}

function officeView({ state, deps }: TillContext, setup: OfficeSetup): OfficeView {
  const { store, terminalId } = deps.config;
  return {
    shop: setup.shop,
    address: setup.address(),
    relayAddress: setup.relayAddress(),
    terminalKey: `${store.code}-${terminalId}`,
    scanned: state.officeCode.scanned,
  };
}

/** For whoever asks one day who changed what: it has happened, so a disk that refuses the note undoes nothing. */
function noteChange(
  till: TillContext,
  kind: "head-office-changed" | "relay-changed",
  change: AddressChange<string | null>,
): void {
  const body = { ...change, cashierId: till.state.cashier?.id ?? null };
  withoutFail(till, "note the address", () => till.deps.store.appendJournal({ kind, body }));
  till.changed("sync", "status");
}
