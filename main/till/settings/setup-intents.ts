import type { IntentArgs, IntentName } from "#contract/ipc/intents.ts";
import type { SetupView } from "#contract/ipc/setup-view.ts";
import { may } from "#core/access/permissions.ts";
import { ok, type Result } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { MerchantSetup, SetupFault } from "#main/till/ports/merchant-setup.ts";
import { cancelTest, forgetDraftTest, runTest } from "./connection-testing.ts";
import { importMerchant, saveMerchant } from "./saving-merchant.ts";

type Setup = Extract<IntentName, `setup${string}`>;
type Work<N extends Setup> = (
  till: TillContext,
  setup: MerchantSetup,
  args: IntentArgs<N>,
) => Result<null, SetupFault> | Promise<Result<null, SetupFault> | Outcome> | void | Promise<void>;

/** Setting WeChat Pay up. Every intent is a manager's, asks main again, and is answered with the page as it then is. */
export const setupIntents = {
  setup: asManager<"setup">(() => {}),
  "setup-begin": asManager<"setup-begin">((_till, setup) => setup.begin()),
  "setup-discard": asManager<"setup-discard">((till, setup) => {
    cancelTest(till);
    setup.discard();
  }),
  "setup-fields": asManager<"setup-fields">((till, setup, { step, fields }) => {
    const changed = given(fields);
    if (Object.keys(changed).length > 0) forgetDraftTest(till);
    return setup.setFields(step, changed);
  }),
  "setup-choose-file": asManager<"setup-choose-file">((till, setup, { slot }) => {
    forgetDraftTest(till);
    return setup.chooseFile(slot);
  }),
  "setup-clipboard": asManager<"setup-clipboard">((till, setup, { slot }) => {
    forgetDraftTest(till);
    return setup.takeFromClipboard(slot);
  }),
  "setup-type-key": asManager<"setup-type-key">((till, setup, { slot, text }) => {
    forgetDraftTest(till);
    return setup.typeKey(slot, text);
  }),
  "setup-test": asManager<"setup-test">((till, setup, { of }) => runTest(till, setup, of)),
  "setup-cancel-test": asManager<"setup-cancel-test">((till) => cancelTest(till)),
  "setup-save": asManager<"setup-save">(saveMerchant),
  "setup-import": asManager<"setup-import">(importMerchant),
  "setup-reopen": asManager<"setup-reopen">((_till, setup) => setup.reopen()),
} as const;

function asManager<N extends Setup>(work: Work<N>) {
  return {
    needs: "signed-in" as const,
    async run(till: TillContext, args: IntentArgs<N>): Promise<Outcome<SetupView>> {
      const allowed = managersSetup(till);
      if (!allowed.ok) return allowed;
      const done = await work(till, allowed.value, args);
      if (done !== undefined && !done.ok) {
        return typeof done.fault === "string" ? refuse(done.fault) : { ok: false, fault: done.fault };
      }
      // Whoever is signed in by now may be somebody else.
      const still = managersSetup(till);
      return still.ok ? ok(still.value.view()) : still;
    },
  };
}

function managersSetup(till: TillContext): Outcome<MerchantSetup> {
  const { cashier } = till.state;
  if (cashier === null) return refuse("not-signed-in");
  if (may(cashier.role, { kind: "change-settings" }) !== "yes") return refuse("not-allowed");
  const setup = till.deps.merchantSetup ?? null;
  return setup === null ? refuse("not-allowed") : ok(setup);
}

/** What the message carries; a member that is there and undefined says nothing. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Entries whose value is undefined are gone, which is all that the type says.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
