import { expect, test } from "vitest";
import { sizeOn } from "./window-size.ts";

test("the cashier's window has an even size on Linux, and is never as large as its screen", () => {
  expect(sizeOn({ width: 1920, height: 1080 }, "linux")).toEqual({ width: 1918, height: 1078 });
  expect(sizeOn({ width: 1366, height: 741 }, "linux")).toEqual({ width: 1364, height: 740 });
});

test("elsewhere it has all of the work area", () => {
  expect(sizeOn({ width: 1366, height: 741 }, "win32")).toEqual({ width: 1366, height: 741 });
});
