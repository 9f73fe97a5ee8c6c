import { existsSync } from "node:fs";
import { cases, type Stage } from "./cases.ts";
import { FarHidPos, FarKeyboard, FarSerial, openFarPrinter } from "./far-devices.ts";
import { buildGadget, plugInGadget } from "./gadget.ts";
import { inTime } from "./in-time.ts";
import { hidNode, keyboardNode } from "./nodes.ts";
import { TillSide, usbPrinter } from "./till-side.ts";

// Runs inside the guest, as root: the gadget is the shop's devices, the device host is the product's. A line for each
// case, then `N passed, N failed`.

const till = new TillSide();
await till.use({ printer: usbPrinter });
await till.comesTo("printer", "absent");
buildGadget();
plugInGadget();
const stage = await openStage();
const wanted = cases.filter(({ name }) => name.includes(process.argv[2] ?? ""));
let failed = 0;
for (const { name, run } of wanted) {
  const began = performance.now();
  try {
    await run(stage);
    console.log(`ok      ${name} (${Math.round(performance.now() - began)} ms)`);
  } catch (cause) {
    failed += 1;
    console.log(`FAILED  ${name}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
await till.client.close();
console.log(`${wanted.length - failed} passed, ${failed} failed`);
// The gadget's sides are read for ever.
process.kill(process.pid, "SIGKILL");

async function openStage(): Promise<Stage> {
  // The gadget's own sides open only when the till's side has bound its drivers.
  await inTime(
    "the drivers have bound",
    () => existsSync("/dev/usb/lp0") && existsSync("/dev/ttyACM0") && keyboardNode() !== undefined && hidNode(0x8c),
  );
  const printer = await openFarPrinter();
  return {
    till,
    printer,
    keyboard: new FarKeyboard(),
    hidPos: new FarHidPos(),
    serial: new FarSerial(),
  };
}
