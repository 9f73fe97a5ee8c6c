import { expect, test } from "vitest";
import en from "./locales/en.json";
import zh from "./locales/zh-CN.json";

/** `{count, plural, …}` and `{count}` both name count. */
const placesOf = (message: string): readonly string[] =>
  [...new Set([...message.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? ""))].sort();

test("both languages say the same things with the same places in them", () => {
  expect(Object.keys(en)).toEqual(Object.keys(zh));
  // The keys were just found to be the same.
  for (const [key, message] of Object.entries(zh) as [keyof typeof zh, string][])
    expect([key, placesOf(en[key])]).toEqual([key, placesOf(message)]);
});

test("no text is empty, and none asks a person to read code", () => {
  for (const message of [...Object.values(en), ...Object.values(zh)]) {
    expect(message.trim()).not.toBe("");
    expect(message).not.toMatch(/undefined|null|\berror code\b/i);
  }
});
