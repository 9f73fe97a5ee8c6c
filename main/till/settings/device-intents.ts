import type { IntentArgs, IntentName } from "#contract/ipc/intents.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import { may } from "#core/access/permissions.ts";
import { fail, ok } from "#core/result.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { showPoleSample } from "#main/till/pole/pole-sample.ts";
import type { DeviceChange, DeviceSetup } from "#main/till/ports/device-setup.ts";
import { endSelfTest, runSelfTest } from "./self-test.ts";

type Change = Extract<
  IntentName,
  "device-save" | "device-remove" | "device-restart" | "test-sheet" | `pairing-${string}`
>;
type Work<N extends Change> = (till: TillContext, setup: DeviceSetup, args: IntentArgs<N>) => Outcome;

/** Devices: whoever is signed in looks and tests, a manager changes. Every answer is the page as it then is. */
export const deviceIntents = {
  devices: { needs: "signed-in", run: (till: TillContext) => withSetup(till, (setup) => ok(devicesView(till, setup))) },
  "device-save": asManager<"device-save">((till, setup, { section, was }) => {
    // As main/ipc has parsed it: what the message left out has its default by now.
    return noted(till, setup.save(section as Parameters<DeviceSetup["save"]>[0], was));
  }),
  "device-remove": asManager<"device-remove">((till, setup, { role, deviceId }) =>
    noted(till, setup.remove(role, deviceId)),
  ),
  "device-restart": asManager<"device-restart">((_till, setup, { role, deviceId }) => {
    const restarted = setup.restart(role, deviceId);
    return restarted.ok ? restarted : refuse(restarted.fault);
  }),
  "test-sheet": asManager<"test-sheet">((_till, setup, { printer }) => {
    // As above.
    setup.printTestSheet(printer as Parameters<DeviceSetup["printTestSheet"]>[0]);
    return ok(null);
  }),
  "pole-sample": {
    needs: "signed-in",
    run: (till: TillContext) =>
      withSetup(till, (setup) => (showPoleSample(till) ? ok(devicesView(till, setup)) : refuse("no-such-device"))),
  },
  "pairing-begin": asManager<"pairing-begin">(beginPairing),
  "pairing-use-typed": asManager<"pairing-use-typed">((_till, setup) => {
    const used = setup.useTyped();
    return used.ok ? used : refuse(used.fault);
  }),
  "pairing-end": asManager<"pairing-end">((_till, setup) => {
    setup.endPairing();
    return ok(null);
  }),
  "self-test": {
    needs: "signed-in",
    run: (till: TillContext, args: IntentArgs<"self-test">) =>
      withSetup(till, (setup) =>
        ok({ entries: runSelfTest(till, setup, args.after), devices: devicesView(till, setup) }),
      ),
  },
  "self-test-end": {
    needs: "signed-in",
    run: (till: TillContext) =>
      withSetup(till, (setup) => {
        endSelfTest(till, setup);
        return ok(null);
      }),
  },
} as const;

function asManager<N extends Change>(work: Work<N>) {
  return {
    needs: "signed-in" as const,
    run: (till: TillContext, args: IntentArgs<N>): Outcome<DevicesView> =>
      withSetup(till, (setup) => {
        if (!mayChange(till)) return refuse("not-allowed");
        const done = work(till, setup, args);
        return done.ok ? ok(devicesView(till, setup)) : done;
      }),
  };
}

function withSetup<T>(till: TillContext, work: (setup: DeviceSetup) => Outcome<T>): Outcome<T> {
  const setup = till.deps.deviceSetup ?? null;
  return setup === null ? refuse("not-allowed") : work(setup);
}

function mayChange(till: TillContext): boolean {
  const { cashier } = till.state;
  return cashier !== null && may(cashier.role, { kind: "change-settings" }) === "yes";
}

function devicesView(till: TillContext, setup: DeviceSetup): DevicesView {
  const isAllowed = mayChange(till);
  return {
    shop: setup.shop,
    mayChange: isAllowed,
    devices: setup.devices(),
    found: isAllowed ? setup.found() : [],
    pairing: isAllowed ? setup.pairing() : { kind: "none" },
    testSheet: isAllowed ? setup.sheet() : { kind: "none" },
    drawer: setup.drawer(),
  };
}

/** Listens for a scanner; the one that is found becomes the till's at once, in the name of the manager who began. */
function beginPairing(till: TillContext, setup: DeviceSetup, { at }: IntentArgs<"pairing-begin">): Outcome {
  const manager = till.state.cashier;
  const begun = setup.pair(at, ({ transport, prefix }) => {
    // Whoever is signed in by now may be somebody else.
    if (till.state.cashier !== manager) return fail("not-allowed");
    const saved = setup.save({ role: "scanner", config: { id: "new", transport, prefix } });
    if (!saved.ok) return saved;
    noteChange(till, saved.value);
    till.deps.playSound("found");
    return ok({ deviceId: saved.value.after?.config.id ?? "" });
  });
  return begun.ok ? begun : refuse(begun.fault);
}

function noted(till: TillContext, changed: ReturnType<DeviceSetup["save"]>): Outcome {
  if (!changed.ok) return refuse(changed.fault);
  noteChange(till, changed.value);
  return ok(null);
}

/** For whoever asks one day who changed what: it has happened, so a disk that refuses the note undoes nothing. */
function noteChange(till: TillContext, { before, after }: DeviceChange): void {
  const section = after ?? before;
  const body = {
    ...{ role: section?.role ?? null, deviceId: section?.config.id ?? null },
    ...{ before: before?.config ?? null, after: after?.config ?? null },
    cashierId: till.state.cashier?.id ?? null,
  };
  withoutFail(till, "note the device", () => till.deps.store.appendJournal({ kind: "device-changed", body }));
  till.changed("shop", "status", "payment");
}
