import { describe, expect, it } from "vitest";
import { PortWatch, portTrouble } from "./printer-port.ts";

describe("portTrouble", () => {
  it("reads the bytes that a printer's port gives", () => {
    expect([0x18, 0x38, 0x30, 0x10, 0x08].map(portTrouble)).toEqual([
      null,
      "paper-out",
      "paper-out",
      "error",
      "offline",
    ]);
  });
});

describe("PortWatch", () => {
  it("believes no trouble of a port that never said it was well", () => {
    const watch = new PortWatch();
    expect([0x00, 0x00, 0x38].map((status) => watch.trouble(status))).toEqual([null, null, null]);
  });

  it("believes one that did, and takes silence for nothing said", () => {
    const watch = new PortWatch();
    expect([0x18, 0x38, null, 0x10, 0x18].map((status) => watch.trouble(status))).toEqual([
      null,
      "paper-out",
      null,
      "error",
      null,
    ]);
  });
});
