import { expect, it } from "vitest";
import { devicesSchema } from "#contract/config/devices.ts";
import { foundInSystem } from "./found-in-system.ts";

const plain = { isDefault: null, takesDocuments: true };
const installed = [
  { name: "POS80", title: "收银台 POS-80", ...plain },
  { name: "Office", title: "Office", ...plain },
];
const on = (transport: object) => devicesSchema.parse({ printer: { id: "printer-1", transport } });
const busy = (transport: object) => foundInSystem(installed, on(transport)).map(({ busyBy }) => busyBy);

it("the system's printers are found by the name they are printed on, under the title people know", () => {
  expect(foundInSystem(installed, devicesSchema.parse({}))[0]).toEqual({
    ...{ kind: "system-printer", node: "POS80", identity: null, maker: null, product: "收银台 POS-80" },
    ...{ busyBy: null, permission: "ok", group: null },
  });
});

it("one of them is the till's where terminal.json names it, and none where it names another way", () => {
  expect(busy({ kind: "system", name: "Office" })).toEqual([null, "printer-1"]);
  expect(busy({ kind: "system" })).toEqual([null, null]);
  expect(busy({ kind: "spooler", queue: "Office" })).toEqual([null, null]);
});
