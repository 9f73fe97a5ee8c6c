import { DeviceSet } from "./device-set.ts";
import { openHostPort } from "./host-port.ts";
import { SetUpDesk } from "./set-up-desk.ts";

/**
 * The device host: the process that holds every port and printer, so that a driver that hangs can be killed without
 * touching the sale. It knows no sales: scans go out, receipts already laid out come in. Every `configure` is answered
 * with `host-ready`, unchanged ones too: main uses them to see that the host is alive.
 */

const port = openHostPort();

/** The exit of a process waits for its blocked pool threads; only a signal does not. Main starts the next one. */
function dieNow(): void {
  process.kill(process.pid, "SIGKILL");
}

const devices = new DeviceSet((event) => port.send(event), dieNow);
const setUp = new SetUpDesk({ devices, report: (event) => port.send(event), onStuck: dieNow });

port.onRequest((request) => {
  switch (request.kind) {
    case "configure":
      setUp.use(request.devices);
      return void devices.configure(request.devices);
    case "print":
      return devices.print(request);
    case "cancel-print":
      return devices.cancelPrint(request.jobId);
    case "print-test-sheet":
      return devices.printTestSheet(request);
    case "kick-drawer":
      return void devices.kickDrawer(request);
    case "weigh":
      return devices.weigh(request.isWanted);
    case "show-on-pole":
      return devices.showOnPole(request.show);
    case "system-printers":
      return devices.spooler.told(request.names);
    case "pages-ended":
      return devices.spooler.ended(request.jobId, request.end);
    case "answer-old-till":
      return devices.answerOldTill(request.askId, request.text);
    case "close":
      // A turn of the event loop lets the last progress reports leave.
      return void devices.close().then(() => setTimeout(() => process.exit(0), 10));
    default:
      return setUp.answer(request);
  }
});
port.onOrphaned(() => process.exit(0));
port.send({ kind: "host-ready" });
