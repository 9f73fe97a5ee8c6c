import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cases, type Stage } from "./cases.ts";
import { FarHidPos, FarKeyboard, FarSerial, openFarPrinter } from "./far-devices.ts";
import { buildGadget, plugInGadget } from "./gadget.ts";
import { inTime } from "./in-time.ts";
import { TillSide, usbPrinter } from "./till-side.ts";

// Runs inside the guest, as root: the gadget is the shop's devices, the device host is the product's. A line for each
// case, then `N passed, N failed`.

const till = new TillSide();
await till.use({ printer: usbPrinter });
await till.comesTo("printer", "absent");
buildGadget();
plugInGadget();
const stage = await openStage();
let failed = 0;
for (const { name, run } of cases) {
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
console.log(`${cases.length - failed} passed, ${failed} failed`);
// The gadget's sides are read for ever.
process.kill(process.pid, "SIGKILL");

async function openStage(): Promise<Stage> {
  await inTime("the gadget's own nodes are there", () => existsSync("/dev/g_printer0") && existsSync("/dev/ttyGS0"));
  // Without it the gadget's tty would send a CR as CR LF.
  execFileSync("stty", ["-F", "/dev/ttyGS0", "raw", "-echo"]);
  const printer = await openFarPrinter();
  return {
    till,
    printer,
    keyboard: new FarKeyboard(),
    hidPos: new FarHidPos(),
    serial: new FarSerial(),
  };
}
