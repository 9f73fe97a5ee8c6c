import type { BoundMoney } from "#contract/ipc/setup-view.ts";
import { fail, ok } from "#core/result.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import type { Outcome } from "#main/till/outcome.ts";
import { refuse } from "#main/till/outcome.ts";
import { cancelTest } from "./connection-testing.ts";
import type { MerchantSetup } from "#main/till/ports/merchant-setup.ts";

/**
 * Goes over to what was entered. Another merchant is refused while money is under way with the present one, whose orders
 * only it can ask about; other keys of the same merchant take what is unfinished along.
 */
export async function saveMerchant(till: TillContext, setup: MerchantSetup): Promise<Outcome> {
  const saved = await setup.save((isAnother) => !isAnother || boundMoney(till).length === 0);
  if (!saved.ok) return refuse(saved.fault);
  if (saved.value === "bound") return fail({ kind: "setup-bound", money: boundMoney(till) });
  // It was about the merchant before, or about what is now no draft any more.
  cancelTest(till);
  noteMerchant(till, setup);
  return ok(null);
}

/** The keys of terminal.json's files are kept by the till from now on. */
export async function importMerchant(till: TillContext, setup: MerchantSetup): Promise<Outcome> {
  const imported = await setup.importFiles();
  if (!imported.ok) return refuse(imported.fault);
  noteMerchant(till, setup);
  return ok(null);
}

/** For whoever asks one day who changed what: it has happened, so a disk that refuses the note undoes nothing. */
function noteMerchant(till: TillContext, setup: MerchantSetup): void {
  const { now } = setup.view();
  if (now === null) return;
  const { mchid, subMchid, certSerial, codepayProtocol, baseUrl } = now;
  const body = { mchid, subMchid, certSerial, codepayProtocol, baseUrl, cashierId: till.state.cashier?.id ?? null };
  withoutFail(till, "note the merchant", () => till.deps.store.appendJournal({ kind: "merchant-set-up", body }));
  till.changed("status");
}

/** What the gateway has not ended, whether anything drives it at the moment or not. */
function boundMoney(till: TillContext): readonly BoundMoney[] {
  const { store } = till.deps;
  const payments = store
    .unfinishedAttempts()
    .map(({ outTradeNo, amountFen }): BoundMoney => ({ kind: "payment", number: outTradeNo, amountFen }));
  const refunds = store
    .unfinishedRefunds()
    .map(({ refundNo, amountFen }): BoundMoney => ({ kind: "refund", number: refundNo, amountFen }));
  return [...payments, ...refunds];
}
