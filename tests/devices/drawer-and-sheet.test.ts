import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { describe, expect, it, onTestFinished } from "vitest";
import type { PrinterConfig } from "#contract/config/devices.ts";
import type { PrintLine, PrintProgress } from "#contract/devices/messages.ts";
import type { DrawerState } from "#main/till/ports/devices.ts";
import { DrawerTwin } from "#simulators/drawer/drawer-twin.ts";
import { PrinterServer } from "#simulators/printer/printer-server.ts";
import { PrinterTwin } from "#simulators/printer/printer-twin.ts";
import { onTcp, printerOn, startClient, tcpDevice, until, type ClientRig } from "./rig.ts";

interface Twins {
  readonly twin: PrinterTwin;
  readonly drawer: DrawerTwin;
  readonly port: number;
}

async function twins(isOpenHigh: boolean): Promise<Twins> {
  const common = { now: () => Date.now(), announce: () => {} };
  const drawer = new DrawerTwin({ pin: 2, isOpenHigh, ...common });
  const twin = new PrinterTwin({ profile: { columns: 48, allowsFourByteChinese: false }, drawer, ...common });
  const server = await PrinterServer.start(twin, "127.0.0.1", 0);
  onTestFinished(() => server.close());
  return { twin, drawer, port: server.address.port };
}

async function connect(
  port: number,
  changes: Partial<PrinterConfig>,
): Promise<{ rig: ClientRig; heard: (DrawerState | null)[] }> {
  const rig = startClient({ scanners: [], printer: printerOn(onTcp(port), changes) });
  const heard: (DrawerState | null)[] = [];
  rig.client.onDrawer((state) => heard.push(state));
  await until("the printer is ready", () => rig.client.statuses()[0]?.state === "ready");
  return { rig, heard };
}

function isEnd({ state }: PrintProgress): boolean {
  return state !== "waiting" && state !== "sending";
}

describe("the drawer's switch", () => {
  it.each([
    ["high when open", true, "high-is-open"],
    ["low when open", false, "low-is-open"],
  ] as const)("that is %s tells open and shut", async (_name, isOpenHigh, sensor) => {
    const { drawer, port } = await twins(isOpenHigh);
    const { rig, heard } = await connect(port, { drawer: { pin: 2, onMs: 50, offMs: 500, sensor } });
    await until("it is known to be shut", () => heard.at(-1)?.isOpen === false);
    expect(await rig.client.kickDrawer("k", 2_000)).toBe("kicked");
    await until("it is known to be open", () => heard.at(-1)?.isOpen === true);
    drawer.close();
    await until("it is known to be shut again", () => heard.at(-1)?.isOpen === false);
    expect(heard.at(-1)).toEqual({ deviceId: "printer", isPin3High: !isOpenHigh, isOpen: false });
  });

  it("of an unknown kind tells its level only, from which set-up learns", async () => {
    const { port } = await twins(true);
    const { rig, heard } = await connect(port, {});
    await until("the level is known", () => heard.length > 0);
    await rig.client.kickDrawer("k", 2_000);
    await until("the level has changed", () => heard.length > 1);
    expect(heard).toEqual([
      { deviceId: "printer", isPin3High: false, isOpen: null },
      { deviceId: "printer", isPin3High: true, isOpen: null },
    ]);
  });

  it("is nobody's word any more when the host that heard it is gone", async () => {
    const { port } = await twins(true);
    const { rig, heard } = await connect(port, { drawer: { pin: 2, onMs: 50, offMs: 500, sensor: "high-is-open" } });
    await until("it is known", () => heard.length === 1);
    rig.hosts[0]?.kill("SIGKILL");
    await until("nobody knows", () => heard.includes(null));
    await until("it is known again", () => heard.at(-1)?.isOpen === false);
  });
});

describe("the test sheet", () => {
  it("prints on the till's own printer and on one it never heard of, each item under its number", async () => {
    const own = await twins(true);
    const other = await twins(true);
    const { rig } = await connect(own.port, {});
    for (const { twin, port } of [own, other]) {
      const heard: PrintProgress[] = [];
      rig.client.printTestSheet(`sheet-${port}`, printerOn(onTcp(port)), (progress) => heard.push(progress));
      await until("the sheet is done", () => heard.some(isEnd));
      expect(heard.at(-1)).toEqual({ state: "printed", confirmed: false });
      await until("it is cut", () => twin.state(0).papers.length === 1);
      const text = twin
        .state(0)
        .papers.flatMap((paper) => paper.elements)
        .map((element) =>
          element.kind === "text" ? element.runs.map((run) => run.text).join("") : `<${element.kind}>`,
        );
      const gb = "4. 中文收银小票 合计￥8.50";
      expect(text).toEqual(
        expect.arrayContaining([gb, "9. Café señor ¥8.50", "<qr>", "<raster>", "<barcode>", "<cut>"]),
      );
      expect(text.filter((line) => /^\d+\. /.test(line))).toHaveLength(13);
    }
    expect(other.twin.state(0).papers).toHaveLength(1);
  });

  it("on a printer nobody answers at is given up, unsent", async () => {
    const device = await tcpDevice();
    await device.unplug();
    const { port } = await twins(true);
    const { rig } = await connect(port, {});
    const heard: PrintProgress[] = [];
    rig.client.printTestSheet("sheet", printerOn(onTcp(device.port)), (progress) => heard.push(progress));
    await until("it is given up", () => heard.some(isEnd));
    expect(heard.at(-1)).toEqual({ state: "not-sent", trouble: "not-connected" });
  });
});

describe("a logo", () => {
  const receipt: readonly PrintLine[] = [{ kind: "logo" }, { kind: "text", text: "shop", align: "left", style: {} }];

  async function print(
    logo: string,
  ): Promise<{ readonly kinds: readonly string[]; readonly rig: ClientRig; readonly twin: PrinterTwin }> {
    const { twin, port } = await twins(true);
    const { rig } = await connect(port, { logo });
    const heard: PrintProgress[] = [];
    rig.client.print("job", receipt, (progress) => heard.push(progress));
    await until("it is printed", () => heard.some(isEnd));
    await until("it is cut", () => twin.state(0).papers.length === 1);
    return { rig, twin, kinds: twin.state(0).papers.flatMap((paper) => paper.elements.map((element) => element.kind)) };
  }

  it("is scaled to the paper, dithered, and stands above the text", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tillway-logo-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "logo.png");
    writeFileSync(file, greyPng(1_152, 300));
    const { kinds, twin } = await print(file);
    expect(kinds).toEqual(["raster", "raster", "text", "feed", "cut"]);
    const [first, second] = twin.state(0).papers[0]?.elements ?? [];
    // 1,152 pixels become 576 dots, 300 rows 150: a band of 128 and the rest.
    expect([first, second]).toMatchObject([
      { widthDots: 576, heightDots: 128 },
      { widthDots: 576, heightDots: 22 },
    ]);
    const bits = Buffer.from(first?.kind === "raster" ? first.bitsBase64 : "", "base64");
    const black = bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll("0", "").length, 0);
    // Half grey is half black, give or take what a dither loses at the edges.
    expect(black / (bits.length * 8)).toBeGreaterThan(0.45);
    expect(black / (bits.length * 8)).toBeLessThan(0.55);
  });

  it("that is no picture costs no receipt, and the log says so", async () => {
    const { kinds, rig } = await print("/no/such/logo.png");
    expect(kinds).toEqual(["text", "feed", "cut"]);
    expect(rig.notes.join()).toMatch(/the logo was not read/);
  });
});

function greyPng(width: number, height: number): Buffer {
  const png = new PNG({ width, height });
  png.data.fill(128);
  for (let at = 3; at < png.data.length; at += 4) png.data[at] = 255;
  return PNG.sync.write(png);
}
