import { fstatSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { poleModels } from "#contract/bench/pole-display.ts";
import { scaleModels } from "#contract/bench/scale.ts";
import { startGatewayAlone } from "./start-gateway.ts";
import { startSimulators } from "./start-simulators.ts";

const help = `Usage: simulators [wechatpay] [options]

The WeChat Pay gateway, the customer's wallet, a receipt printer with a cash drawer, a
barcode scanner, a scale and a pole display, all simulated, on 127.0.0.1. Prints one line of JSON on standard output when
everything listens. Ends on SIGTERM and SIGINT, and when its parent goes away (standard
input ends, if it is a pipe). With the word wechatpay, the gateway and the wallet alone.

  --gateway-port N   port of the gateway (default 0: any free one)
  --printer-port N   port of the printer, raw ESC/POS (default 0)
  --scanner-port N   port the till connects to for scans (default 0)
  --scale-port N     port of the scale (default 0)
  --pole-port N      port of the pole display (default 0)
  --control-port N   port of the control interface (default 0)
  --state-dir DIR    where keys and the ledger are kept (default: a temporary folder, removed at the end)
  --paper 80|58      paper width in millimetres (default 80)
  --scale MODEL      toledo-8217 (default), cas-22, cas-10 or and-18
  --pole MODEL       cd5220 (default) or led8
  --help             this text
`;

/** What Electron adds to `process` in a utility process; there is no other reason to know Electron here. */
interface ParentPort {
  on(event: "message", listener: (message: { readonly data: unknown }) => void): void;
}

await main();

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) return;
  const ownStateDir = options.stateDir === undefined ? mkdtempSync(join(tmpdir(), "tillway-simulators-")) : undefined;
  const stateDir = options.stateDir ?? ownStateDir ?? "";
  const removeOwnStateDir = () => {
    if (ownStateDir !== undefined) rmSync(ownStateDir, { recursive: true, force: true });
  };
  try {
    const start = options.isGatewayAlone ? startGatewayAlone : startSimulators;
    const simulators = await start({ ...options, stateDir, now: Date.now });
    // Before anybody knows that they are there, and may end them.
    onEnd(async () => {
      await simulators.close();
      removeOwnStateDir();
    });
    process.stdout.write(`${JSON.stringify(simulators.ready)}\n`);
  } catch (error) {
    removeOwnStateDir();
    console.error(`The simulators cannot start: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

function readOptions(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        "gateway-port": { type: "string", default: "0" },
        "printer-port": { type: "string", default: "0" },
        "scanner-port": { type: "string", default: "0" },
        "control-port": { type: "string", default: "0" },
        "state-dir": { type: "string" },
        "scale-port": { type: "string", default: "0" },
        "pole-port": { type: "string", default: "0" },
        paper: { type: "string", default: "80" },
        scale: { type: "string", default: scaleModels[0] },
        pole: { type: "string", default: poleModels[0] },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      return undefined;
    }
    const stranger = positionals.find((word) => word !== "wechatpay");
    if (stranger !== undefined) throw new Error(`there is no simulator called ${JSON.stringify(stranger)}`);
    return {
      isGatewayAlone: positionals.length > 0,
      gatewayPort: portNumber("--gateway-port", values["gateway-port"]),
      printerPort: portNumber("--printer-port", values["printer-port"]),
      scannerPort: portNumber("--scanner-port", values["scanner-port"]),
      controlPort: portNumber("--control-port", values["control-port"]),
      scalePort: portNumber("--scale-port", values["scale-port"]),
      polePort: portNumber("--pole-port", values["pole-port"]),
      scaleModel: oneOf("--scale", scaleModels, values.scale),
      poleModel: oneOf("--pole", poleModels, values.pole),
      stateDir: values["state-dir"],
      paperColumns: columnsOf(values.paper),
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    process.exitCode = 2;
    return undefined;
  }
}

function portNumber(name: string, text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(`${name} takes a number from 0 to 65535, got ${JSON.stringify(text)}`);
}

function oneOf<Word extends string>(name: string, words: readonly Word[], text: string): Word {
  const word = words.find((one) => one === text);
  if (word !== undefined) return word;
  throw new Error(`${name} takes ${words.join(", ")}, got ${JSON.stringify(text)}`);
}

function columnsOf(paperMillimetres: string): 48 | 32 {
  if (paperMillimetres === "80") return 48;
  if (paperMillimetres === "58") return 32;
  throw new Error(`--paper takes 80 or 58, got ${JSON.stringify(paperMillimetres)}`);
}

/** Calls `end` once, on whatever comes first of the signals and the parent's ways of going away, and then exits. */
function onEnd(end: () => Promise<void>): void {
  let isEnding = false;
  const once = (): void => {
    if (isEnding) return;
    isEnding = true;
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, once);
  process.on("disconnect", once);
  // Electron's types are no business of this layer, and outside Electron the property is absent.
  const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
  if (parentPort !== undefined) {
    parentPort.on("message", ({ data }) => {
      if (data === "end") once();
    });
    return;
  }
  // A pipe that ends is a parent that died. A terminal or /dev/null says nothing of the kind.
  const stdin = stdinKind();
  if (stdin === "pipe") process.stdin.on("end", once).on("error", once).resume();
}

function stdinKind(): "pipe" | "other" {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isSocket() ? "pipe" : "other";
  } catch {
    // Closed: there is nothing to watch.
    return "other";
  }
}
