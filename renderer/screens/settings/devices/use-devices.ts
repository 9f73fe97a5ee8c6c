import { useCallback, useEffect, useRef, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs, IntentName } from "#contract/ipc/intents.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import { send, useFromSection } from "../../../till-client.ts";

export type DeviceIntent = Extract<
  IntentName,
  "devices" | "device-save" | "device-remove" | "device-restart" | "test-sheet" | "pole-sample" | `pairing-${string}`
>;

/** Plugging in shows within a second; a pairing, a test sheet or a weight that changes is followed more closely. */
const idleMs = 1_000;
const busyMs = 300;

export interface DevicesDesk {
  /** Null until main has answered the first time. */
  readonly view: DevicesView | null;
  readonly fault: IntentFault | null;
  /** Sends one intent; true when it was carried out. The view is then what main says it is. */
  readonly run: <N extends DeviceIntent>(intent: N, args: IntentArgs<N>) => Promise<boolean>;
}

/** The till's devices as main has them, asked for again and again while the page is open. */
export function useDevices(): DevicesDesk {
  const [view, setView] = useState<DevicesView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const latest = useRef(0);
  const run = useCallback(async <N extends DeviceIntent>(intent: N, args: IntentArgs<N>): Promise<boolean> => {
    latest.current += 1;
    const mine = latest.current;
    const result = await send(intent, args);
    if (!result.ok) {
      setFault(result.fault);
      return false;
    }
    if (intent !== "devices") setFault(null);
    // One that a later one has overtaken is old news.
    if (mine === latest.current) setView(result.value);
    return true;
  }, []);
  const isBusy = view?.pairing.kind === "listening" || view?.testSheet.kind === "printing" || hasScale(view);
  const states = useFromSection("status", ({ devices }) => devices.map((one) => `${one.state} ${one.trouble}`).join());
  useEffect(() => {
    void run("devices", {});
    const timer = window.setInterval(() => void run("devices", {}), isBusy ? busyMs : idleMs);
    return () => window.clearInterval(timer);
  }, [run, isBusy, states]);
  return { view, fault, run };
}

function hasScale(view: DevicesView | null): boolean {
  return view?.devices.some(({ section }) => section.role === "scale") ?? false;
}
