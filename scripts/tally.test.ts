import { describe, expect, it } from "vitest";
import { isCutOff, secondTries, sumOf, tallyOf } from "./tally.ts";

const result = (status: string, ...failureMessages: string[]) => ({
  fullName: `a ${status} test`,
  status,
  failureMessages,
});
const fileOf = (...statuses: string[]) => ({
  name: "some.test.ts",
  status: statuses.every((status) => status === "passed") ? "passed" : "failed",
  assertionResults: statuses.map((status) => result(status)),
});
const reportOf = (...statuses: string[]) => ({ testResults: [fileOf(...statuses)] });
const unloadable = { ...fileOf(), status: "failed" };
const green = reportOf("passed", "passed", "passed");

describe("the count of a test run", () => {
  it("is what the report says when every test passed", () => {
    expect(tallyOf(green, 0)).toEqual({ passed: 3, failed: 0 });
  });

  it("holds each failed test once, whatever the exit code", () => {
    expect(tallyOf(reportOf("passed", "failed", "failed"), 1)).toMatchObject({ passed: 1, failed: 2 });
  });

  it("names what failed and where, for the end of the log", () => {
    expect(tallyOf(reportOf("passed", "failed"), 1).noted).toEqual(["failed: a failed test (some.test.ts)"]);
    expect(tallyOf({ testResults: [unloadable] }, 1).noted).toEqual(["failed to load: some.test.ts"]);
    expect(sumOf([tallyOf(green, 0), tallyOf(reportOf("failed"), 1)]).noted).toHaveLength(1);
  });

  it("holds a failure for a file that could not be loaded", () => {
    expect(tallyOf({ testResults: [...green.testResults, unloadable] }, 1)).toMatchObject({ passed: 3, failed: 1 });
  });

  it("holds a failure for each test that did not run", () => {
    expect(tallyOf(reportOf("passed", "skipped", "todo", "pending"), 0)).toMatchObject({ passed: 1, failed: 3 });
  });

  it("holds a failure when the run failed outside its tests", () => {
    expect(tallyOf(green, 1)).toEqual({ passed: 3, failed: 1 });
  });

  it("holds a failure when too many tests passed only at the second try, and names them", () => {
    const late = (count: number) => ({
      testResults: [{ ...fileOf(), assertionResults: Array.from({ length: count }, () => result("passed", "late")) }],
    });
    expect(tallyOf(late(2), 0)).toMatchObject({ passed: 2, failed: 0 });
    expect(secondTries(late(2))).toEqual(["a passed test", "a passed test"]);
    expect(tallyOf(late(3), 0)).toMatchObject({ passed: 3, failed: 1 });
  });

  it("holds a failure when nothing ran", () => {
    expect(tallyOf({ testResults: [] }, 0)).toEqual({ passed: 0, failed: 1 });
  });

  it("takes a file for cut off where its tests never ended and none of them failed", () => {
    expect(isCutOff(fileOf("passed", "pending"))).toBe(true);
    for (const file of [fileOf("passed"), fileOf("failed", "pending"), fileOf("skipped"), unloadable])
      expect(isCutOff(file)).toBe(false);
  });

  it("adds up over suites", () => {
    expect(
      sumOf([
        { passed: 1, failed: 0 },
        { passed: 2, failed: 3 },
      ]),
    ).toEqual({ passed: 3, failed: 3 });
  });
});
