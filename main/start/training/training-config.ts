import { relative, isAbsolute } from "node:path";
import type { TerminalConfig } from "#contract/config/terminal.ts";

type Devices = TerminalConfig["devices"];

/**
 * What training runs on: the shop's name, language and printer, the twins for everything it pays and scans with, no drawer and
 * no head office. `real` is null where the till is the demo store.
 */
export function trainingConfig(real: TerminalConfig | null, twins: TerminalConfig): TerminalConfig {
  const { headOffice: _none, ...shop } = real ?? twins;
  const { wechatPay } = twins;
  const devices: Devices =
    real === null
      ? twins.devices
      : {
          ...twins.devices,
          ...real.devices,
          // The twins' scanner too: the customer's phone of the Device bench is read by it.
          scanners: [...real.devices.scanners, ...twins.devices.scanners.map(asTwin)],
        };
  return {
    ...shop,
    ...(wechatPay === undefined ? {} : { wechatPay }),
    terminalId: trainingTerminalId(shop.terminalId),
    devices: withoutDrawer(devices),
  };
}

/** Under a name of its own: two devices of one name are one device to everybody who looks for it. */
function asTwin<D extends { readonly id: string }>(device: D): D {
  return { ...device, id: `training-${device.id}` };
}

/** `TR01` of `T01`: no paper of training bears a number that the till itself may give. */
export function trainingTerminalId(terminalId: string): string {
  const own = `TR${terminalId.slice(-2)}`;
  return own === terminalId ? `TX${terminalId.slice(-2)}` : own;
}

export function withoutDrawer(devices: Devices): Devices {
  const { printer } = devices;
  if (printer === undefined) return devices;
  const { drawer: _none, ...drawerless } = printer;
  return { ...devices, printer: drawerless };
}

/**
 * True where training would pay for real: an address that is not this machine, or keys that do not lie in training's own
 * folder, where the simulated gateway makes its own.
 */
export function paysForReal({ wechatPay }: TerminalConfig, folder: string): boolean {
  if (wechatPay === undefined) return false;
  const host = URL.parse(wechatPay.baseUrl)?.hostname ?? "";
  const files = [wechatPay.privateKeyFile, wechatPay.publicKeyFile, wechatPay.certificateFile];
  const secrets = [wechatPay.apiV3KeyFile, wechatPay.v2KeyFile];
  const isInside = (file: string): boolean => {
    const inside = relative(folder, file);
    return inside !== "" && !inside.startsWith("..") && !isAbsolute(inside);
  };
  const isHere = ["127.0.0.1", "[::1]", "localhost"].includes(host);
  return !isHere || [...files, ...secrets].some((file) => file !== "" && !isInside(file));
}
