import { expect, test } from "vitest";
import { uuidV7 } from "./uuid-v7.ts";

test("carries its time, version and variant", () => {
  const id = uuidV7(0x0123_4567_89ab);
  expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("two made in the same millisecond differ", () => {
  expect(uuidV7(1)).not.toBe(uuidV7(1));
});
