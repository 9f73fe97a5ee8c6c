import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { PoleModel } from "#contract/bench/pole-display.ts";
import type { SimulatorsReady } from "#contract/bench/ready.ts";
import type { ScaleModel } from "#contract/bench/scale.ts";
import { counterRoutes } from "./control/counter-routes.ts";
import { deviceRoutes } from "./control/device-routes.ts";
import { startControlServer } from "./control/server.ts";
import { Watchers } from "./control/watchers.ts";
import { DrawerTwin } from "./drawer/drawer-twin.ts";
import { PoleServer } from "./pole-display/pole-server.ts";
import { PrinterServer } from "./printer/printer-server.ts";
import { PrinterTwin } from "./printer/printer-twin.ts";
import { ScaleServer } from "./scale/scale-server.ts";
import { ScannerTwin } from "./scanner/scanner-twin.ts";
import { startGateway } from "./start-gateway.ts";

const HOST = "127.0.0.1";

export interface SimulatorsOptions {
  /** 0 picks a free port; so do the next three. */
  readonly gatewayPort: number;
  readonly printerPort: number;
  readonly scannerPort: number;
  readonly controlPort: number;
  /** 0 when left out, as above; so is `polePort`. */
  readonly scalePort?: number;
  readonly polePort?: number;
  /** A Toledo 8217 when left out. */
  readonly scaleModel?: ScaleModel;
  /** A CD5220 when left out. */
  readonly poleModel?: PoleModel;
  /** Where the make-believe merchant's keys and the gateway's ledger are kept; made when missing. */
  readonly stateDir: string;
  readonly paperColumns: 48 | 42 | 32;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface Simulators {
  readonly ready: SimulatorsReady;
  readonly close: () => Promise<void>;
}

/**
 * Starts the gateway with the customer's wallet, the receipt printer with a drawer on pin 2, the scanner, the scale, the
 * pole display and their control interface, all on the loopback. Rejects when a port is taken or the state directory cannot be used; what had
 * started by then is closed again.
 */
export async function startSimulators(options: SimulatorsOptions): Promise<Simulators> {
  const { now } = options;
  // Closed in the reverse order of their starting.
  const started: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    // Absolute, because the ready line hands paths in it to another process.
    const stateDir = resolve(options.stateDir);
    mkdirSync(stateDir, { recursive: true });
    const watchers = new Watchers();
    const { announce } = watchers;
    const gateway = await startGateway({ port: options.gatewayPort, host: HOST, stateDir, now, announce });
    started.push(() => gateway.close());
    const drawer = new DrawerTwin({ pin: 2, isOpenHigh: true, now, announce });
    const profile = { columns: options.paperColumns, allowsFourByteChinese: false };
    const printer = new PrinterTwin({ profile, drawer, now, announce });
    const printerServer = await PrinterServer.start(printer, HOST, options.printerPort);
    started.push(() => printerServer.close());
    const scanner = await ScannerTwin.start(announce, HOST, options.scannerPort);
    started.push(() => scanner.close());
    const scaleModel = options.scaleModel ?? "toledo-8217";
    const scale = await ScaleServer.start({ model: scaleModel, now, announce }, HOST, options.scalePort ?? 0);
    started.push(() => scale.close());
    const poleModel = options.poleModel ?? "cd5220";
    const pole = await PoleServer.start({ model: poleModel, isChinese: false, announce }, HOST, options.polePort ?? 0);
    started.push(() => pole.close());
    const token = randomBytes(32).toString("base64url");
    const routes = [
      ...deviceRoutes({ printer, printerServer, drawer, scanner }),
      ...counterRoutes(scale, pole),
      ...gateway.routes,
    ];
    const control = await startControlServer({ port: options.controlPort, token, routes, watchers });
    started.push(() => control.close());
    const ready: SimulatorsReady = {
      ready: true,
      gateway: gateway.ready,
      printer: printerServer.address,
      scanner: { host: HOST, port: scanner.port },
      scale: scale.address,
      poleDisplay: pole.address,
      control: { url: control.url, token },
    };
    return { ready, close };
  } catch (error) {
    await close();
    throw error;
  }
}
