import { onTestFinished } from "vitest";
import type { DevicesConfig, PoleDisplayConfig, ScaleConfig } from "#contract/config/devices.ts";
import type { PoleModel, PoleState, PoleSwitchesRequest } from "#contract/bench/pole-display.ts";
import type { ScaleModel, ScaleSwitchesRequest } from "#contract/bench/scale.ts";
import type { Weight } from "#main/till/ports/devices.ts";
import { PoleServer } from "#simulators/pole-display/pole-server.ts";
import { ScaleServer } from "#simulators/scale/scale-server.ts";
import { ScaleTwin } from "#simulators/scale/scale-twin.ts";
import { type ClientRig, startClient } from "#tests/devices/rig.ts";
import { openPty } from "#tests/support/pty.ts";

/** The wires a serial device may hang on. */
export type Wire = "tcp" | "pty";

const tell = { now: Date.now, announce: () => {} };

/** A twin of the scale, and the till's real device host at the other end of the wire. */
export interface ScaleOnWire {
  readonly twin: Pick<ScaleTwin, "put" | "press" | "state">;
  turn(switches: ScaleSwitchesRequest): Promise<void>;
  readonly rig: ClientRig;
  /** Everything the scale was heard to say. */
  readonly weights: readonly Weight[];
}

export async function scaleOn(wire: Wire, model: ScaleModel, changes: Partial<ScaleConfig> = {}): Promise<ScaleOnWire> {
  const end = wire === "tcp" ? await scaleOnTcp(model) : await scaleOnPty(model);
  const scale: ScaleConfig = {
    ...{ id: "scale", protocol: model, unit: "kg", maxGrams: 15_000, minGrams: 1, divisionGrams: 5 },
    ...changes,
    transport: end.transport,
  };
  const rig = startClient({ scanners: [], scale });
  const weights: Weight[] = [];
  rig.client.onWeight((weight) => weights.push(weight));
  return { ...end, rig, weights };
}

async function scaleOnTcp(model: ScaleModel) {
  const server = await ScaleServer.start({ model, ...tell }, "127.0.0.1", 0);
  onTestFinished(() => server.close());
  const turn = (switches: ScaleSwitchesRequest): Promise<void> => server.turn(switches);
  return { twin: server.twin, turn, transport: { kind: "tcp", ...server.address } as const };
}

async function scaleOnPty(model: ScaleModel) {
  const pty = await openPty("scale");
  const twin = new ScaleTwin({ model, ...tell });
  twin.onBytes((bytes) => pty.write(bytes));
  pty.onReceived((bytes) => twin.hear(bytes));
  onTestFinished(async () => {
    twin.close();
    await pty.unplug();
  });
  const turn = async (switches: ScaleSwitchesRequest): Promise<void> => {
    twin.turn(switches);
    if (switches.unplugged === true) await pty.unplug();
    if (switches.unplugged === false) await pty.plugIn();
  };
  return { twin, turn, transport: { kind: "serial", path: pty.path, flow: "none" } as const };
}

export interface PoleOnWire {
  readonly state: () => PoleState;
  turn(switches: PoleSwitchesRequest): Promise<void>;
  readonly rig: ClientRig;
}

export async function poleOn(wire: Wire, model: PoleModel): Promise<PoleOnWire> {
  const end = wire === "tcp" ? await poleOnTcp(model) : await poleOnPty(model);
  const poleDisplay: PoleDisplayConfig = { id: "pole", protocol: model, chinese: "none", transport: end.transport };
  const devices: DevicesConfig = { scanners: [], poleDisplay };
  return { ...end, rig: startClient(devices) };
}

async function poleOnTcp(model: PoleModel) {
  const server = await PoleServer.start({ model, isChinese: false, announce: () => {} }, "127.0.0.1", 0);
  onTestFinished(() => server.close());
  return {
    state: () => server.state(),
    turn: (switches: PoleSwitchesRequest) => server.turn(switches),
    transport: { kind: "tcp", ...server.address } as const,
  };
}

async function poleOnPty(model: PoleModel) {
  const pty = await openPty("pole");
  const pole = new PoleServer({ model, isChinese: false, announce: () => {} });
  pty.onReceived((bytes) => pole.hear(bytes));
  onTestFinished(() => pty.unplug());
  const turn = async (switches: PoleSwitchesRequest): Promise<void> => {
    await pole.turn(switches);
    if (switches.unplugged === true) await pty.unplug();
    if (switches.unplugged === false) await pty.plugIn();
  };
  return { state: () => pole.state(), turn, transport: { kind: "serial", path: pty.path, flow: "none" } as const };
}
