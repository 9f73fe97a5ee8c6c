import { SerialPort } from "serialport";
import { describe, expect, it, onTestFinished } from "vitest";
import { devicesSchema } from "#contract/config/devices.ts";
import { encodeFrame, frameBytes } from "#native/legacy/frame.ts";
import { FrameReader } from "#native/legacy/frame-reader.ts";
import { ptyPair, startClient, until } from "./rig.ts";

const frame = (text: string): Buffer => encodeFrame(Buffer.from(text));

/** The old till's end of the cable: hears frames and answers to frames, and acknowledges on its own unless told not to. */
async function oldTillAt(path: string) {
  const port = new SerialPort({ path, baudRate: 115_200, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  // Of a write that a pulled cable has cut off (EIO): no till falls over that.
  port.on("error", () => {});
  onTestFinished(() => new Promise<void>((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve())));
  const heard: string[] = [];
  const reader = new FrameReader();
  const ways = { acknowledges: true };
  port.on("data", (bytes: Buffer) => {
    for (const event of reader.feed(bytes)) {
      heard.push(event.kind === "message" ? event.payload.toString() : event.kind);
      if (event.kind === "message" && ways.acknowledges) port.write(Buffer.of(frameBytes.ack));
    }
  });
  return { heard, ways, write: (bytes: Uint8Array) => void port.write(bytes) };
}

async function openLine() {
  const cable = await ptyPair();
  const devices = devicesSchema.parse({
    oldTill: { id: "old", transport: { kind: "serial", path: cable.till } },
  });
  const rig = startClient(devices);
  const asked: string[] = [];
  rig.client.serveOldTill(async (text) => {
    asked.push(text);
    return `{"answer":${asked.length}}`;
  });
  const isReady = (): boolean => rig.client.statuses()[0]?.state === "ready";
  await until("the line is open", isReady);
  return { cable, rig, asked, isReady, old: await oldTillAt(cable.device) };
}

describe("an old till on a serial port", () => {
  it("asks over a real pty, byte by byte and 60 KiB at once, and hears each answer", async () => {
    const { asked, old } = await openLine();
    for (const byte of frame('{"pay":1}')) old.write(Buffer.of(byte));
    await until("the first answer came", () => old.heard.includes('{"answer":1}'));
    const long = JSON.stringify({ text: "字".repeat(20_000) });
    old.write(frame(long));
    await until("the second answer came", () => old.heard.includes('{"answer":2}'));
    expect(asked).toEqual(['{"pay":1}', long]);
    expect(old.heard).toEqual(["ack", '{"answer":1}', "ack", '{"answer":2}']);
  }, 60_000);

  it("is asked to repeat what noise has spoilt, and has what it repeats answered once more and done once", async () => {
    const { asked, old } = await openLine();
    old.write(Buffer.concat([Buffer.from("noise"), frame('{"pay":1}').fill(0x20, 8, 9)]));
    await until("NAK came", () => old.heard.includes("nak"));
    old.ways.acknowledges = false;
    old.write(frame('{"pay":1}'));
    await until("the answer came twice", () => old.heard.filter((heard) => heard === '{"answer":1}').length === 2);
    old.ways.acknowledges = true;
    old.write(frame('{"pay":1}'));
    await until("it was acknowledged again", () => old.heard.filter((heard) => heard === "ack").length === 2);
    expect(asked).toEqual(['{"pay":1}']);
  }, 60_000);

  it("whose cable is pulled under a question asks again after it, over a session with nothing left of the last", async () => {
    const { cable, rig, asked, isReady, old } = await openLine();
    old.write(frame('{"pay":1}').subarray(0, 9));
    await cable.unplug();
    await until("the till saw it", () => !isReady());
    await cable.plugIn();
    await until("the line is open again", isReady);
    const again = await oldTillAt(cable.device);
    again.write(frame('{"pay":1}'));
    await until("the answer came", () => again.heard.includes('{"answer":1}'));
    expect(asked).toEqual(['{"pay":1}']);
    expect(rig.client.statuses()).toMatchObject([{ role: "old-till", state: "ready" }]);
  }, 60_000);

  it("is answered by the next device host when one was killed under its question", async () => {
    const { rig, asked, isReady, old } = await openLine();
    rig.client.serveOldTill((text) => {
      asked.push(text);
      if (asked.length === 1) rig.hosts.at(-1)?.kill("SIGKILL");
      return Promise.resolve(`{"answer":${asked.length}}`);
    });
    old.write(frame('{"pay":1}'));
    await until("another host is up", () => rig.hosts.length === 2 && isReady());
    old.write(frame('{"pay":1}'));
    await until("the answer came", () => old.heard.includes('{"answer":2}'));
    expect(asked).toEqual(['{"pay":1}', '{"pay":1}']);
  }, 60_000);
});
