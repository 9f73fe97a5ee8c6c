import type { TraceEntry, TraceMeaning } from "#contract/ipc/devices-view.ts";
import type { TraceLine } from "#contract/devices/trace.ts";
import { interpretScan, type ScanMeaning } from "#core/barcode/interpret-scan.ts";
import type { TillContext } from "#main/till/context.ts";
import { today } from "#main/till/today.ts";
import type { DeviceSetup } from "#main/till/ports/device-setup.ts";
import type { Scan } from "#main/till/ports/devices.ts";

/** The page asks several times a second. One that is gone or hidden must not keep a scan from the cart for longer. */
const selfTestMs = 5_000;

/** What went over the lines since `after`, with what the till would make of it. Scans do not sell meanwhile. */
export function runSelfTest(till: TillContext, setup: DeviceSetup, after: number): readonly TraceEntry[] {
  till.state.selfTestUntilMs = till.deps.clock.now() + selfTestMs;
  setup.trace();
  return setup.traceAfter(after).map(({ seq, line }) => ({ seq, line, meaning: meaningOf(till, line) }));
}

export function endSelfTest(till: TillContext, setup: DeviceSetup): void {
  till.state.selfTestUntilMs = 0;
  setup.endTrace();
}

/** True for a scan that is not meant to sell: a self-test is open, or it is the pairing code. */
export function isForSetUp(till: TillContext, scan: Scan): boolean {
  const setup = till.deps.deviceSetup ?? null;
  if (setup === null) return false;
  if (setup.isPairingCode(scan.text)) {
    setup.pairedAlready(scan.deviceId);
    return true;
  }
  return till.deps.clock.now() < till.state.selfTestUntilMs;
}

function meaningOf(till: TillContext, line: TraceLine): TraceMeaning | null {
  if (line.kind !== "scan" || line.text === null) return null;
  const context = { isTakingPayment: false, labelTemplates: till.deps.labelTemplates, businessDate: today(till) };
  const meaning = interpretScan({ text: line.text, aim: line.aim }, context);
  const item = itemOf(till, meaning);
  return { kind: meaning.kind, item: item === null ? null : { nameZh: item.nameZh, nameEn: item.nameEn } };
}

function itemOf(till: TillContext, meaning: ScanMeaning) {
  const { catalog } = till.deps;
  if (meaning.kind === "item") return catalog.findByBarcode(meaning.barcode)?.item ?? null;
  return meaning.kind === "weighed-label" ? catalog.findByScaleCode(meaning.scaleCode) : null;
}
