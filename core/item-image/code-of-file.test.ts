import { expect, it } from "vitest";
import { codeOfFile } from "./code-of-file.ts";

it.each([
  ["6901234567892.jpg", { kind: "picture", code: "6901234567892" }],
  ["A-1001.JPEG", { kind: "picture", code: "A-1001" }],
  ["A.1.png", { kind: "picture", code: "A.1" }],
  [" 100001 .webp", { kind: "picture", code: "100001" }],
  // One letter or a letter and its mark, as some systems write it.
  ["cafe\u0301.png", { kind: "picture", code: "caf\u00e9" }],
  ["list.csv", { kind: "not-a-picture" }],
  ["100001", { kind: "not-a-picture" }],
  ["100001.gif", { kind: "not-a-picture" }],
  [" .png", { kind: "not-a-picture" }],
  [".DS_Store", { kind: "passed-over" }],
  ["._100001.jpg", { kind: "passed-over" }],
  ["Thumbs.db", { kind: "passed-over" }],
  ["desktop.ini", { kind: "passed-over" }],
] as const)("A file called %j is %j", (fileName, named) => {
  expect(codeOfFile(fileName)).toEqual(named);
});
