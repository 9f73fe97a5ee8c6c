// Loaded before a program by --require: its wall clock is off by TILLWAY_CLOCK_OFF_MS, as with a dead battery or
// somebody's wrong setting. What counts time passing, timers and performance.now(), is right.
"use strict";

const offMs = Number(process.env.TILLWAY_CLOCK_OFF_MS ?? 0);
const Real = Date;
const now = () => Real.now() + offMs;

globalThis.Date = new Proxy(Real, {
  apply: () => new Real(now()).toString(),
  construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
  get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
});
