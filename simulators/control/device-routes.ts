import {
  drawerCloseRequest,
  printerSwitchesRequest,
  printerTearRequest,
  scannerSwitchesRequest,
  scanRequest,
} from "#contract/bench/devices.ts";
import type { DrawerTwin } from "../drawer/drawer-twin.ts";
import type { PrinterServer } from "../printer/printer-server.ts";
import type { PrinterTwin } from "../printer/printer-twin.ts";
import type { ScannerTwin } from "../scanner/scanner-twin.ts";
import { post } from "./post.ts";
import type { ControlRoute } from "./route.ts";

export interface Twins {
  readonly printer: PrinterTwin;
  readonly printerServer: PrinterServer;
  readonly drawer: DrawerTwin;
  readonly scanner: ScannerTwin;
}

/** The control interface of printer, drawer and scanner; the JSON shapes are contract/bench/devices.ts. */
export function deviceRoutes({ printer, printerServer, drawer, scanner }: Twins): readonly ControlRoute[] {
  const printerState = () => printer.state(printerServer.connections);
  return [
    post("/scanner/scan", scanRequest, async (request) => scanner.scan(request)),
    { method: "GET", path: "/scanner", handle: async () => scanner.state() },
    post("/scanner/switches", scannerSwitchesRequest, async (request) => {
      // The answer means it, as below.
      await scanner.turn(request);
      return scanner.state();
    }),
    { method: "GET", path: "/printer", handle: async () => printerState() },
    post("/printer/switches", printerSwitchesRequest, async (request) => {
      printer.turn(request);
      // The answer means it: after `unplugged` the port refuses, after replugging it accepts.
      await printerServer.settled();
      return printerState();
    }),
    post("/printer/tear", printerTearRequest, async () => {
      printer.tear();
      return printerState();
    }),
    { method: "GET", path: "/drawer", handle: async () => drawer.state() },
    post("/drawer/close", drawerCloseRequest, async () => {
      drawer.close();
      return drawer.state();
    }),
  ];
}
