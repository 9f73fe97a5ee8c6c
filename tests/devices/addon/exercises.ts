import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { openSync, closeSync, writeFileSync, mkdtempSync, rmSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { LinuxAddon } from "#native/addon/addon.ts";
import { until } from "#tests/support/poll.ts";
import { FarEnd, HeardStream, holdings, pattern } from "./far-end.ts";

/** What the addon's Linux half must do on a pty; run by vitest on the binary in use, and on one built with sanitizers. */
export interface Exercise {
  readonly name: string;
  readonly run: (addon: LinuxAddon, binary: string) => Promise<void>;
}

/** A far end and a stream on it, both gone afterwards. */
async function onPty(addon: LinuxAddon, body: (far: FarEnd, near: HeardStream) => Promise<void>): Promise<void> {
  const far = await FarEnd.open();
  const near = HeardStream.open(addon, far.path);
  try {
    await body(far, near);
    await near.close();
  } finally {
    far.goOn();
    await far.gone();
  }
}

export const exercises: readonly Exercise[] = [
  {
    name: "carries bytes both ways, whole and in order",
    run: (addon) =>
      onPty(addon, async (far, near) => {
        const receipt = pattern(200_000);
        const answers = pattern(100_000);
        ok(near.write(receipt, 30_000));
        far.send(answers);
        await until("all arrived", () => far.heard().length >= receipt.length && near.bytes().length >= answers.length);
        ok(far.heard().equals(receipt));
        ok(near.bytes().equals(answers));
        deepEqual(near.written(), [{ taken: receipt.length, code: null, message: "" }]);
      }),
  },
  {
    name: "ends a write to a stalled device at its deadline, says how much was taken, and drops the rest",
    run: (addon) =>
      onPty(addon, async (far, near) => {
        far.stall();
        const receipt = pattern(1_000_000);
        ok(near.write(receipt, 200));
        await until("the write ended", () => near.written().length === 1);
        const [late] = near.written();
        ok(late !== undefined && late.code === "ETIMEDOUT" && late.taken > 0 && late.taken < receipt.length);
        far.goOn();
        ok(near.write(Buffer.from("after"), 30_000));
        const whole = Buffer.concat([receipt.subarray(0, late.taken), Buffer.from("after")]);
        await until("the rest arrived", () => far.heard().length >= whole.length);
        ok(far.heard().equals(whole));
      }),
  },
  {
    name: "takes one write at a time, and an empty one at once",
    run: (addon) =>
      onPty(addon, async (far, near) => {
        far.stall();
        ok(near.write(pattern(1_000_000), 30_000));
        equal(near.write(Buffer.from("second"), 30_000), false);
        far.goOn();
        await until("the first ended", () => near.written().length === 1);
        ok(near.write(Buffer.alloc(0), 1_000));
        await until("the empty one ended", () => near.written().length === 2);
        deepEqual(near.written()[1], { taken: 0, code: null, message: "" });
      }),
  },
  {
    name: "closes under a stalled write within a second and says that it was cancelled",
    run: async (addon) => {
      const far = await FarEnd.open();
      const near = HeardStream.open(addon, far.path);
      far.stall();
      ok(near.write(pattern(1_000_000), 3_600_000));
      const began = performance.now();
      await near.close();
      ok(performance.now() - began < 1_000);
      equal(near.written()[0]?.code, "ECANCELED");
      equal(near.write(Buffer.from("late"), 1_000), false);
      far.goOn();
      await far.gone();
    },
  },
  {
    name: "says once that the device is gone, with a write under way too, and takes nothing more",
    run: async (addon) => {
      const far = await FarEnd.open();
      const near = HeardStream.open(addon, far.path);
      far.stall();
      ok(near.write(pattern(1_000_000), 3_600_000));
      await far.gone();
      await until("the end is known", () => near.events.some((event) => event.end !== null));
      await until("the write ended", () => near.written().length === 1);
      ok(near.written()[0]?.code !== null);
      equal(near.write(Buffer.from("late"), 1_000), false);
      await near.close();
      equal(near.events.filter((event) => event.end !== null).length, 1);
      equal(near.events.filter((event) => event.isClosed).length, 1);
    },
  },
  {
    name: "loses nothing of what arrives while JavaScript is busy",
    run: (addon) =>
      onPty(addon, async (far, near) => {
        const scans = pattern(400_000);
        far.send(scans);
        for (let turn = 0; turn < 5; turn += 1) {
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
          await until("something arrived", () => near.bytes().length > 0);
        }
        await until("all arrived", () => near.bytes().length >= scans.length);
        ok(near.bytes().equals(scans));
        // 64 KiB and one read more is all that ever waits in the addon.
        ok(near.events.every((event) => Buffer.concat(event.chunks).length <= 64 * 1024 + 4096));
      }),
  },
  {
    name: "opens existing devices only, and names what stands in the way",
    run: async (addon) => {
      const folder = mkdtempSync(join(tmpdir(), "tillway-no-device-"));
      const file = join(folder, "file");
      writeFileSync(file, "as it was");
      const code = (path: string): string => {
        const opened = addon.openStream(path, "printer", () => {});
        return opened.ok ? "opened" : opened.code;
      };
      deepEqual([code(join(folder, "missing")), code(file), code(folder)], ["ENOENT", "ENOTTY", "EISDIR"]);
      equal(readFileSync(file, "utf8"), "as it was");
      const grabbed = addon.openStream("/dev/null", "keyboard", () => {});
      equal(grabbed.ok ? "opened" : grabbed.code, "ENOTTY");
      rmSync(folder, { recursive: true });
    },
  },
  {
    name: "says that a device without a printer port has no port status",
    run: (addon) =>
      onPty(addon, async (_, near) => {
        ok(addon.askStream(near.handle, "status"));
        await until("it answered", () => near.events.some((event) => event.answer !== null));
        const [answer] = near.events.flatMap((event) => event.answer ?? []);
        ok(answer !== undefined && !answer.ok && ["ENOTTY", "EINVAL", "EIO"].includes(answer.code));
      }),
  },
  {
    name: "tells how much a tty still holds, and refuses what is no tty",
    run: (addon) =>
      onPty(addon, async (far) => {
        const tty = openSync(far.path, "r+");
        deepEqual(addon.outq(tty), { ok: true, value: 0 });
        closeSync(tty);
        const nothing = openSync("/dev/null", "r");
        const refused = addon.outq(nothing);
        closeSync(nothing);
        equal(refused.ok ? "answered" : refused.code, "ENOTTY");
        const closed = addon.outq(1_000_000);
        equal(closed.ok ? "answered" : closed.code, "EBADF");
      }),
  },
  {
    name: "opens and closes two thousand times without keeping a descriptor or a thread",
    run: async (addon) => {
      const far = await FarEnd.open();
      await HeardStream.open(addon, far.path).close();
      const before = holdings();
      for (let turn = 0; turn < 2_000; turn += 1) await HeardStream.open(addon, far.path).close();
      // Fewer is right too: an earlier device may have been given back meanwhile.
      await until("all threads ended", () => holdings().threads <= before.threads);
      await until("all descriptors are free", () => holdings().descriptors <= before.descriptors);
      await far.gone();
    },
  },
  {
    name: "ends with the worker that used it, an open device and a stalled write included",
    run: async (addon, binary) => {
      const far = await FarEnd.open();
      far.stall();
      const before = holdings();
      const code = `
        const addon = require(${JSON.stringify(binary)});
        const { stream } = addon.openStream(${JSON.stringify(far.path)}, "printer", () => {});
        addon.writeStream(stream, Buffer.alloc(1_000_000), 3_600_000);
        require("node:worker_threads").parentPort.postMessage("open");
      `;
      for (let turn = 0; turn < 10; turn += 1) {
        const worker = new Worker(code, { eval: true });
        await new Promise((resolve) => worker.once("message", resolve));
        await worker.terminate();
      }
      await until("all is given back", () => holdings().descriptors <= before.descriptors);
      equal(typeof addon.sources, "string");
      far.goOn();
      await far.gone();
    },
  },
  {
    name: "throws at calls that make no sense instead of crashing",
    run: (addon) =>
      onPty(addon, async (_, near) => {
        const call = (name: keyof LinuxAddon, ...args: readonly unknown[]): void => {
          // Wrong on purpose: what a mistake in TypeScript could hand over.
          Reflect.apply(addon[name] as () => void, addon, args);
        };
        throws(() => call("openStream"));
        throws(() => call("openStream", 7, "printer", () => {}));
        throws(() => call("openStream", "/dev/null", "printer", "no function"));
        throws(() => call("openStream", `/dev/${"x".repeat(5_000)}`, "printer", () => {}));
        throws(() => call("openStream", "/dev/null\0/else", "printer", () => {}));
        throws(() => call("writeStream", {}, Buffer.from("x"), 1));
        throws(() => call("writeStream", near.handle, "text", 1));
        throws(() => call("writeStream", near.handle, Buffer.from("x"), Number.NaN));
        throws(() => call("writeStream", near.handle, Buffer.from("x"), -1));
        throws(() => call("askStream", near.handle, "weather"));
        throws(() => call("closeStream", null));
        throws(() => call("outq", "3"));
      }),
  },
  {
    name: "lists the event devices there are",
    run: async (addon) => {
      ok(addon.listKeyboards().every((keyboard) => keyboard.path.startsWith("/dev/input/event")));
    },
  },
];
