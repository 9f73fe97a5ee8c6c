import fc from "fast-check";
import { expect, it } from "vitest";
import { readOfficeLine, readOfficeLog } from "./office-lines.ts";

it("reads where head office listens and the first password", () => {
  expect(readOfficeLine("head office ready on http://127.0.0.1:41234")).toEqual({
    ...{ kind: "ready", url: "http://127.0.0.1:41234", port: 41_234 },
  });
  expect(readOfficeLine("first sign-in, shown once: name admin, password k3xw9m2pq7rtza")).toEqual({
    ...{ kind: "first-password", name: "admin", password: "k3xw9m2pq7rtza" },
  });
});

it.each([
  "",
  "head office ready on http://127.0.0.1",
  "head office ready on http://127.0.0.1:0",
  "head office ready on http://127.0.0.1:65536",
  "head office ready on http://192.168.1.7:8460",
  "head office ready on https://127.0.0.1:8460/x",
  "head office ready on http://127.0.0.1:8460 and more",
  "first sign-in, shown once: name admin, password ",
  "not yet: head office ready on http://127.0.0.1:8460",
])("takes nothing else for it: %j", (line) => {
  expect(readOfficeLine(line)).toBeNull();
});

it("never throws at what is said, and passes on every log line but those about single requests", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
      readOfficeLine(line);
      expect(readOfficeLog(line)).not.toBeNull();
    }),
  );
  expect(readOfficeLog('{"at":"2026","event":"answered","status":200}')).toBeNull();
  expect(readOfficeLog('{"event":"ended"}')).toEqual({ event: "ended" });
  expect(readOfficeLog("x".repeat(9_000))).toEqual({ said: "x".repeat(500) });
});
