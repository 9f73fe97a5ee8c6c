import { useCallback, useEffect, useState } from "react";
import type { DrawerState, PrinterState, PrinterSwitchesRequest, ScanRequest } from "#contract/bench/devices.ts";
import type { HeadOfficeCableRequest, HeadOfficeState } from "#contract/bench/head-office.ts";
import type { PhoneOpenRequest, PhoneState } from "#contract/bench/phone.ts";
import type { PoleState, PoleSwitchesRequest } from "#contract/bench/pole-display.ts";
import type { ScaleKeyRequest, ScalePutRequest, ScaleState, ScaleSwitchesRequest } from "#contract/bench/scale.ts";
import type {
  EnterPassword,
  PayQr,
  ScannedOrder,
  ScanQr,
  SetWalletBehaviour,
  WalletCode,
  WalletView,
} from "#contract/bench/wallet.ts";
import type { BenchBridge } from "#contract/ipc/bridge.ts";

declare global {
  interface Window {
    /** Put there by preload/bench.ts; this file alone touches it. */
    readonly tillwayBench: BenchBridge;
  }
}

/** What the bench reads of the gateway's book. */
export interface GatewayLedger {
  readonly offline: boolean;
  readonly orders: readonly {
    readonly outTradeNo: string;
    readonly kind: "codepay" | "native" | "jsapi" | null;
    readonly state: string;
    /** What the QR on the customer display says; null for a payment code's order. */
    readonly codeUrl?: string | null;
    readonly states: readonly { readonly at: number }[];
  }[];
}

/** Routes of the twins' control interface: what they take and what they answer. */
interface Routes {
  "GET /printer": { readonly body: null; readonly answer: PrinterState };
  "GET /drawer": { readonly body: null; readonly answer: DrawerState };
  "GET /scale": { readonly body: null; readonly answer: ScaleState };
  "GET /pole-display": { readonly body: null; readonly answer: PoleState };
  "GET /wallet": { readonly body: null; readonly answer: WalletView };
  "GET /gateway/ledger": { readonly body: null; readonly answer: GatewayLedger };
  "GET /head-office": { readonly body: null; readonly answer: HeadOfficeState };
  "GET /phone": { readonly body: null; readonly answer: PhoneState };
  "POST /phone/open": { readonly body: PhoneOpenRequest; readonly answer: PhoneState };
  "POST /scanner/scan": { readonly body: ScanRequest; readonly answer: unknown };
  "POST /printer/switches": { readonly body: PrinterSwitchesRequest; readonly answer: PrinterState };
  "POST /printer/tear": { readonly body: Record<string, never>; readonly answer: PrinterState };
  "POST /drawer/close": { readonly body: Record<string, never>; readonly answer: DrawerState };
  "POST /scale/put": { readonly body: ScalePutRequest; readonly answer: ScaleState };
  "POST /scale/key": { readonly body: ScaleKeyRequest; readonly answer: ScaleState };
  "POST /scale/switches": { readonly body: ScaleSwitchesRequest; readonly answer: ScaleState };
  "POST /pole-display/switches": { readonly body: PoleSwitchesRequest; readonly answer: PoleState };
  "POST /wallet/code": { readonly body: Record<string, never>; readonly answer: WalletCode };
  "POST /wallet/behaviour": { readonly body: SetWalletBehaviour; readonly answer: WalletView };
  "POST /wallet/password": { readonly body: EnterPassword; readonly answer: WalletView };
  "POST /wallet/scan-qr": { readonly body: ScanQr; readonly answer: ScannedOrder };
  "POST /wallet/pay-qr": { readonly body: PayQr; readonly answer: WalletView };
  "POST /head-office/cable": { readonly body: HeadOfficeCableRequest; readonly answer: HeadOfficeState };
  "POST /gateway/offline": { readonly body: { readonly offline: boolean }; readonly answer: unknown };
}
type Route = keyof Routes;

export type BenchAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** Sends a request to a twin; a refusal is a sentence. */
export async function control<R extends Route>(
  route: R,
  body: Routes[R]["body"],
): Promise<BenchAnswer<Routes[R]["answer"]>> {
  // A route is written "METHOD /path"; the table above is the only source of them.
  const [method, path] = route.split(" ") as ["GET" | "POST", string];
  const answer = await window.tillwayBench.control(method, path, body);
  if (!answer.ok) return answer;
  // Main checked that the twins answered; their answers have these shapes by contract/bench, which they are built on.
  return { ok: true, value: answer.value as Routes[R]["answer"] };
}

/** Sends a request whose answer matters only if it is a refusal. */
export function ask<R extends Route>(
  route: R,
  body: Routes[R]["body"],
  tell: (answer: BenchAnswer<unknown>) => void,
): void {
  void control(route, body).then(tell);
}

type Topic = "printer" | "drawer" | "scale" | "pole-display" | "wallet" | "gateway" | "head-office";
const readRoutes = {
  printer: "GET /printer",
  drawer: "GET /drawer",
  scale: "GET /scale",
  "pole-display": "GET /pole-display",
  wallet: "GET /wallet",
  gateway: "GET /gateway/ledger",
  "head-office": "GET /head-office",
} as const;

/** A twin's state, read again whenever the twin says that it changed; null until it has answered once. */
export function useTwin<T extends Topic>(topic: T): Routes[(typeof readRoutes)[T]]["answer"] | null {
  const [state, setState] = useState<Routes[(typeof readRoutes)[T]]["answer"] | null>(null);
  useEffect(() => {
    const reader = oneAtATime(async () => {
      const answer = await control(readRoutes[topic], null);
      if (answer.ok && !reader.isGone) setState(answer.value);
    });
    reader.ask();
    const stop = window.tillwayBench.onEvent((changed) => {
      if (changed === topic) reader.ask();
    });
    return () => {
      reader.isGone = true;
      stop();
    };
  }, [topic]);
  return state;
}

/** Runs `read` for every asking, but never two at once: a burst of events ends in one more reading, not in fifty. */
function oneAtATime(read: () => Promise<void>): { isGone: boolean; ask(): void } {
  let isReading = false;
  let isStale = false;
  return {
    isGone: false,
    ask() {
      isStale = true;
      if (isReading) return;
      isReading = true;
      isStale = false;
      void read().then(() => {
        isReading = false;
        if (isStale && !this.isGone) this.ask();
      });
    },
  };
}

/** The refusal that the last request met, for the strip at the foot; an accepted request clears it. */
export function useRefusal(): {
  readonly refusal: string | null;
  readonly tell: (answer: BenchAnswer<unknown>) => void;
} {
  const [refusal, setRefusal] = useState<string | null>(null);
  const tell = useCallback((answer: BenchAnswer<unknown>) => setRefusal(answer.ok ? null : answer.message), []);
  return { refusal, tell };
}
