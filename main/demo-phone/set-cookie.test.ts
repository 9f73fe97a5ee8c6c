import { expect, it } from "vitest";
import { readSetCookie } from "./set-cookie.ts";

it("the page's cookie is kept as head office asks for it", () => {
  expect(readSetCookie("tillway-pay=0a1b; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure", 1_000)).toEqual({
    ...{ name: "tillway-pay", value: "0a1b", path: "/", secure: true, httpOnly: true, sameSite: "lax" },
    expirationDate: 1_600,
  });
});

it("a cookie that says nothing of itself is lax and ends with the browser, and its value may have a sign of equality", () => {
  expect(readSetCookie("a=b=c", 0)).toEqual({
    ...{ name: "a", value: "b=c", path: "/", secure: false, httpOnly: false, sameSite: "lax" },
  });
  expect(readSetCookie("a=b; samesite=None; Path=/P", 0)).toMatchObject({ sameSite: "no_restriction", path: "/P" });
  expect(readSetCookie("a=b; SameSite=Strict", 0)).toMatchObject({ sameSite: "strict" });
});

it.each(["", "=b", "nothing", "; Path=/"])("%j names no cookie", (text) => {
  expect(readSetCookie(text, 0)).toBeNull();
});
