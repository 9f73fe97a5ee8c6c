import type { Clock } from "#main/till/ports/clock.ts";

/** A disk that refuses now may take it in a second; one that refuses for a minute will not be hurried. */
const firstRetryMs = 1_000;
const mostRetryMs = 60_000;

/** What a machine of core may ask for besides a question to the gateway. */
type SharedEffect =
  /** Replaces the running timer; then the course's `timer` event. */
  { readonly kind: "wait"; readonly ms: number } | { readonly kind: "settle" } | { readonly kind: "alarm" };

/** One attempt's or refund's way through its machine; `K` are the questions it puts to the gateway. */
export interface Course<S extends { readonly state: string }, E extends { readonly kind: string }, K extends string> {
  /** For the log: what it is, and the number it is known by. */
  readonly name: "attempt" | "refund";
  readonly facts: Readonly<Record<string, unknown>>;
  readonly clock: Clock;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
  /** Core's machine. The same state again where the event changed nothing. */
  readonly step: (
    state: S,
    event: E,
    nowMs: number,
  ) => { readonly state: S; readonly effects: readonly (SharedEffect | { readonly kind: K })[] };
  /** Puts a step on disk that is not the end. Throwing asks to be called again later. */
  readonly store: (state: S) => void;
  /** Makes the end durable, exactly once. Throwing asks to be called again later. */
  readonly settle: (state: S) => void;
  readonly onChange: (state: S) => void;
  /** Called once, when the end is durable. */
  readonly onEnd: () => void;
  readonly timer: E;
  /** Puts the question and words the answer; the request leaves before this returns. */
  readonly ask: (kind: K, state: S, onBroken: (cause: unknown) => void) => Promise<E>;
}

/**
 * Performs what a machine of core decides, one event after the other: an event waits until the one before it is on disk,
 * so that money the disk refuses to book is never overtaken by its own deadline. Effects happen after their step is
 * stored; the same question is not asked twice at a time.
 */
export class StepRunner<S extends { readonly state: string }, E extends { readonly kind: string }, K extends string> {
  readonly #course: Course<S, E, K>;
  /** Oldest first. Bounded: one timer, one answer of each kind, one word of a person. */
  readonly #waiting: E[] = [];
  readonly #inFlight = new Set<K>();
  #state: S;
  #isOver = false;
  #isStepping = false;
  #retryMs = firstRetryMs;
  #cancelWait = (): void => {};
  #cancelRetry = (): void => {};

  constructor(course: Course<S, E, K>, state: S) {
    this.#course = course;
    this.#state = state;
  }

  /** As it is on disk. */
  get state(): S {
    return this.#state;
  }

  /** Events that wait for the disk, oldest first. */
  get waiting(): readonly E[] {
    return this.#waiting;
  }

  /** `isFirst` jumps the line: for what must be heard before anything leaves. */
  feed(event: E, isFirst = false): void {
    if (this.#isOver) return;
    if (isFirst) this.#waiting.unshift(event);
    else this.#waiting.push(event);
    this.#work();
  }

  /** Puts a question now, beside the machine's own timetable; the answer is an event like any other. */
  ask(kind: K): void {
    if (!this.#isOver) this.#ask(kind);
  }

  /** No event counts any more; what was asked may still be answered, to nobody. */
  stop(): void {
    this.#isOver = true;
    this.#waiting.length = 0;
    this.#cancelWait();
    this.#cancelRetry();
  }

  #work(): void {
    if (this.#isStepping) return; // fed by a listener from within a step: heard right after it
    this.#isStepping = true;
    this.#cancelRetry();
    let event = this.#waiting[0];
    while (event !== undefined && this.#advance(event)) event = this.#waiting[0];
    this.#isStepping = false;
  }

  /** False when the disk refused: nothing was done, the event stays the first in line and is tried again. */
  #advance(event: E): boolean {
    const { step, store, settle, clock, onChange } = this.#course;
    const before = this.#state;
    const { state, effects } = step(before, event, clock.now());
    const isEnd = effects.some((effect) => effect.kind === "settle");
    try {
      if (isEnd) settle(state);
      else if (state !== before) store(state);
    } catch (cause) {
      this.#tryAgainLater(event, cause);
      return false;
    }
    this.#retryMs = firstRetryMs;
    this.#waiting.shift();
    this.#state = state;
    // Effects first: no listener can keep money from being asked for, asked after or timed.
    for (const effect of effects) this.#quietly(effect.kind, () => this.#perform(effect));
    if (isEnd || state !== before) this.#quietly("change", () => onChange(state));
    return true;
  }

  #tryAgainLater(event: E, cause: unknown): void {
    const { clock, log, name, facts } = this.#course;
    log(`${name} step not stored`, { ...facts, event: event.kind, cause });
    this.#cancelRetry = clock.after(this.#retryMs, () => this.#work());
    this.#retryMs = Math.min(this.#retryMs * 2, mostRetryMs);
  }

  #perform(effect: SharedEffect | { readonly kind: K }): void {
    const { clock, log, name, facts, timer, onEnd } = this.#course;
    if (!isShared(effect)) return this.#ask(effect.kind);
    const shared: SharedEffect = effect;
    switch (shared.kind) {
      case "wait":
        this.#cancelWait();
        this.#cancelWait = clock.after(shared.ms, () => this.feed(timer));
        return;
      case "settle":
        this.stop();
        onEnd();
        return log(`${name} settled`, { ...facts, state: this.#state.state });
      case "alarm":
        return log(`${name} needs a manager`, { ...facts });
    }
  }

  #ask(kind: K): void {
    if (this.#inFlight.has(kind)) return; // the next wait asks again
    const { log, facts, ask } = this.#course;
    this.#inFlight.add(kind);
    const onBroken = (cause: unknown): void => log("gateway port broken", { ...facts, kind, cause });
    ask(kind, this.#state, onBroken).then((event) => {
      this.#inFlight.delete(kind);
      this.feed(event);
    }, onBroken);
  }

  /** For what must not undo a step that is already on disk. */
  #quietly(effect: string, act: () => void): void {
    try {
      act();
    } catch (cause) {
      const { log, name, facts } = this.#course;
      log(`${name} effect failed`, { ...facts, effect, cause });
    }
  }
}

/** The port promises never to throw or reject. One that does has told nothing about the money. */
export async function heard<A>(send: () => Promise<A>, onBroken: (cause: unknown) => void) {
  try {
    return await send();
  } catch (cause) {
    onBroken(cause);
    return { kind: "unknown", cause: "unreadable", code: null } as const;
  }
}

function isShared<K extends string>(effect: SharedEffect | { readonly kind: K }): effect is SharedEffect {
  return effect.kind === "wait" || effect.kind === "settle" || effect.kind === "alarm";
}
