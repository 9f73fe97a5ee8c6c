import { useSyncExternalStore } from "react";
import type { TillBridge } from "#contract/ipc/bridge.ts";
import type { Sound } from "#contract/ipc/channels.ts";
import type { IntentArgs, IntentName, IntentResult } from "#contract/ipc/intents.ts";
import type { SaleView, TillView, TillViewPatch } from "#contract/ipc/till-view.ts";

declare global {
  interface Window {
    /** Put there by preload/till.ts; this file alone touches it. */
    readonly tillway: TillBridge;
  }
}

let view: TillView | null = null;
/** Patches that arrived before the first whole view; they are newer than nothing, so they wait for it. */
let early: TillViewPatch = {};
const listeners = new Set<() => void>();

/** Asks main for the whole view and follows its patches from then on. Answers false when main refused or is gone. */
export async function startTillClient(): Promise<boolean> {
  window.tillway.onView(applyPatch);
  const answer = await window.tillway.send("look", {}).catch(() => null);
  if (answer === null || !answer.ok) return false;
  view = { ...answer.value, ...early };
  early = {};
  tell();
  return true;
}

/**
 * Sends what the cashier wants. Never rejects: a main process that is gone answers `internal`, like any fault that the
 * cashier can do nothing about but try again.
 */
export async function send<N extends IntentName>(intent: N, args: IntentArgs<N>): Promise<IntentResult<N>> {
  try {
    return await window.tillway.send(intent, args);
  } catch {
    return { ok: false, fault: { kind: "internal" } };
  }
}

/**
 * One section of the view. A patch replaces only the sections it carries, so a component that reads `sale` is not
 * touched by anything but the sale: a scan re-renders the cart and nothing else.
 */
export function useSection<S extends keyof TillView>(section: S): TillView[S] {
  return useSyncExternalStore(subscribe, () => currentView()[section]);
}

/** Something small made from one section; re-renders only when the made value is another one. */
export function useFromSection<S extends keyof TillView, T extends string | number | boolean | null>(
  section: S,
  select: (value: TillView[S]) => T,
): T {
  return useSyncExternalStore(subscribe, () => select(currentView()[section]));
}

/** The view at this moment, for key handlers that must not re-render anything. */
export function currentView(): TillView {
  if (view === null) throw new Error("broken promise: the view is read only after main has sent it");
  return view;
}

/** As above; null while main has not sent it yet, or in a window that is not the till's. */
export function viewOrNull(): TillView | null {
  return view;
}

export function onSound(listener: (sound: Sound) => void): () => void {
  return window.tillway.onSound(listener);
}

function applyPatch(patch: TillViewPatch): void {
  if (view === null) {
    early = { ...early, ...patch };
    return;
  }
  const sale = patch.sale === undefined ? view.sale : withKeptLines(view.sale, patch.sale);
  view = { ...view, ...patch, sale };
  tell();
}

/** Lines that did not change stay the objects they were, so that a scan draws one line anew and not thirty. */
function withKeptLines(before: SaleView, after: SaleView): SaleView {
  const known = new Map(before.lines.map((line) => [line.lineId, line]));
  const lines = after.lines.map((line) => {
    const old = known.get(line.lineId);
    return old !== undefined && JSON.stringify(old) === JSON.stringify(line) ? old : line;
  });
  return { ...after, lines };
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
