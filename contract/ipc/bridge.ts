import type { Sound } from "#contract/ipc/channels.ts";
import type { DisplayView } from "#contract/ipc/display-view.ts";
import type { IntentArgs, IntentName, IntentResult } from "#contract/ipc/intents.ts";
import type { TillViewPatch } from "#contract/ipc/till-view.ts";

/** What preload/till.ts puts on `window.tillway`. Listeners return their own removal. */
export interface TillBridge {
  send<N extends IntentName>(intent: N, args: IntentArgs<N>): Promise<IntentResult<N>>;
  onView(listener: (patch: TillViewPatch) => void): () => void;
  onSound(listener: (sound: Sound) => void): () => void;
}

/** What preload/display.ts puts on `window.tillwayDisplay`. */
export interface DisplayBridge {
  /** Calls back with the view at once and after every change. */
  onView(listener: (view: DisplayView) => void): () => void;
}

/** What preload/bench.ts puts on `window.tillwayBench` (demo mode only). */
export interface BenchBridge {
  /** A request to the twins' control interface; rejects never: `{ok:false, message}` is a refused one. */
  control(
    method: "GET" | "POST",
    path: string,
    body: unknown,
  ): Promise<{ ok: true; value: unknown } | { ok: false; message: string }>;
  onEvent(listener: (topic: string) => void): () => void;
}
